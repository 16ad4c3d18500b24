// Package golangci lets golangci-lint run package analyzer, by its module plugin
// system: a golangci-lint that is built with this package has a linter named
// reactor.
//
//	.custom-gcl.yml ──golangci-lint custom──► custom-gcl ──.golangci.yml──► findings
//
// It is a module of its own, so that nobody else's go.mod names what golangci-lint
// wants of a plugin.
package golangci

import (
	"fmt"
	"slices"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/reactorgen/reactor/analyzer"
	"github.com/reactorgen/reactor/diag"
)

// Name is that of the linter in .golangci.yml and in //nolint.
const Name = "reactor"

// A plugin has no other way to be found.
func init() { register.Plugin(Name, New) }

// Settings are what .golangci.yml may say below linters.settings.custom.reactor.settings.
type Settings struct {
	// Disable are codes, such as RG121, of which nothing is told. They must be
	// among those that //reactor:ignore may silence.
	Disable []diag.Code `json:"disable"`
}

// plugin is the linter as golangci-lint wants it.
type plugin struct{ settings Settings }

// New makes the linter with the settings of a .golangci.yml; nil is none. An
// unknown setting or code is an error, as is a code that cannot be ignored.
func New(conf any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[Settings](conf)
	if err != nil {
		return nil, fmt.Errorf("linter %s: %w; the one setting is disable, a list of codes", Name, err)
	}
	for _, code := range s.Disable {
		if err := canDisable(code); err != nil {
			return nil, fmt.Errorf("linter %s: settings: disable: %w", Name, err)
		}
	}
	return plugin{s}, nil
}

// canDisable is nil for a code that a project may do without.
func canDisable(code diag.Code) error {
	near := diag.NearCode(string(code))
	switch {
	case code.Ignorable():
		return nil
	case code.Title() != "":
		return fmt.Errorf("%s (%s) cannot be disabled: nothing works while it is there", code, code.Title())
	case near != "":
		return fmt.Errorf("there is no code %q; did you mean %s (%s)?", code, near, near.Title())
	}
	return fmt.Errorf("there is no code %q; reactor-gen explain lists the codes", code)
}

// GetLoadMode says that the checks take types.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// BuildAnalyzers returns the analyzer, without the findings that are disabled, and
// without places that take part in a finding: golangci-lint makes findings of them.
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	a := analyzer.New()
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		quiet := *pass
		quiet.Report = func(d analysis.Diagnostic) {
			if !slices.Contains(p.settings.Disable, diag.Code(d.Category)) {
				d.Related = nil
				pass.Report(d)
			}
		}
		return run(&quiet)
	}
	return []*analysis.Analyzer{a}, nil
}
