package load

import (
	"reflect"
	"testing"

	"golang.org/x/tools/go/packages"
)

func sampleGraph() *graph {
	return &graph{
		config: hashOf("config"), watched: hashOf("watched"), clean: true, reason: "",
		watch: watch{configs: []string{"/a/go.mod"}, present: []string{"/go"}, folders: []string{"/a"}, listed: []string{"/e"}, tree: "/a"},
		modules: []*packages.Module{{Path: "a", Main: true, Dir: "/a", GoVersion: "1.24"},
			{Path: "b", Version: "v1.0.0", Indirect: true, Replace: &packages.Module{Path: "../b", Dir: "/b"}}},
		nodes: []*node{
			{path: "fmt", name: "fmt", dir: "/go/src/fmt", kind: fixed, std: true, files: []string{"print.go"}, module: -1, imports: []edge{}, key: hashOf("fmt")},
			{path: "a", name: "a", dir: "/a", root: true, files: []string{"a.go", "b.go"}, ignored: []string{"c.go"}, other: []string{"d.s"},
				imports: []edge{{"fmt", 0}}, digest: hashOf("digest"), mentions: []string{"b"}},
		},
	}
}

func TestGraphCode(t *testing.T) {
	g := sampleGraph()
	text := g.encode()
	got, err := decodeGraph(text)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(g, got) {
		t.Errorf("got %+v, want %+v", got, g)
	}
	for i := range text {
		if _, err := decodeGraph(text[:i]); err == nil {
			t.Fatalf("the first %d of %d bytes are a graph", i, len(text))
		}
	}
	if _, err := decodeGraph(append(text, 0)); err == nil {
		t.Error("a graph with a further byte is one")
	}
}

func FuzzGraphCode(f *testing.F) {
	f.Add(sampleGraph().encode())
	f.Add([]byte(graphForm))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, text []byte) {
		g, err := decodeGraph(text)
		if err != nil {
			return
		}
		again, err := decodeGraph(g.encode())
		if err != nil || !reflect.DeepEqual(g, again) {
			t.Errorf("%+v is written as another graph: %v", g, err)
		}
	})
}
