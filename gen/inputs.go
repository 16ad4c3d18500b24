package gen

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/reactorgen/reactor/scanner"
)

// inputs are what the generated main depends on. Where the directive stands and
// how the author's code is laid out are not among them.
type inputs struct {
	Format       int
	Name         string
	Type         string
	Package      scanner.Package
	Config       string
	ConfigText   string
	Weights      []string
	Metadata     []scanner.Field
	Constructor  *scanner.Constructor
	Commands     []scanner.Command
	Capabilities string
}

// inputsHash names the inputs of a project's main in hexadecimal digits.
func inputsHash(p *scanner.Project, capabilities string) string {
	m := p.Model
	text, err := json.Marshal(inputs{
		Format:       outputFormat,
		Name:         m.Name,
		Type:         m.Type,
		Package:      m.Package,
		Config:       m.Config,
		ConfigText:   configText(p),
		Weights:      m.Weights,
		Metadata:     m.Metadata,
		Constructor:  m.Constructor,
		Commands:     m.Commands,
		Capabilities: capabilities,
	})
	if err != nil {
		return "" // plain values always encode
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
