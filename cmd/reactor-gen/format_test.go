package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestFormatsFlag(t *testing.T) {
	for _, test := range []struct {
		flags     []string
		want      string
		forPeople bool
	}{
		{nil, "", true},
		{[]string{"text"}, "text", true},
		{[]string{"text,sarif:out.sarif"}, "text,sarif:out.sarif", true},
		{[]string{"sarif:out.sarif", "text"}, "sarif:out.sarif,text", true},
		{[]string{"json"}, "json", false},
		{[]string{"json:a,gitlab:b"}, "json:a,gitlab:b", false},
		{[]string{"text:a"}, "text:a", false},
		{[]string{`junit:C:\out.xml`}, `junit:C:\out.xml`, false},
	} {
		var f formats
		for _, flag := range test.flags {
			if err := f.Set(flag); err != nil {
				t.Errorf("%q: %v", flag, err)
			}
		}
		if f.String() != test.want || f.forPeople() != test.forPeople {
			t.Errorf("%q: %s, for people %t", test.flags, &f, f.forPeople())
		}
	}
}

func TestFormatsFlagRefuses(t *testing.T) {
	for _, flag := range []string{"", "xml", "text,json", "text:a,json:a", "json:", "text,", "JSON"} {
		var f formats
		if err := f.Set(flag); err == nil {
			t.Errorf("%q is %s", flag, &f)
		}
	}
}

func TestOutputReplacesWhatALinkPointsTo(t *testing.T) {
	dir := t.TempDir()
	real, link := filepath.Join(dir, "real"), filepath.Join(dir, "link")
	if err := os.WriteFile(real, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, link); err != nil {
		t.Skip(err)
	}
	if err := (output{file: link}).write(nil, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(real); err != nil || string(text) != "new" {
		t.Errorf("%q, %v", text, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestOutputLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	if err := (output{file: dir}).write(nil, []byte("new")); err == nil {
		t.Error("a folder was written")
	}
	if err := (output{file: filepath.Join(dir, "no", "file")}).write(nil, []byte("new")); err == nil {
		t.Error("a file in no folder was written")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%v, %v", left, err)
	}
	var b bytes.Buffer
	if err := (output{}).write(&b, []byte("new")); err != nil || b.String() != "new" {
		t.Errorf("%q, %v", b.String(), err)
	}
}
