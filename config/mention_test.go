package config

import (
	"fmt"
	"strings"
	"testing"
)

// TestMentions finds each name where the text has it.
func TestMentions(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                         "",
		"${a}":                          "0:a@2",
		"${a.b}":                        "0:a@2,b@4",
		"é ${ a[bb].c } and ${..d}":     "0:a@6,bb@8,c@12 2:d@24",
		"${oc.env:X,${a.a}}":            "0:a@13,a@15",
		"${a.${b}.c}":                   "0:a@2 0:b@6",
		"${oc.select:a.b,${c}}":         "0:a@12,b@14 0:c@18",
		"é ${oc.dict.keys: '..a[b]' }":  "2:a@22,b@24",
		"${oc.select:${a}}":             "0:a@14",
		"${oc.env:a}":                   "",
		"${oc.dict.keys:a} ${x:[${a}]}": "0:a@15 0:a@25",
		`\${a} ${b}`:                    "0:b@8",
		"${a.b":                         "",
		"${f:{k: '${a}'}}":              "0:a@11",
	} {
		var got []string
		for _, m := range Mentions(text) {
			var names []string
			for _, n := range m.Names {
				names = append(names, fmt.Sprintf("%s@%d", n.Text, n.Start))
			}
			got = append(got, fmt.Sprintf("%d:%s", m.Up, strings.Join(names, ",")))
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// FuzzMentions finds names that are parts of the text.
func FuzzMentions(f *testing.F) {
	f.Add("é ${oc.select:..a.b,${c[d]}} ${a.${b}.c}")
	f.Add("${oc.dict.keys:\"\\\"a\"}")
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range Mentions(text) {
			for _, n := range m.Names {
				if !strings.HasPrefix(text[n.Start:], n.Text) {
					t.Errorf("%q: %q is not at %d", text, n.Text, n.Start)
				}
			}
		}
	})
}
