package gen

import (
	"bytes"
	"flag"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reactorgen/reactor/scanner"
)

var update = flag.Bool("update", false, "write the golden files anew")

// goldens are projects by the name of their golden file.
var goldens = map[string]*scanner.Project{
	"library":     plasma(),
	"bare":        bare(),
	"inputs":      inputsProject(),
	"kinds":       kinds(),
	"collisions":  collisions(),
	"forms":       forms(),
	"packagemain": packageMain(),
	"mirror":      mirror(),
	"stage":       stage(),
}

func packageOf(name string) scanner.Package {
	return scanner.Package{Path: "example.com/x/" + name, Name: name, Dir: name}
}

func typeOf(pkg, name string) scanner.TypeName {
	return scanner.TypeName{Package: packageOf(pkg), Name: name}
}

// param is a parameter without limits.
func param(name string, kind scanner.ParamKind, goType string) scanner.Param {
	return scanner.Param{Name: name, Value: scanner.Value{Kind: kind, GoType: goType, MinLen: -1, MaxLen: -1}}
}

func plasma() *scanner.Project {
	speed := param("speed", scanner.KindNumber, "float64")
	speed.Description, speed.Min, speed.Max, speed.Default = "1 is the usual pace", "0", "4", "1"
	palette := param("palette", scanner.KindString, "string")
	palette.Named, palette.Enum = typeOf("plasma", "Palette"), []string{"ocean", "ember"}
	return &scanner.Project{
		Module:     "example.com/x",
		ConfigText: "# How \"plasma\" runs.\nwidth: 640\nfps: 30",
		Model: scanner.Model{
			Name: "plasma", Type: "Plasma", Package: packageOf("plasma"),
			Config:   "configs/default.yaml",
			Weights:  []string{"palette", "vae-decoder"},
			Metadata: []scanner.Field{{Key: "version", Value: "1.0.0"}, {Key: "author", Value: "Ada"}},
			Constructor: &scanner.Constructor{
				Name:         "New",
				Inputs:       []scanner.Input{{Kind: scanner.InputConfig, Type: typeOf("plasma", "Config")}, {Kind: scanner.InputWeights}},
				ReturnsError: true,
			},
			Commands: []scanner.Command{
				{Name: "set_speed", Method: "SetSpeed", Description: "How fast it flows", Params: []scanner.Param{speed}},
				{Name: "set_palette", Method: "SetPalette", Params: []scanner.Param{palette}},
			},
		},
	}
}

func bare() *scanner.Project {
	return &scanner.Project{Module: "example.com/x", Model: scanner.Model{Name: "bare", Type: "Bare", Package: packageOf("bare")}}
}

// mirror is a model that takes video.
func mirror() *scanner.Project {
	return &scanner.Project{Module: "example.com/x", Model: scanner.Model{
		Name: "mirror", Type: "Mirror", Package: packageOf("mirror"),
		Tracks: []scanner.Track{{Name: "webcam", Kind: "video", Direction: "in"}},
	}}
}

// stage is a model with a track of each kind and direction.
func stage() *scanner.Project {
	return &scanner.Project{Module: "example.com/x", Model: scanner.Model{
		Name: "stage", Type: "Stage", Package: packageOf("stage"),
		Tracks: []scanner.Track{
			{Name: "depth", Kind: "video", Direction: "out", Description: "How \"far\" `it` is"},
			{Name: "main_audio", Kind: "audio", Direction: "out"},
			{Name: "webcam", Kind: "video", Direction: "in"},
			{Name: "microphone", Kind: "audio", Direction: "in"},
		},
	}}
}

func inputsProject() *scanner.Project {
	return &scanner.Project{Module: "example.com/x", Model: scanner.Model{
		Name: "inputs", Type: "Model", Package: packageOf("inputs"),
		Constructor: &scanner.Constructor{Name: "NewModel", Inputs: []scanner.Input{
			{Kind: scanner.InputContext},
			{Kind: scanner.InputConfig, Type: typeOf("inputs", "Settings"), Pointer: true},
			{Kind: scanner.InputUntyped},
			{Kind: scanner.InputWeights},
			{Kind: scanner.InputIdentity},
			{Kind: scanner.InputLogger},
		}},
	}}
}

func kinds() *scanner.Project {
	named := func(p scanner.Param, t scanner.TypeName) scanner.Param {
		p.Named = t
		return p
	}
	shades := scanner.Package{Path: "example.com/x/shades", Name: "palette", Dir: "shades"}
	return &scanner.Project{Module: "example.com/x", Model: scanner.Model{
		Name: "all-kinds", Type: "Kinds", Package: packageOf("kinds"),
		Commands: []scanner.Command{
			{Name: "set_all", Method: "SetAll", ReturnsError: true, Params: []scanner.Param{
				param("text", scanner.KindString, "string"),
				param("count", scanner.KindInteger, "int"),
				param("small", scanner.KindInteger, "uint8"),
				param("wide", scanner.KindInteger, "int64"),
				param("rate", scanner.KindNumber, "float64"),
				param("half", scanner.KindNumber, "float32"),
				param("on", scanner.KindBoolean, "bool"),
				named(param("mode", scanner.KindString, "string"), typeOf("kinds", "Mode")),
				named(param("shade", scanner.KindString, "string"), scanner.TypeName{Package: shades, Name: "Shade"}),
				named(param("depth", scanner.KindInteger, "uint16"), scanner.TypeName{Package: shades, Name: "Depth"}),
				named(param("length", scanner.KindInteger, "int64"), scanner.TypeName{Package: scanner.Package{Path: "time", Name: "time"}, Name: "Duration"}),
			}},
			{Name: "reset", Method: "Reset", TakesContext: true},
			{Name: "now", Method: "Now", Async: true},
			{Name: "status", Method: "Status", ReturnsValue: true},
			{Name: "find", Method: "Find", TakesContext: true, ReturnsValue: true, ReturnsError: true, Params: []scanner.Param{
				param("q", scanner.KindString, "string"),
			}},
		},
	}}
}

// list, dictionary and optional are forms around another.
func list(goType string, elem scanner.Value, length int) scanner.Value {
	return scanner.Value{Kind: scanner.KindList, GoType: goType, Elem: &elem, Length: length, MinLen: -1, MaxLen: -1}
}

func dictionary(elem scanner.Value) scanner.Value {
	return scanner.Value{Kind: scanner.KindMap, GoType: "map", Elem: &elem, MinLen: -1, MaxLen: -1}
}

func optional(v scanner.Value) scanner.Value {
	v.Optional = true
	return v
}

func record(t scanner.TypeName, fields ...scanner.Member) scanner.Value {
	return scanner.Value{Kind: scanner.KindObject, GoType: "struct", Named: t, Fields: fields, MinLen: -1, MaxLen: -1}
}

func member(key, name string, required bool, v scanner.Value) scanner.Member {
	return scanner.Member{Key: key, Name: name, Required: required, Value: v}
}

func plain(kind scanner.ParamKind, goType string) scanner.Value { return param("", kind, goType).Value }

// forms takes values of every form that is made of others.
func forms() *scanner.Project {
	number, text := plain(scanner.KindNumber, "float64"), plain(scanner.KindString, "string")
	base := record(typeOf("forms", "Base"), member("y", "Y", true, number))
	point := record(typeOf("forms", "Point"),
		member("y", "Base.Y", true, number), member("x", "X", false, number), member("next", "Next", false, optional(base)))
	names := list("[]", text, 0)
	names.Named, names.MinLen, names.MaxLen = typeOf("forms", "Names"), 1, 3
	shade := text
	shade.Named, shade.Enum = scanner.TypeName{Package: scanner.Package{Path: "example.com/x/shades", Name: "palette", Dir: "shades"}, Name: "Shade"}, []string{"a", "b"}
	raw := plain(scanner.KindAny, "json.RawMessage")
	raw.Named = scanner.TypeName{Package: scanner.Package{Path: "encoding/json", Name: "json"}, Name: "RawMessage"}
	fade := plain(scanner.KindDuration, "int64")
	fade.Named = scanner.TypeName{Package: scanner.Package{Path: "time", Name: "time"}, Name: "Duration"}
	fade.Min, fade.Default = "0.1", "1.5"
	file := plain(scanner.KindFile, "reactor.File")
	anything := plain(scanner.KindAny, "any")
	defaulted := point
	defaulted.Default = "{\"y\":1,\"x\":\"`\u202e\"}"
	return &scanner.Project{Module: "example.com/x", Model: scanner.Model{
		Name: "forms", Type: "Forms", Package: packageOf("forms"),
		Commands: []scanner.Command{
			{Name: "lists", Method: "Lists", Params: []scanner.Param{
				{Name: "names", Value: names},
				{Name: "grid", Value: list("[]", list("[]", number, 0), 0)},
				{Name: "pair", Value: list("[]", plain(scanner.KindInteger, "int"), 2)},
				{Name: "point", Value: defaulted},
				{Name: "points", Value: list("[]", optional(point), 0)},
				{Name: "name", Value: dictionary(shade)},
				param("readPoint", scanner.KindString, "string"),
				param("v", scanner.KindInteger, "int"),
			}},
			{Name: "others", Method: "Others", Params: []scanner.Param{
				{Name: "a", Value: optional(plain(scanner.KindInteger, "int"))},
				{Name: "b", Value: optional(point)},
				{Name: "c", Value: anything},
				{Name: "d", Value: raw},
				{Name: "e", Value: fade},
				{Name: "f", Value: file},
				{Name: "g", Value: optional(file)},
				{Name: "h", Value: dictionary(anything)},
				{Name: "i", Value: list("[]", list("[]", base, 2), 0)},
			}},
		},
		Messages: []scanner.Message{{Name: "progress", Type: typeOf("forms", "Progress"), Data: record(typeOf("forms", "Progress"))}},
	}}
}

// collisions has every name that could clash with one of the generated ones.
func collisions() *scanner.Project {
	text := func(name string) scanner.Param { return param(name, scanner.KindString, "string") }
	number := func(name string) scanner.Param { return param(name, scanner.KindNumber, "float64") }
	return &scanner.Project{Module: "example.com/x", Model: scanner.Model{
		Name: "app", Type: "App", Package: packageOf("app"),
		Constructor: &scanner.Constructor{
			Name: "New", Inputs: []scanner.Input{{Kind: scanner.InputConfig, Type: typeOf("app", "Config")}}, ReturnsError: true,
		},
		Commands: []scanner.Command{
			{Name: "main", Method: "Main", Params: []scanner.Param{
				text("err"), param("m", scanner.KindInteger, "int"), param("args", scanner.KindBoolean, "bool"),
			}},
			{Name: "new_model", Method: "NewModel", Params: []scanner.Param{text("app"), text("runner"), text("in")}},
			{Name: "program", Method: "Program", Params: []scanner.Param{text("type"), text("default"), text("ctx")}},
			{Name: "set_speed", Method: "SetSpeed", Params: []scanner.Param{number("speed")}},
			{Name: "set-speed", Method: "SetSpeed2", Params: []scanner.Param{number("Speed")}},
			{Name: "42", Method: "Digits", Params: []scanner.Param{number("1")}},
			{Name: "?", Method: "Sign"},
			{Name: "init", Method: "Init"},
		},
	}}
}

func packageMain() *scanner.Project {
	pkg := scanner.Package{Path: "example.com/x/screen", Name: "main", Dir: "."}
	mode := param("mode", scanner.KindString, "string")
	mode.Named = scanner.TypeName{Package: pkg, Name: "Mode"}
	return &scanner.Project{Module: "example.com/x", Model: scanner.Model{
		Name: "screen", Type: "m", Package: pkg,
		Constructor: &scanner.Constructor{Name: "New", Inputs: []scanner.Input{
			{Kind: scanner.InputConfig, Type: scanner.TypeName{Package: pkg, Name: "Config"}},
		}},
		Commands: []scanner.Command{{Name: "set_mode", Method: "SetMode", TakesContext: true, Params: []scanner.Param{mode}}},
	}}
}

func TestGenerateGolden(t *testing.T) {
	for name, project := range goldens {
		t.Run(name, func(t *testing.T) {
			file, err := Generate(project)
			if err != nil {
				t.Fatal(err)
			}
			compile(t, file, project)
			golden(t, name+".golden", append([]byte("// "+file.Path+"\n"), file.Text...))
		})
	}
}

// golden compares got with a file in testdata, or writes that.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestGenerateIsDeterministicAndFormatted(t *testing.T) {
	first, err := Generate(kinds())
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		again, err := Generate(kinds())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Text, again.Text) {
			t.Fatal("two runs differ")
		}
	}
	if formatted, err := format.Source(first.Text); err != nil || !bytes.Equal(formatted, first.Text) {
		t.Errorf("not gofmted: %v", err)
	}
	if !bytes.HasPrefix(first.Text, []byte(Header+"\n")) {
		t.Error("does not start with the header")
	}
}

func TestGenerateConfigLineEnds(t *testing.T) {
	unix, dos := plasma(), plasma()
	dos.ConfigText = strings.ReplaceAll(dos.ConfigText, "\n", "\r\n")
	one, err := Generate(unix)
	if err != nil {
		t.Fatal(err)
	}
	other, err := Generate(dos)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Text, other.Text) {
		t.Error("the line ends of the configuration change the output")
	}
}

// hostile are texts that would end a literal or a comment if they were copied.
var hostile = []string{
	"", "\"", "`", "\\", "*/", "/*", "//", "\n", "\r\n", "\x00", "\u202e", "\ufeff", "\xff\xfe", "\u2028", "`+panic(1)+`", "\n//go:build ignore\n", "💡",
}

func TestGenerateQuotesEveryText(t *testing.T) {
	for _, text := range hostile {
		p := withText(text)
		file, err := Generate(p)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		compile(t, file, p)
	}
}

// withText returns a project that has text wherever an author may write any.
func withText(text string) *scanner.Project {
	p := plasma()
	p.ConfigText = text
	p.Model.Config = text + "x"
	p.Model.Weights = []string{text}
	p.Model.Messages = []scanner.Message{{Name: text, Description: text, Type: typeOf("plasma", "Config")}}
	p.Model.Metadata = []scanner.Field{{Key: text, Value: text}}
	speed, palette := &p.Model.Commands[0], &p.Model.Commands[1]
	speed.Name, speed.Description = text, text
	speed.Params[0].Name, speed.Params[0].Description = text, text
	palette.Params[0].Enum = []string{text, "x"}
	palette.Params[0].Pattern = text
	palette.Params[0].Default = quote(text)
	place := record(typeOf("plasma", "Config"), member(text, "FPS", true, plain(scanner.KindInteger, "int")))
	place.Description, place.Default = text, "{"+quote(text)+":1}"
	palette.Params = append(palette.Params, scanner.Param{Name: "place", Value: place})
	p.Model.Tracks = []scanner.Track{{Name: "depth", Kind: "video", Direction: "out", Description: text}}
	return p
}

func FuzzGenerate(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := withText(text)
		file, err := Generate(p)
		if err != nil {
			t.Fatal(err)
		}
		compile(t, file, p)
	})
}

func TestInputsHash(t *testing.T) {
	hash := func(change func(*scanner.Project)) string {
		p := plasma()
		p.Model.Tracks = stage().Model.Tracks
		change(p)
		return inputsHash(p)
	}
	was := hash(func(*scanner.Project) {})
	if moved := hash(func(p *scanner.Project) {
		p.Dir, p.ModuleDir = "/elsewhere", "/elsewhere"
		p.Model.Range.Line, p.Model.Range.Start = 99, 1234
	}); moved != was {
		t.Error("the place of the directive changes the hash")
	}
	for name, change := range map[string]func(*scanner.Project){
		"name":        func(p *scanner.Project) { p.Model.Name = "other" },
		"weights":     func(p *scanner.Project) { p.Model.Weights[0] = "palette2" },
		"metadata":    func(p *scanner.Project) { p.Model.Metadata[0].Value = "1.0.1" },
		"config text": func(p *scanner.Project) { p.ConfigText += "\n" },
		"config path": func(p *scanner.Project) { p.Model.Config = "other.yaml" },
		"limit":       func(p *scanner.Project) { p.Model.Commands[0].Params[0].Max = "5" },
		"handler":     func(p *scanner.Project) { p.Model.Commands[0].Async = true },
		"constructor": func(p *scanner.Project) { p.Model.Constructor = nil },
		"type":        func(p *scanner.Project) { p.Model.Type = "Other" },
		"tracks":      func(p *scanner.Project) { p.Model.Tracks = mirror().Model.Tracks },
		"no tracks":   func(p *scanner.Project) { p.Model.Tracks = nil },
		"order of tracks": func(p *scanner.Project) {
			tracks := p.Model.Tracks
			tracks[0], tracks[1] = tracks[1], tracks[0]
		},
		"description of a track": func(p *scanner.Project) { p.Model.Tracks[0].Description = "" },
	} {
		if hash(change) == was {
			t.Errorf("a change of the %s does not change the hash", name)
		}
	}
}
