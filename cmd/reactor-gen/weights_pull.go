package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/reactorgen/reactor/weights"
)

// puller is the command that fetches weights. What it links for the sake of
// stores would slow each start of reactor-gen.
const puller = "reactor-weights"

func (v *weightsVerb) pullCommand() *cobra.Command {
	var p pulling
	cmd := v.command("pull", "Fetch the locked weights from a store",
		`Fetch the locked weights from a store: file:///FOLDER, s3://BUCKET/FOLDER or
gs://BUCKET/FOLDER, in which each of them is a folder of its name.

A folder appears when all files in it are there and as locked. An interrupted pull
goes on where it was. What fetches is reactor-weights: the one beside reactor-gen,
else one of the same version that the go command builds.`, func(ctx context.Context) error { return v.pull(ctx, p) })
	cmd.Flags().StringVar(&p.store, "weights-store", "", "`URL` of the store")
	cmd.Flags().StringVar(&p.into, "into", weights.CacheDir(os.Getenv), "`FOLDER` in which the folders are put")
	cmd.Flags().IntVar(&p.connections, "connections", 8, "`NUMBER` of files that are fetched at once")
	cmd.Flags().BoolVar(&p.replace, "replace", false, "put the weights in the place of folders that are not as locked")
	return cmd
}

// pulling is what the flags of pull say.
type pulling struct {
	store, into string
	connections int
	replace     bool
}

// pull hands over to the command that fetches.
func (v *weightsVerb) pull(ctx context.Context, p pulling) error {
	switch {
	case p.store == "":
		return errors.New("which store? For example: --weights-store s3://BUCKET or --weights-store file:///FOLDER")
	case len(v.names) == 0:
		return errors.New("the model declares no weights, so there is nothing to fetch")
	}
	lock, err := readLock()
	if err != nil {
		return err
	}
	for _, name := range v.names {
		if _, err := lock.Find(name); err != nil {
			return fmt.Errorf("weights %q are not in %s, so what to fetch is not known; where they are, lock them: reactor-gen weights lock %[1]s",
				name, weights.LockName)
		}
	}
	program, err := v.findPuller(ctx)
	if err != nil {
		return err
	}
	return start(program, p.args(v), ".")
}

// args are the command line of the command that fetches.
func (p pulling) args(v *weightsVerb) []string {
	args := []string{"--weights-store=" + p.store, "--connections=" + strconv.Itoa(p.connections), "--format=" + string(v.format)}
	if p.into != "" {
		args = append(args, "--into="+p.into)
	}
	if p.replace {
		args = append(args, "--replace")
	}
	return append(append(args, "--"), v.names...)
}

// findPuller returns the path of the command that fetches, and has it built where
// there is none.
func (v *weightsVerb) findPuller(ctx context.Context) (string, error) {
	if path, err := beside(puller); err != nil || path != "" {
		return path, err
	}
	this := thisVersion()
	dir, err := workDir(puller + "@" + this.Release)
	if err != nil {
		return "", err
	}
	switch {
	case this.Checkout != "":
		return v.buildPuller(ctx, filepath.Join(this.Checkout, "cmd", puller), filepath.Join(dir, program(puller)))
	case this.Release == "devel":
		return "", fmt.Errorf("%s is not beside reactor-gen, which is no release that could be asked for it", puller)
	}
	return v.installReleased(ctx, puller, this.Release, dir)
}

// buildPuller builds the command of a checkout.
func (v *weightsVerb) buildPuller(ctx context.Context, source, out string) (string, error) {
	output, err := v.goBuild(ctx, source, []string{"build", "-v", "-buildvcs=false", "-o", out, "."})
	if err != nil {
		fmt.Fprint(v.stderr, output)
		return "", fmt.Errorf("building %s: %w", puller, err)
	}
	return out, nil
}
