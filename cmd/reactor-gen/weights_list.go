package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/weights"
)

func (v *weightsVerb) listCommand() *cobra.Command {
	return v.explicitFlag(v.command("list", "Show the declared weights: where each is, its size, whether it is locked",
		`Show the declared weights: where each is, its size, and whether it is locked. What
is in the files is not read; "verify" does that.`, v.list))
}

// listed is one of the declared weights.
type listed struct {
	Name string `json:"name"`

	// Dir is the folder, and From the place that it was found in; both are empty
	// when it is missing.
	Dir  string `json:"dir,omitempty"`
	From string `json:"from,omitempty"`

	// Files and Bytes are what the folder holds, or what is locked when it is
	// missing.
	Files int   `json:"files"`
	Bytes int64 `json:"bytes"`

	Locked bool `json:"locked"`

	// SameSize tells that as many files and bytes are locked as are there.
	SameSize bool `json:"sameSize"`
}

// list prints the weights.
func (v *weightsVerb) list(context.Context) error {
	lock, err := readLock()
	if err != nil {
		return err
	}
	all := []listed{}
	for _, name := range v.names {
		one, err := v.listOne(lock, name)
		if err != nil {
			return err
		}
		all = append(all, one)
	}
	if v.format == "json" {
		return printJSON(v.stdout, struct {
			document
			Weights []listed        `json:"weights"`
			Places  []weights.Place `json:"places"`
		}{version1, all, v.places})
	}
	v.table(all)
	return nil
}

// listOne finds the weights of a name.
func (v *weightsVerb) listOne(lock weights.Lock, name string) (one listed, err error) {
	one.Name = name
	w, unlocked := lock.Find(name)
	one.Locked = unlocked == nil
	dir, place, found := weights.Find(v.places, name)
	if !found {
		one.Files, one.Bytes = len(w.Files), w.Size()
		return one, nil
	}
	one.Dir, one.From = dir, place.From
	one.Files, one.Bytes, err = measure(dir)
	one.SameSize = one.Locked && one.Files == len(w.Files) && one.Bytes == w.Size()
	return one, err
}

// measure counts the files in a folder, which may be a symbolic link, and their
// bytes.
func measure(dir string) (files int, bytes int64, err error) {
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return 0, 0, err
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := os.Stat(path); err == nil { // else it is a link to nothing
			files++
			bytes += info.Size()
		}
		return nil
	})
	return files, bytes, err
}

// table prints the weights for people.
func (v *weightsVerb) table(all []listed) {
	if len(all) == 0 {
		fmt.Fprintln(v.stdout, "the model declares no weights")
		return
	}
	w := tabwriter.NewWriter(v.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tSIZE\tLOCKED\tFOLDER")
	var missing []string
	for _, one := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", one.Name, one.size(), one.lock(), one.folder())
		if one.Dir == "" {
			missing = append(missing, one.Name)
		}
	}
	w.Flush()
	if len(missing) == 0 {
		return
	}
	fmt.Fprintln(v.stdout, "\nmissing ones were looked for in")
	for _, p := range v.places {
		fmt.Fprintf(v.stdout, "  %s (%s)\n", p.Dir, p.From)
	}
	fmt.Fprintf(v.stdout, "to fetch them: %s\n", pullHint(missing...))
}

func (one listed) size() string {
	if one.Dir == "" && !one.Locked {
		return "unknown"
	}
	return weights.SizeText(one.Bytes) + " in " + diag.Count(one.Files, "file")
}

func (one listed) lock() string {
	switch {
	case !one.Locked:
		return "no"
	case one.Dir != "" && !one.SameSize:
		return "other size"
	}
	return "yes"
}

func (one listed) folder() string {
	if one.Dir == "" {
		return "missing"
	}
	return fmt.Sprintf("%s (%s)", one.Dir, one.From)
}
