package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/weights"
)

func (v *weightsVerb) verifyCommand() *cobra.Command {
	return v.explicitFlag(v.command("verify", "Read the weights and tell whether they are as locked",
		`Read the weights and tell whether they are as locked in weights.lock: files that
are missing, of another size or content, or not locked at all. Exit status 1 says
that there is such a file, or that weights are missing or not locked.`, v.verify))
}

// verified is what became of the weights of one name.
type verified struct {
	Name string `json:"name"`
	Dir  string `json:"dir,omitempty"`

	// State is "good", "different", "missing" or "unlocked".
	State       string               `json:"state"`
	Differences []weights.Difference `json:"differences,omitempty"`
}

// verify compares the weights with the lock.
func (v *weightsVerb) verify(ctx context.Context) error {
	lock, err := readLock()
	if err != nil {
		return err
	}
	all, wrong := []verified{}, false
	for _, name := range v.names {
		one, err := v.verifyOne(ctx, lock, name)
		if err != nil {
			return err
		}
		all = append(all, one)
		wrong = wrong || one.State != "good"
	}
	if v.format == "json" {
		err = printJSON(v.stdout, struct {
			document
			Weights []verified `json:"weights"`
		}{version1, all})
	} else if len(all) == 0 {
		fmt.Fprintln(v.stdout, "ok  the model declares no weights")
	}
	if err == nil && wrong {
		err = errFindings
	}
	return err
}

// verifyOne compares the weights of a name and, as text, tells of it at once.
func (v *weightsVerb) verifyOne(ctx context.Context, lock weights.Lock, name string) (verified, error) {
	one := verified{Name: name}
	w, err := lock.Find(name)
	if err != nil {
		one.State = "unlocked"
		v.tellf("error: weights %q are not in %s; to lock them: reactor-gen weights lock %[1]s\n", name, weights.LockName)
		return one, nil
	}
	dir, _, found := weights.Find(v.places, name)
	if !found {
		one.State = "missing"
		v.tellf("error: %s\n", v.missing(name))
		return one, nil
	}
	one.Dir = dir
	if one.Differences, err = w.Check(ctx, dir); err != nil {
		return one, fmt.Errorf("verifying %q: %w", name, err)
	}
	if len(one.Differences) == 0 {
		one.State = "good"
		v.tellf("ok  %s  %s  %s\n", name, dir, holds(w))
		return one, nil
	}
	one.State = "different"
	v.tellf("error: %s differs from %s in %s\n", dir, weights.LockName, diag.Count(len(one.Differences), "file"))
	for _, d := range one.Differences {
		v.tellf("  %s: %s\n", d.Path, d.Text)
	}
	return one, nil
}

// tellf prints unless a document is printed.
func (v *weightsVerb) tellf(format string, args ...any) {
	if v.format == "text" {
		fmt.Fprintf(v.stdout, format, args...)
	}
}
