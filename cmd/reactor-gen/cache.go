package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/cmd/reactor-gen/early"
	"github.com/reactorgen/reactor/internal/cache"
	"github.com/reactorgen/reactor/scanner"
	"github.com/reactorgen/reactor/weights"
)

// cacheVariable names the folder for what is kept between runs, or is "off".
const cacheVariable = early.CacheVariable

// options are those of every scan of the project in a folder.
func (t *tool) options(dir string) (scanner.Options, error) {
	o := scanner.Options{Dir: dir, Tags: t.tags}
	if t.noCache {
		return o, nil
	}
	kept, err := early.OpenCache()
	o.Cache = kept
	return o, err
}

func (t *tool) cacheCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cache",
		Short: "Show or remove what is kept between runs",
		Long: `Show or remove what is kept between runs, so that the next one takes less time: the
state of projects, the types of packages, and the programs that "run" starts. It
is a folder of your cache, or the one that ` + cacheVariable + ` names; with
` + cacheVariable + `=off no state and no types are kept, as with --no-cache. What was
not used for 30 days is removed.`,
		Args: unknownVerb,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cmd.Help(); err != nil {
				return err
			}
			return errors.New("which verb? For example: reactor-gen cache info")
		},
	}
	var asJSON bool
	info := &cobra.Command{
		Use: "info", Short: "Show what is kept, and where", Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return t.cacheInfo(asJSON) },
	}
	jsonFlag(info, &asJSON)
	cmd.AddCommand(info, &cobra.Command{
		Use: "clean", Short: "Remove what is kept", Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return t.cacheClean() },
	})
	return cmd
}

// keptDocument is what `cache info --json` prints.
type keptDocument struct {
	document
	Dir string `json:"dir"`

	// State tells whether more is kept than programs.
	State bool       `json:"state"`
	Kinds []keptKind `json:"kinds"`
}

// keptKind is of which kind things are kept, how many, and how large.
type keptKind struct {
	Name    string    `json:"name"`
	Entries int       `json:"entries"`
	Bytes   int64     `json:"bytes"`
	Oldest  time.Time `json:"oldest"` // when the one that was used least recently was used
}

// cacheInfo prints where the cache is, and of each kind how much there is.
func (t *tool) cacheInfo(asJSON bool) error {
	kept, programs, err := everythingKept()
	if err != nil {
		return err
	}
	all := keptDocument{version1, kept.Info().Dir, kept != nil, []keptKind{}}
	for _, k := range append(kept.Info().Kinds, programsIn(programs)) {
		if k.Entries > 0 {
			all.Kinds = append(all.Kinds, keptKind(k))
		}
	}
	if kept == nil {
		all.Dir = filepath.Dir(programs)
	}
	if asJSON {
		return printJSON(t.stdout, all)
	}
	return all.print(t.stdout)
}

// print tells of the cache for people.
func (d keptDocument) print(w io.Writer) error {
	if !d.State {
		fmt.Fprintln(w, "no state is kept, as "+cacheVariable+" says")
	}
	fmt.Fprintln(w, d.Dir)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, k := range d.Kinds {
		fmt.Fprintf(table, "  %s\t%d\t%s\tused since %s\n", k.Name, k.Entries, weights.SizeText(k.Bytes), k.Oldest.Format(time.DateOnly))
	}
	return table.Flush()
}

// cacheClean removes everything and says how much that was.
func (t *tool) cacheClean() error {
	kept, programs, err := everythingKept()
	if err != nil {
		return err
	}
	bytes := int64(0)
	for _, k := range append(kept.Info().Kinds, programsIn(programs)) {
		bytes += k.Bytes
	}
	if err := errors.Join(removePrograms(programs, time.Now()), kept.Clean()); err != nil {
		return fmt.Errorf("not all is removed: %w", err)
	}
	fmt.Fprintln(t.stdout, "removed", weights.SizeText(bytes))
	return nil
}

// everythingKept is the cache, which may be nil, and the folder with programs.
func everythingKept() (kept *cache.Cache, programs string, err error) {
	if kept, err = early.OpenCache(); err == nil {
		programs, err = programsDir()
	}
	return kept, programs, err
}
