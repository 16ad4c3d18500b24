package weights

import (
	"strings"
	"testing"
)

func TestCheckName(t *testing.T) {
	for _, name := range []string{"vae", "VAE_2", "my-model-weights", "-x", "_", "0"} {
		if err := CheckName(name); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"", ".", "..", "a/b", `a\b`, "a.b", "a b", "é", "a\n", "con", "LPT1", strings.Repeat("a", 256)} {
		if CheckName(name) == nil {
			t.Errorf("%q is taken", name)
		}
	}
}

func TestCheckPath(t *testing.T) {
	for _, path := range []string{"model.bin", "a/b/c.safetensors", ".gitattributes", "spaces in it", "größe", "模型.bin", "console", "COM10", "a..b", "...a"} {
		if err := checkPath(path); err != nil {
			t.Error(err)
		}
	}
	for path, why := range map[string]string{
		"":                       "absolute",
		"/etc/passwd":            "absolute",
		"a//b":                   "empty",
		"a/":                     "empty",
		"..":                     `".." is a part of it`,
		"a/../../b":              `".." is a part of it`,
		"./a":                    `"." is a part of it`,
		`a\..\b`:                 "one of",
		"C:/a":                   "one of",
		"a:stream":               "one of",
		"what?":                  "one of",
		"a\x00b":                 "control character",
		"a\nb":                   "control character",
		"a\u202eb":               "control character",
		"a\u2028b":               "control character",
		"a\xff":                  "not UTF-8",
		"a.":                     "a dot",
		"a /b":                   "a space",
		" a":                     "a space",
		"NUL":                    "device",
		"a/aux.txt":              "device",
		"nul .txt":               "device",
		"com¹":                   "device",
		strings.Repeat("a", 256): "longer",
	} {
		if err := checkPath(path); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v, want %q", path, err, why)
		}
	}
}

func TestSpellings(t *testing.T) {
	tests := []struct {
		name  string
		files []string
		err   string
	}{
		{"different", []string{"a", "b/a", "b/c"}, ""},
		{"twice", []string{"a", "a"}, `"a" is there twice`},
		{"case of a file", []string{"Model", "model"}, `"Model" and "model" are one file where upper and lower case are not told apart`},
		{"case of a folder", []string{"A/x", "a/y"}, `"A" and "a" are one file where upper and lower case are not told apart`},
		{"kelvin sign", []string{"\u212a", "k"}, "are one file"},
		{"file and folder", []string{"a", "a/b"}, `"a" is there twice`},
		{"folder and file", []string{"a/b", "a"}, `"a" is there twice`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := spellings{}, error(nil)
			for _, file := range test.files {
				if err == nil {
					err = s.add(file)
				}
			}
			if test.err == "" && err != nil || test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)) {
				t.Errorf("got %v, want %q", err, test.err)
			}
		})
	}
}
