package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// result is what one tool did with one broken project.
type result struct {
	notMeant string // why it was not asked
	passes   bool   // whether it should not fail

	output      string
	lines, exit int
	cause, cure bool // whether it names them
}

// try gives the case to every tool.
func (c *broken) try(ctx context.Context, all []tool, checkout string) error {
	c.results = make(map[string]*result)
	for _, t := range all {
		if why := c.settings["not meant "+t.name]; why != nil {
			c.results[t.name] = &result{notMeant: why[0]}
			continue
		}
		r, err := c.ask(ctx, &t, checkout)
		if err != nil {
			return fmt.Errorf("%s with %q: %w", t.name, c.title, err)
		}
		c.results[t.name] = r
	}
	return nil
}

// ask writes the tool's project into a folder and runs the tool there.
func (c *broken) ask(ctx context.Context, t *tool, checkout string) (*result, error) {
	dir, err := os.MkdirTemp("", "project")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	p := c.of(t.name)
	if p["go.sum"], err = sums(checkout, c.setting("without", t.name)); err != nil {
		return nil, err
	}
	causes, err := p.write(dir, checkout)
	if err != nil {
		return nil, err
	}
	r := &result{passes: c.settings["passes"] != nil}
	if r.output, r.exit, err = t.run(ctx, dir); err != nil {
		return nil, err
	}
	if c.files == nil && r.exit != 0 {
		return nil, fmt.Errorf("the healthy project fails:\n%s", r.output)
	}
	r.output = strings.ReplaceAll(r.output, checkout, "CHECKOUT")
	return r, r.judge(causes, c.setting("named", t.name), c.setting("reason", t.name), c.setting("cure", t.name))
}

// judge looks for the cause and the cure in the output.
func (r *result) judge(causes, named, reason, cure []string) error {
	for line := range strings.Lines(r.output) {
		if strings.TrimSpace(line) != "" {
			r.lines++
		}
	}
	patterns := named
	for _, at := range causes {
		patterns = append(patterns, `\b`+regexp.QuoteMeta(path.Base(at))+`\b`)
	}
	place, err := anyMatch(patterns, r.output)
	if err != nil {
		return err
	}
	why := reason == nil
	if !why {
		if why, err = anyMatch(reason, r.output); err != nil {
			return err
		}
	}
	r.cause = place && why
	r.cure, err = anyMatch(cure, r.output)
	return err
}

func anyMatch(patterns []string, text string) (bool, error) {
	for _, pattern := range patterns {
		if ok, err := regexp.MatchString(pattern, text); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}
