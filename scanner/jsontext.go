package scanner

import (
	"bytes"
	"encoding/json"
	"strings"
)

// jsonString returns text as JSON, with nothing escaped that need not be.
func jsonString(text string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
