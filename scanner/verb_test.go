package scanner

import (
	"strings"
	"testing"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/internal/testproject"
)

// everyParam has one model with all that the directives take.
const everyParam = `package longlive

import "github.com/reactorgen/reactor"

//reactor:ignore RG121 a test
//reactor:model name=longlive config=a.yaml weights=vae fps=30
//reactor:track main_audio kind=audio description="What is heard"
type LongLive struct{}

func (m *LongLive) StartSession(ctx reactor.Context) error { return nil }

//reactor:command set description="Set" async
//reactor:param number description="A number" default=1 min=0 max=2
//reactor:param even multipleof=2 exclusivemin=0 exclusivemax=9
//reactor:param list minitems=1 maxitems=2
//reactor:param text description="A text" default=ab minlen=1 maxlen=2 pattern=a enum=ab,a
func (m *LongLive) Set(number, even int, list []int, text string) {}

//reactor:message done description="It is done"
type Done struct{}
`

// TestEveryParamIsRead scans a project with all that the table says the
// directives take: nothing of it is unknown to the readers.
func TestEveryParamIsRead(t *testing.T) {
	for _, v := range Verbs() {
		for _, word := range v.words() {
			if !strings.Contains(everyParam, " "+word) {
				t.Errorf("the project has no %s of a %s directive", word, v.Name)
			}
		}
	}
	p := testproject.Make(t, "-- longlive.go --\n"+everyParam+"-- a.yaml --\nsteps: 8\n")
	result, err := Scan(t.Context(), Options{Dir: p.Dir})
	if err != nil {
		t.Fatal(err)
	}
	if found := result.Diagnostics.Sorted(); len(found) > 0 {
		t.Errorf("found %+v", found)
	}
}

// TestWhatCannotBeIgnored names codes whose findings leave no good model, or say
// that something is wrong with ignoring.
func TestWhatCannotBeIgnored(t *testing.T) {
	for _, code := range []diag.Code{"", diag.RG111, diag.RG131, diag.RG133, diag.RG301, diag.RG401, diag.RG402, diag.RG501, diag.RG511, diag.RG601, diag.RG701} {
		if code.Ignorable() {
			t.Errorf("%s (%s) can be ignored", code, code.Title())
		}
	}
}
