package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// oracle is one configuration that is given to OmegaConf and to us.
type oracle struct {
	Text      string            `json:"text"`
	Overrides []string          `json:"overrides,omitempty"`
	Env       map[string]string `json:"env,omitempty"`
}

// answer is what one of the two makes of it: a value with types, or an error.
// We make both where some values cannot be resolved.
type answer struct {
	Value any    `json:"value"`
	Error string `json:"error"`
}

func (a answer) String() string {
	text, err := json.Marshal(a.Value)
	if err != nil {
		return err.Error()
	}
	return string(text) + " " + a.Error
}

// TestOmegaConf holds that files, overrides and interpolations mean what they
// mean to OmegaConf, but for the differences that are listed, each of which is
// met at least once.
func TestOmegaConf(t *testing.T) {
	cases := slices.Concat(writtenCases(), generatedCases(400))
	theirs := askOmegaConf(t, cases)
	met := map[string]int{}
	equal := 0
	for i, c := range cases {
		names := compare(c, askUs(c), theirs[i])
		if len(names) == 0 {
			equal++
		}
		for _, name := range names {
			if name == "" {
				t.Errorf("%s\n%q\nours   %v\ntheirs %v", c.Text, c.Overrides, askUs(c), theirs[i])
			}
			met[name]++
		}
	}
	for _, d := range differences() {
		if met[d.name] == 0 {
			t.Errorf("no case shows the difference %q", d.name)
		}
	}
	t.Logf("%d cases: %d equal; %v", len(cases), equal, met)
}

// compare returns the names of the differences between two answers, "" for one
// that is not listed.
func compare(c oracle, ours, theirs answer) (names []string) {
	if ours.Value == nil || theirs.Value == nil {
		if ours.Error != "" && theirs.Error != "" {
			return nil
		}
		return []string{differenceOf(c, ours.String(), theirs.String())}
	}
	walk(ours.Value, theirs.Value, func(a, b any) {
		names = append(names, differenceOf(c, answer{a, ours.Error}.String(), answer{b, theirs.Error}.String()))
	})
	return names
}

// walk calls differ for each pair of values in two that are not the same.
func walk(a, b any, differ func(a, b any)) {
	if la, lb := asList(a), asList(b); la != nil && len(la) == len(lb) {
		for i := range la {
			walk(la[i], lb[i], differ)
		}
		return
	}
	ma, mb := asMap(a), asMap(b)
	if ma == nil || mb == nil {
		if !cmp.Equal(a, b) {
			differ(a, b)
		}
		return
	}
	for key := range ma {
		if _, both := mb[key]; both {
			walk(ma[key], mb[key], differ)
		}
	}
	if !slices.Equal(slices.Sorted(maps.Keys(ma)), slices.Sorted(maps.Keys(mb))) {
		differ(a, b)
	}
}

func asList(v any) []any {
	l, _ := v.([]any)
	return l
}

// asMap is the inner part of a mapping.
func asMap(v any) map[string]any {
	m, _ := v.(map[string]any)
	inner, _ := m["m"].(map[string]any)
	return inner
}

func differenceOf(c oracle, ours, theirs string) string {
	for _, d := range differences() {
		if d.matches(c, ours, theirs) {
			return d.name
		}
	}
	return ""
}

// askUs resolves a case.
func askUs(c oracle) answer {
	fail := func(err error) answer { return answer{Error: err.Error()} }
	d, err := Parse("config.yaml", []byte(c.Text))
	if err != nil {
		return fail(err)
	}
	for _, o := range c.Overrides {
		key, value, _ := strings.Cut(o, "=")
		if err := d.Override(key, value); err != nil {
			return fail(err)
		}
	}
	d, err = d.Resolve(func(name string) (string, bool) {
		value, ok := c.Env[name]
		return value, ok
	})
	return answer{Value: withTypes(d.top()), Error: text(err)}
}

// withTypes is n in the form that the script writes.
func withTypes(n *node) any {
	if n.open {
		return "error"
	}
	switch n.kind {
	case mapping:
		pairs := map[string]any{}
		for _, e := range n.entries {
			pairs[e.key] = withTypes(e.value)
		}
		return map[string]any{"m": pairs}
	case list:
		items := []any{}
		for _, item := range n.items {
			items = append(items, withTypes(item))
		}
		return items
	}
	switch v := n.value.(type) {
	case nil, bool:
		return v
	case string:
		return "s:" + v
	case float64:
		return "f:" + written(v)
	}
	return "i:" + written(n.value)
}

// askOmegaConf runs the script. Without OmegaConf the test is skipped, but not
// where the environment variable CI asks for all tests.
func askOmegaConf(t *testing.T, cases []oracle) (answers []answer) {
	t.Helper()
	input, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python(t), "testdata/oracle.py")
	cmd.Stdin = bytes.NewReader(input)
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		t.Fatalf("%v\n%s", err, exit.Stderr)
	} else if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatal(err)
	}
	if len(answers) != len(cases) {
		t.Fatalf("%d answers for %d cases", len(answers), len(cases))
	}
	return answers
}

// python returns a Python that has OmegaConf: that of the system, for which
// Debian packages it, or the first on the path.
func python(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"/usr/bin/python3", "python3"} {
		if exec.CommandContext(t.Context(), name, "-c", "import omegaconf").Run() == nil {
			return name
		}
	}
	const missing = "no Python with OmegaConf here; Debian has it as python3-omegaconf"
	if os.Getenv("CI") != "" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

// difference is a way in which we are not OmegaConf, and why. A pair of outcomes,
// each the value and the error, belongs to it when both match, in a case whose
// text and overrides do. The list is that of docs/config.md.
type difference struct {
	name, why        string
	in, ours, theirs string // regular expressions
}

func (d difference) matches(c oracle, ours, theirs string) bool {
	match := func(pattern, text string) bool { return regexp.MustCompile(pattern).MatchString(text) }
	return match(d.in, c.Text+"\n-- "+strings.Join(c.Overrides, "\n")) && match(d.ours, ours) && match(d.theirs, theirs)
}

func differences() []difference {
	return []difference{
		{
			"a list or mapping inside of a text is an error", "it would become Python's notation, which nobody means",
			``, `^"error" (.|\n)*cannot stand inside of a text`, `"s:[^"]*[\[{]`,
		},
		{
			"a whole number may be a key in `${a[${i}]}`", "the index of an element is a number",
			`\[\$\{i`, `^"i:`, `^"error"`,
		},
		{
			"more characters stand in arguments without quotation marks", "an address such as `http://x/?a=b#c` needs none",
			`oc.env:GONE,`, `^\{`, `^null GrammarParseError: token recognition error`,
		},
		{
			"blanks around the text for `oc.decode` do not count", "a variable that ends in a blank holds a number all the same",
			`oc.decode:"  5`, `^"i:5"`, `^"s:  5  "`,
		},
		{
			"keys are text, as they are written", "a key that is a number or a truth value can be referred to and set",
			`(?m)^(true|1|010)\b|true: y`, ``, ``,
		},
		{
			"`-.5` and `.5e3` are numbers, `._5` is text", "a number needs no digit before the point, but one behind it",
			`: [-+]?\._?5`, `^"(f:|s:\._5)`, `^"(s:[-+]?\.5|f:0.5)`,
		},
		{
			"whole numbers fit into 64 bits", "Go has no larger ones, and one that is cut short is wrong",
			`999`, `must fit into 64 bits`, `"i:9999`,
		},
		{
			"half of a surrogate pair is an error", "a text is Unicode",
			`\\uD800`, `invalid Unicode`, `^\{`,
		},
		{
			"a list and a mapping replace each other", "the flag has said what the value is to be, and the author's struct checks it",
			``, `^\{`, `Cannot merge (DictConfig|ListConfig) with (DictConfig|ListConfig)`,
		},
		{
			"a mistake that a flag replaces is not told", "what is not there any more is not wrong",
			`-- .*=`, `^\{`, `^null GrammarParseError: (mismatched|missing|no viable|extraneous)`,
		},
		{
			"`???` leaves also what an earlier flag has set", "one rule for what is below a flag, be it the file or a flag",
			`=\?\?\?`, ``, ``,
		},
	}
}

// TestDifferencesAreDocumented holds that docs/config.md has the list.
func TestDifferencesAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/config.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences() {
		if row := fmt.Sprintf("| %s | %s |", d.name, d.why); !strings.Contains(string(page), row) {
			t.Errorf("docs/config.md lacks the row\n%s", row)
		}
	}
}
