// Command lspbench measures language servers from an editor's side: how long it
// takes from a keystroke until its diagnostics are there, from the start of the
// server until the first are, and how much memory the server has by then.
//
//	lspbench -server "reactor-gen lsp" [-server "gopls"] -file MODEL.go DIR...
//
// All servers get the same messages, one after the other. A keystroke is an edit of
// the end of the file that makes another type error each time, so that no answer can
// be that of an earlier one; only the diagnostics of that very version count. The
// first start of each server on each tree is not counted: it fills the caches.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

func main() {
	var b bench
	flag.Func("server", "`command` of a server; may be given several times", func(s string) error {
		b.servers = append(b.servers, s)
		return nil
	})
	flag.StringVar(&b.file, "file", "model/model.go", "the `file` to edit, relative to each tree")
	flag.IntVar(&b.keys, "keys", 500, "how many `keystrokes`")
	flag.IntVar(&b.starts, "starts", 5, "how many `starts`")
	flag.BoolVar(&b.full, "full", false, "send the whole text with each keystroke")
	flag.DurationVar(&b.pause, "pause", 0, "`time` between keystrokes")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := b.run(ctx, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "lspbench:", err)
		os.Exit(1)
	}
}

// bench is what to measure.
type bench struct {
	servers      []string
	file         string
	keys, starts int
	full         bool
	pause        time.Duration
}

// figures are those of one server on one tree.
type figures struct {
	first, keys []time.Duration
	early, late int64 // resident bytes after the first diagnostics, and after all keystrokes
	peak        int64
}

func (b bench) run(ctx context.Context, dirs []string) error {
	if len(b.servers) == 0 || len(dirs) == 0 {
		return errors.New("name at least one -server and one folder")
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "tree\tserver\tfirst\tkey p50\tp90\tp95\tp99\tmost\tRSS before\tafter\tpeak")
	for _, dir := range dirs {
		for _, server := range b.servers {
			f, err := b.measure(ctx, server, dir)
			if err != nil {
				return fmt.Errorf("%s in %s: %w", server, dir, err)
			}
			name := filepath.Base(strings.Fields(server)[0])
			fmt.Fprintf(w, "%s\t%s\t%s", filepath.Base(dir), name, ms(at(f.first, 50)))
			for _, percent := range []int{50, 90, 95, 99, 100} {
				fmt.Fprintf(w, "\t%s", ms(at(f.keys, percent)))
			}
			fmt.Fprintf(w, "\t%s\t%s\t%s\n", mb(f.early), mb(f.late), mb(f.peak))
		}
	}
	return w.Flush()
}

// measure starts a server some times and types when it is the last.
func (b bench) measure(ctx context.Context, server, dir string) (f figures, err error) {
	name := filepath.Join(dir, filepath.FromSlash(b.file))
	text, err := os.ReadFile(name)
	if err != nil {
		return f, err
	}
	for n := range b.starts + 1 {
		began := time.Now()
		s, err := start(ctx, server, dir)
		if err != nil {
			return f, err
		}
		err = s.open(name, string(text))
		if n > 0 {
			f.first = append(f.first, time.Since(began))
		}
		if err == nil && n == b.starts {
			f.early, _ = s.memory()
			err = b.keystrokes(s, name, string(text), &f)
			f.late, f.peak = s.memory()
		}
		if err := errors.Join(err, s.stop()); err != nil {
			return f, err
		}
	}
	return f, nil
}

// keystrokes makes the keystrokes.
func (b bench) keystrokes(s *server, name, text string, f *figures) error {
	old := ""
	for n := range b.keys {
		if b.pause > 0 {
			time.Sleep(b.pause)
		}
		took, err := s.edit(name, int32(n+2), text, old, mistake(n), b.full)
		if err != nil {
			return err
		}
		f.keys, old = append(f.keys, took), mistake(n)
	}
	return nil
}

// mistake is a line with a type error of its own.
func mistake(n int) string { return fmt.Sprintf("var _ int = missing%06d", n) }

// at is a percentile.
func at(all []time.Duration, percent int) time.Duration {
	if len(all) == 0 {
		return 0
	}
	all = slices.Sorted(slices.Values(all))
	return all[min(len(all)*percent/100, len(all)-1)]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d)/1e6) }

func mb(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
