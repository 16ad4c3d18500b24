package main

import (
	"strings"
	"testing"
)

// TestAsVettool tells the go command's calls from people's.
func TestAsVettool(t *testing.T) {
	for args, want := range map[string]bool{
		"-flags":                          true,
		"-V=full":                         true,
		"/tmp/b001/vet.cfg":               true,
		"-json -printf=false /b1/vet.cfg": true,
		"":                                false,
		"-flags ./...":                    false,
		"check":                           false,
		"check vet.cfg":                   false,
		"-C dir check vet.cfg":            false,
		"--help":                          false,
	} {
		if got := asVettool(strings.Fields(args)); got != want {
			t.Errorf("%q: %v", args, got)
		}
	}
}

func TestVetArgs(t *testing.T) {
	for args, want := range map[string]string{
		"":             "vet -vettool=tool -tags=a,b ./...",
		"-json":        "vet -vettool=tool -tags=a,b -json ./...",
		"-json ./base": "vet -vettool=tool -tags=a,b -json ./base",
	} {
		if got := strings.Join(vetArgs("tool", []string{"a", "b"}, strings.Fields(args)), " "); got != want {
			t.Errorf("%q: got %q, want %q", args, got, want)
		}
	}
}
