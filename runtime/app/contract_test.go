package app

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestRunTellsTheContract(t *testing.T) {
	p := program(new(still))
	p.Manifest = "{\n\t\"format\":1,\n\t\"name\":\"still\",\n\t\"openapi\":{\"openapi\":\"3.1.0\",\"paths\":{}}\n}"
	for flag, want := range map[string]string{
		"--capabilities": "Model: still\n" + p.Capabilities + "\n",
		"--schema":       "{\n  \"openapi\": \"3.1.0\",\n  \"paths\": {}\n}\n",
	} {
		if code, stdout, stderr := once(t, p, flag); code != exitClean || stdout != want || stderr != "" {
			t.Errorf("%s: exit %d, %q, %q, want %q", flag, code, stdout, stderr, want)
		}
	}
	code, stdout, _ := once(t, p, "--manifest")
	var manifest struct {
		Name    string
		Reactor struct{ Version string }
	}
	if err := json.Unmarshal([]byte(stdout), &manifest); err != nil || code != exitClean || manifest.Name != "still" || manifest.Reactor.Version == "" {
		t.Errorf("exit %d, %v, %s", code, err, stdout)
	}
}

// The main of an older reactor-gen has no manifest.
func TestRunWithoutManifest(t *testing.T) {
	for _, flag := range []string{"--manifest", "--schema"} {
		code, stdout, stderr := once(t, program(new(still)), flag)
		if code != exitFailed || stdout != "" || !strings.Contains(stderr, "write it anew with go generate") {
			t.Errorf("%s: exit %d, %q, %q", flag, code, stdout, stderr)
		}
	}
	broken := program(new(still))
	broken.Manifest = "{"
	if code, _, stderr := once(t, broken, "--schema"); code != exitFailed || !strings.Contains(stderr, "the manifest in the generated code") {
		t.Errorf("exit %d, %q", code, stderr)
	}
}
