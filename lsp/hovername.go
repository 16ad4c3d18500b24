package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/scanner"
	"github.com/reactorgen/reactor/weights"
)

// mention says what a name is the name of.
func (p *hoverPage) mention(m *mention, k known) {
	switch e := m.entity; e.kind {
	case modelName:
		p.model(k.Project)
	case configPath:
		p.prose("The factory configuration: it travels in the program, and -c takes another file in its place.")
	case configKey:
		if s, err := config.ParseSchema([]byte(k.ConfigSchema)); err == nil {
			p.field(m.path, s)
		}
	case weightsName:
		p.weights(e.name, k.Dir)
	case commandName:
		p.command(k.Project, e.name)
	case paramName:
		p.param(k.Project, e)
	case messageName:
		p.message(k.Project, e.name)
	case trackName:
		p.track(k.Project, e.name)
	}
}

// model says in short what a model is.
func (p *hoverPage) model(project *scanner.Project) {
	m := project.Model
	p.code("go", "type "+m.Package.Name+"."+m.Type)
	items := [][2]string{{"name", m.Name + ": what clients connect to"}}
	for _, f := range m.Metadata {
		items = append(items, [2]string{f.Key, f.Value})
	}
	if m.Config != "" {
		items = append(items, [2]string{"config", m.Config})
	}
	if len(m.Weights) > 0 {
		items = append(items, [2]string{"weights", strings.Join(m.Weights, ", ")})
	}
	for _, c := range m.Commands {
		items = append(items, [2]string{"command " + c.Name, signature(c)})
	}
	for _, t := range m.Messages {
		items = append(items, [2]string{"message " + t.Name, t.Type.Name})
	}
	p.list(items)
}

// weights says where the folder of weights is.
func (p *hoverPage) weights(name, dir string) {
	if folder, from, ok := weightsFolder(name, dir); ok {
		p.prose(fmt.Sprintf("Weights %s: %s (%s)", name, folder, from))
	} else {
		p.prose(fmt.Sprintf("Weights %s: no folder of that name is here yet. \"reactor-gen weights\" says where it is looked for.", name))
	}
	text, err := os.ReadFile(filepath.Join(dir, weights.LockName))
	if err != nil {
		return
	}
	if lock, err := weights.ParseLock(weights.LockName, text); err == nil {
		if w, err := lock.Find(name); err == nil {
			p.prose(fmt.Sprintf("Locked: %d files, %d bytes.", len(w.Files), w.Size()))
		}
	}
}

// weightsFolder is the folder of some weights, as a program that is started in a
// project's folder finds it, and for whom it is there.
func weightsFolder(name, dir string) (folder, from string, ok bool) {
	if !scanner.IsWeightsName(name) {
		return "", "", false
	}
	places := weights.Places("", os.Getenv)
	for i := range places {
		if !filepath.IsAbs(places[i].Dir) {
			places[i].Dir = filepath.Join(dir, places[i].Dir)
		}
	}
	folder, place, ok := weights.Find(places, name)
	return folder, place.From, ok
}

// command says what a command takes and gives.
func (p *hoverPage) command(project *scanner.Project, name string) {
	i := slices.IndexFunc(project.Model.Commands, func(c scanner.Command) bool { return c.Name == name })
	if i < 0 {
		return
	}
	c := project.Model.Commands[i]
	p.code("go", signature(c))
	p.prose(c.Description)
	if c.Async {
		p.prose("It runs at once, on a goroutine of its own.")
	}
	var items [][2]string
	for _, one := range c.Params {
		items = append(items, [2]string{one.Name, valueText(one.Value)})
	}
	if c.Returns != nil {
		items = append(items, [2]string{"returns", valueText(*c.Returns)})
	}
	p.list(items)
}

// param says what a parameter takes.
func (p *hoverPage) param(project *scanner.Project, e *entity) {
	for _, c := range project.Model.Commands {
		for _, one := range c.Params {
			if c.Name == e.of.name && one.Name == e.name {
				p.code("", one.Name+" of "+c.Name)
				p.prose(valueText(one.Value))
			}
		}
	}
}

// message says what a message holds.
func (p *hoverPage) message(project *scanner.Project, name string) {
	for _, m := range project.Model.Messages {
		if m.Name == name {
			p.code("go", "type "+m.Type.Package.Name+"."+m.Type.Name)
			p.prose(m.Description)
			p.list(memberTexts(m.Data))
		}
	}
}

// track says what a track carries.
func (p *hoverPage) track(project *scanner.Project, name string) {
	for _, t := range project.Model.Tracks {
		if t.Name == name {
			p.prose(fmt.Sprintf("A track of %s, %s.", t.Kind, map[string]string{"in": "from clients to the model", "out": "from the model to clients"}[t.Direction]))
			p.prose(t.Description)
		}
	}
}

// signature is a command as its method is declared, but for what clients do not see.
func signature(c scanner.Command) string {
	var params []string
	for _, p := range c.Params {
		params = append(params, p.Name+" "+typeText(p.Value))
	}
	text := c.Method + "(" + strings.Join(params, ", ") + ")"
	switch {
	case c.Returns != nil && c.ReturnsError:
		return text + " (" + typeText(*c.Returns) + ", error)"
	case c.Returns != nil:
		return text + " " + typeText(*c.Returns)
	case c.ReturnsError:
		return text + " error"
	}
	return text
}
