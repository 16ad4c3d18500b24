package scanner

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// cgoFailure tells whether a package uses cgo and could not be translated, so that
// the types of C are not known, and what the C compiler said. Where it said
// nothing, there is none.
func cgoFailure(pkg *packages.Package) (message string, failed bool) {
	failed = slices.ContainsFunc(pkg.Errors, func(err packages.Error) bool {
		return strings.HasPrefix(err.Msg, "could not import C ")
	})
	for _, err := range pkg.Errors {
		if err.Kind == packages.ListError {
			lines := strings.Split(strings.TrimSpace(err.Msg), "\n")
			message = strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "#") }), "\n")
		}
	}
	return message, failed
}
