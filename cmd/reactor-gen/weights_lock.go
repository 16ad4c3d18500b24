package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/diag"
	"github.com/reactorgen/reactor/gen"
	"github.com/reactorgen/reactor/weights"
)

func (v *weightsVerb) lockCommand() *cobra.Command {
	return v.explicitFlag(v.command("lock", "Write weights.lock: size and SHA-256 of each file of the weights",
		`Write weights.lock: size and SHA-256 of each file of the weights, as they are
found. What pull fetches and verify accepts is that, and nothing else. With names,
only theirs are read, and the others stay as they are locked.`, v.lock))
}

// lockDocument is what "weights lock --format json" prints.
type lockDocument struct {
	document
	File    string       `json:"file"`
	Changed bool         `json:"changed"`
	Weights weights.Lock `json:"weights"`
}

// lock hashes the weights and writes the lock.
func (v *weightsVerb) lock(ctx context.Context) error {
	if len(v.names) == 0 {
		return errors.New("the model declares no weights, so there is nothing to lock")
	}
	lock, err := v.kept()
	if err != nil {
		return err
	}
	for _, name := range v.names {
		dir, place, found := weights.Find(v.places, name)
		if !found {
			return errors.New(v.missing(name))
		}
		w, err := weights.Hash(ctx, name, dir)
		if err != nil {
			return fmt.Errorf("locking %q: %w", name, err)
		}
		if v.format == "text" {
			fmt.Fprintf(v.stdout, "%s  %s (%s)  %s\n", name, dir, place.From, holds(w))
		}
		lock = lock.With(w)
	}
	changed, err := writeLock(lock)
	if err != nil {
		return err
	}
	if v.format == "json" {
		return printJSON(v.stdout, lockDocument{version1, weights.LockName, changed, lock})
	}
	if changed {
		fmt.Fprintf(v.stdout, "wrote %s\n", weights.LockName)
	} else {
		fmt.Fprintf(v.stdout, "%s is up to date\n", weights.LockName)
	}
	return nil
}

// kept is what of the present lock stays: the weights that are declared and are
// not read anew. A lock of which nothing stays need not be readable.
func (v *weightsVerb) kept() (weights.Lock, error) {
	if len(v.names) == len(v.declared) {
		return nil, nil
	}
	present, err := readLock()
	if err != nil {
		return nil, err
	}
	var kept weights.Lock
	for _, name := range v.declared {
		if w, err := present.Find(name); err == nil {
			kept = kept.With(w)
		}
	}
	return kept, nil
}

// writeLock writes the lock, unless the file is the same already.
func writeLock(lock weights.Lock) (changed bool, err error) {
	text := lock.Text()
	if _, err := weights.ParseLock(weights.LockName, text); err != nil {
		return false, err
	}
	present, err := os.ReadFile(weights.LockName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	if bytes.Equal(bytes.ReplaceAll(present, []byte("\r\n"), []byte("\n")), text) {
		return false, nil
	}
	return true, gen.Replace(weights.LockName, text)
}

// holds says how much weights are.
func holds(w weights.Weights) string {
	return fmt.Sprintf("%s, %s", diag.Count(len(w.Files), "file"), weights.SizeText(w.Size()))
}
