package scanner

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// ScanPlatforms scans a project once for each platform, such as "linux/amd64",
// and makes one result of it: what is found on several platforms is told once,
// and what is found on some alone names them. A model that is not the same on all
// of them is a finding. The Project is that of the first platform.
func ScanPlatforms(ctx context.Context, options Options, platforms []string) (*Result, error) {
	m := &matrix{platforms: platforms}
	for _, platform := range platforms {
		result, err := Scan(ctx, options.on(platform))
		if err != nil {
			return nil, fmt.Errorf("for %s: %w", platform, err)
		}
		m.results = append(m.results, result)
	}
	return m.merge(), nil
}

// on are the options of a scan for another platform. As the go command does, it
// does without cgo there unless CGO_ENABLED is set.
func (o Options) on(platform string) Options {
	goos, goarch, _ := strings.Cut(platform, "/")
	if o.Env == nil {
		o.Env = os.Environ()
	}
	o.Env = append(slices.Clip(o.Env), "GOOS="+goos, "GOARCH="+goarch)
	return o
}

// matrix are the results of one project on several platforms.
type matrix struct {
	platforms []string
	results   []*Result
}

// sighting is a diagnostic and where it holds.
type sighting struct {
	diag.Diagnostic
	platforms []string
}

func (m *matrix) merge() *Result {
	merged := &Result{Diagnostics: new(diag.List), Sources: new(diag.Sources), Project: m.results[0].Project, Tags: m.results[0].Tags}
	for _, r := range m.results {
		merged.Sources.AddUnder(".", r.Sources)
	}
	for _, s := range m.sightings() {
		if len(s.platforms) < len(m.platforms) {
			s.OnlyOn(s.platforms, len(m.platforms))
		}
		merged.Diagnostics.Add(s.Diagnostic)
	}
	if d, ok := m.otherModels(); ok {
		merged.Diagnostics.Add(d)
	}
	if merged.Diagnostics.HasErrors() {
		merged.Project = nil
	}
	merged.entries = m.ledger()
	return merged
}

// sightings are the diagnostics of all platforms, each once: the worst form of it
// that there is.
func (m *matrix) sightings() (all []*sighting) {
	type place struct {
		code    diag.Code
		at      diag.Range
		summary string
	}
	known := make(map[place]*sighting)
	for i, r := range m.results {
		for _, d := range r.Diagnostics.Causes() {
			key := place{d.Code, d.Range, d.Summary}
			s := known[key]
			if s == nil {
				s = &sighting{Diagnostic: d}
				known[key] = s
				all = append(all, s)
			} else if d.Severity < s.Severity || d.Severity == s.Severity && len(d.Consequences) > len(s.Consequences) {
				s.Diagnostic = d
			}
			s.platforms = append(s.platforms, m.platforms[i])
		}
	}
	return all
}

// otherModels compares the models of the platforms that have one.
func (m *matrix) otherModels() (d diag.Diagnostic, ok bool) {
	var models []diag.PlatformModel
	var projects []*Project
	what := ""
	for i, r := range m.results {
		if r.Project == nil {
			continue
		}
		same := slices.IndexFunc(projects, func(p *Project) bool { return difference(p, r.Project) == "" })
		if same < 0 {
			same = len(projects)
			projects = append(projects, r.Project)
			model := r.Project.Model
			models = append(models, diag.PlatformModel{At: model.Range, Type: model.Type, Name: model.Name})
		}
		models[same].Platforms = append(models[same].Platforms, m.platforms[i])
	}
	if len(models) < 2 {
		return d, false
	}
	what = difference(projects[0], projects[1])
	return diag.OtherModels(models, what), true
}

// difference names the first part in which the models of two projects differ, or
// returns "". Where a model stands is no part of it.
func difference(p, q *Project) string {
	a, b := p.Model, q.Model
	for _, part := range []struct {
		name string
		a, b any
	}{
		{"model", []any{a.Name, a.Type, a.Package}, []any{b.Name, b.Type, b.Package}},
		{"configuration", []string{a.Config, p.ConfigText}, []string{b.Config, q.ConfigText}},
		{"weights", a.Weights, b.Weights},
		{"metadata", a.Metadata, b.Metadata},
		{"constructor parameters", a.Constructor, b.Constructor},
		{"commands", a.Commands, b.Commands},
	} {
		if text(part.a) != text(part.b) {
			return part.name
		}
	}
	return ""
}

// text is a value of a Project as text to compare.
func text(value any) string {
	out, _ := json.Marshal(value) // plain values can be written
	return string(out)
}

// ledger says of each line what became of it on all platforms, or on each where
// that differs.
func (m *matrix) ledger() (entries []Entry) {
	for _, e := range m.results[0].Ledger() {
		all, same := []Entry{e}, true
		for _, r := range m.results[1:] {
			other := e // the walk is the same on all platforms
			if i := slices.IndexFunc(r.Ledger(), func(o Entry) bool { return o.Range == e.Range }); i >= 0 {
				other = r.Ledger()[i]
			}
			all = append(all, other)
			same = same && other.Verdict == e.Verdict
		}
		if !same {
			e = m.mixed(all)
		}
		entries = append(entries, e)
	}
	return entries
}

// mixed makes one entry of those of a line that differ: what is reported
// anywhere is reported, what is honoured anywhere counts.
func (m *matrix) mixed(all []Entry) Entry {
	var reasons []string
	e := all[0]
	for i, other := range all {
		reasons = append(reasons, fmt.Sprintf("on %s: %s, %s", m.platforms[i], other.Verdict, other.Reason))
		if other.Verdict == Reported && e.Verdict != Reported || other.Verdict == Honoured && e.Verdict == LeftOut {
			e = other
		}
	}
	e.Reason = strings.Join(reasons, "; ")
	return e
}
