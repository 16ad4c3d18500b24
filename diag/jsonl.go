package diag

import (
	"encoding/json"
	"io"
)

// writeJSONLines writes each diagnostic as the json form has it, on a line of
// its own.
func writeJSONLines(w io.Writer, sorted []Diagnostic, o Options) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, d := range sorted {
		if err := e.Encode(newJSON(d, o.Sources)); err != nil {
			return err
		}
	}
	return nil
}
