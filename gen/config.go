package gen

import (
	"bytes"
	"encoding/json"

	"github.com/dave/jennifer/jen"

	"github.com/reactorgen/reactor/scanner"
)

// factory is the field of the table for the configuration: the file that the directive
// names, and the form of the struct that it goes into. There is neither for a model
// without both.
func (g *program) factory() (fields []jen.Code) {
	var parts []jen.Code
	if g.project.Model.Config != "" {
		parts = append(parts, field("Path", jen.Lit(g.project.Model.Config)), field("Text", quoteLines(configText(g.project))))
	}
	if schema := configSchema(g.project); schema != "" {
		parts = append(parts, field("Schema", jen.Id("`"+schema+"`")))
	}
	if len(parts) == 0 {
		return nil
	}
	return []jen.Code{field("Config", jen.Qual(appPath, "FactoryConfig").Values(lines(parts...)...))}
}

// configSchema is the schema of the configuration as it stands in the main: with a line
// for each value, and without what a raw Go string or a terminal cannot have.
func configSchema(p *scanner.Project) string {
	var out bytes.Buffer
	if json.Indent(&out, []byte(printable(p.ConfigSchema)), "", "\t") != nil {
		return ""
	}
	return out.String()
}
