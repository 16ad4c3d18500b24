package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// tell writes what the model is and takes, as the flags ask, in the texts of
// reactor-gen.
func tell(w io.Writer, p Program, f flags) error {
	if f.capabilities {
		_, err := fmt.Fprintf(w, "Model: %s\n%s\n", p.Identity.Name, p.Capabilities)
		return err
	}
	if p.Manifest == "" {
		return errors.New("the generated code has no manifest; write it anew with go generate")
	}
	text := []byte(p.Manifest)
	if f.schema {
		var manifest struct {
			OpenAPI json.RawMessage `json:"openapi"`
		}
		if err := json.Unmarshal(text, &manifest); err != nil {
			return fmt.Errorf("the manifest in the generated code: %w", err)
		}
		text = manifest.OpenAPI
	} else {
		text = fmt.Appendf(bytes.TrimSuffix(text, []byte("\n}")), `,"reactor":{"version":%q}}`, version())
	}
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		return fmt.Errorf("the manifest in the generated code: %w", err)
	}
	_, err := fmt.Fprintln(w, out.String())
	return err
}
