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
		var err error
		if text, err = p.openAPI(); err != nil {
			return err
		}
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

// openAPI is the OpenAPI document of the model, from its manifest. It is empty where
// there is none.
func (p Program) openAPI() (json.RawMessage, error) {
	var manifest struct {
		OpenAPI json.RawMessage `json:"openapi"`
	}
	if p.Manifest == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(p.Manifest), &manifest); err != nil {
		return nil, fmt.Errorf("the manifest in the generated code: %w", err)
	}
	return manifest.OpenAPI, nil
}
