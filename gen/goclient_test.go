package gen

import (
	"bytes"
	"go/format"
	"testing"

	"github.com/reactorgen/reactor/scanner"
)

// goClientOf generates a client and compiles it.
func goClientOf(t *testing.T, p *scanner.Project) []byte {
	t.Helper()
	text, err := GoClient(p)
	if err != nil {
		t.Fatal(err)
	}
	if formatted, err := format.Source([]byte(text)); err != nil || !bytes.Equal(formatted, []byte(text)) {
		t.Errorf("not gofmted: %v", err)
	}
	if _, err := newAPI(t).load("example.com/x/viewer", map[string][]byte{"client.go": []byte(text)}); err != nil {
		t.Errorf("it does not compile: %v\n%s", err, text)
	}
	return []byte(text)
}

func TestGoClientGolden(t *testing.T) {
	for name, p := range goldens {
		text := goClientOf(t, p)
		if name == "forms" || name == "library" {
			golden(t, name+".client.golden", text)
		}
	}
}

func TestGoClientQuotesEveryText(t *testing.T) {
	for _, text := range hostile {
		p := withText(text)
		p.Model.Commands[1].Params[1].Fields[0].Key = "key" // a Go tag has no such texts
		goClientOf(t, p)
	}
}

// Commands and messages that are called as what every client has.
func TestGoClientNames(t *testing.T) {
	p := plasma()
	for _, name := range []string{"close", "Close", "frames", "client", "dial", "command", "err", "func", "set.speed"} {
		p.Model.Commands = append(p.Model.Commands, scanner.Command{Name: name, Method: "M", Params: []scanner.Param{
			param("ctx", scanner.KindString, "string"), param("Ctx", scanner.KindString, "string"), param("p", scanner.KindString, "string")}})
	}
	for _, name := range []string{"Client", "Handlers", "SetSpeedParams", "error"} {
		p.Model.Messages = append(p.Model.Messages, scanner.Message{Name: name, Type: typeOf("plasma", name), Data: record(typeOf("plasma", name),
			member("-", "Dash", true, plain(scanner.KindString, "string")), member("a", "Base.A", true, plain(scanner.KindString, "string")),
			member("b", "A", false, plain(scanner.KindString, "string")))})
	}
	p.Model.Name = "func"
	goClientOf(t, p)
}
