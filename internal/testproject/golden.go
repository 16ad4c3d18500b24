package testproject

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// GoldenFile compares what came out with a file, or writes it there with
// -update. Nothing came out is as good as no file.
func GoldenFile(t testing.TB, path, got string) {
	t.Helper()
	if *update {
		if err := writeOrRemove(path, got); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is not what came out (-want +got):\n%s", path, diff)
	}
}

func writeOrRemove(path, text string) error {
	if text == "" {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	return errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666))
}

var documents = flag.String("documents", "", "keep the documents that are read back in `DIR`, a folder for each format")

// Document reads a document of a format of diagnostics back as the language that
// it is written in. With -documents DIR it is kept there, for the validators of
// tools/formats.
func Document(t testing.TB, format, name, text string) {
	t.Helper()
	if err := readBack(format, text); err != nil {
		t.Errorf("%s: %v in\n%s", format, err, text)
	}
	if *documents == "" {
		return
	}
	path := filepath.Join(*documents, format, name+"."+format)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
		t.Fatal(err)
	}
}

func readBack(format, text string) (err error) {
	switch format {
	case "json", "sarif", "gitlab", "rdjson":
		return json.Unmarshal([]byte(text), new(any))
	case "jsonl":
		for line := range strings.Lines(text) {
			err = errors.Join(err, json.Unmarshal([]byte(line), new(map[string]any)))
		}
	case "checkstyle", "junit":
		for d := xml.NewDecoder(strings.NewReader(text)); err == nil; {
			_, err = d.Token()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
	case "github":
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "::error ") && !strings.HasPrefix(line, "::warning ") {
				return fmt.Errorf("not a command: %s", line)
			}
		}
	}
	return err
}

// WithoutRules takes the rules out of a SARIF document: they are the manual of
// the codes, and no golden file should change with its words.
func WithoutRules(text string) string {
	before, rest, ok := strings.Cut(text, `"rules": [`)
	if !ok {
		return text
	}
	_, after, _ := strings.Cut(rest, "\n          ]")
	return before + `"rules": []` + after
}
