package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// fingerprints returns what each diagnostic can be known by again: the code, the
// file, the text of its line, and the how manieth with all of these it is. It
// stays the same when lines above come and go, or the line is indented anew.
func fingerprints(all []Diagnostic, o Options) []string {
	seen := make(map[string]int)
	prints := make([]string, len(all))
	for i, d := range all {
		line := ""
		if source := o.Sources.Get(d.Range.File); source != nil {
			line = strings.Join(strings.Fields(source.Line(d.Range.Line)), " ")
		}
		key := fmt.Sprintf("%s\x00%s\x00%s", d.Code, o.path(d.Range), line)
		seen[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		prints[i] = hex.EncodeToString(sum[:16])
	}
	return prints
}
