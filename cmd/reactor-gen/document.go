package main

import (
	"encoding/json"
	"io"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// document is what the JSON of every verb begins with that has no standard of its own.
// docs/json.schema.json has them all.
type document struct {
	// Version is that of the form. Members may be added within a version; it changes
	// when one is taken away or gets another meaning.
	Version int `json:"version"`
}

// version1 begins a document of the version that all are of.
var version1 = document{1}

// jsonFlag gives a verb the flag that asks for its document.
func jsonFlag(cmd *cobra.Command, asJSON *bool) {
	cmd.Flags().BoolVar(asJSON, "json", false, "print JSON; its form is in docs/json.schema.json")
}

// alsoJSON gives a verb --json beside a flag for formats of which json is one.
func alsoJSON(flags *pflag.FlagSet, format pflag.Value) {
	flags.BoolFunc("json", "the same as --format json", func(text string) error {
		on, err := strconv.ParseBool(text)
		if err != nil || !on {
			return err
		}
		return format.Set("json")
	})
}

// printJSON prints a value as JSON that people can read as well.
func printJSON(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(value)
}
