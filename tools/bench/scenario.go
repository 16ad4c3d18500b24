package main

import "slices"

// scenario is a situation in which tools are run.
type scenario struct {
	Name  string
	Title string
	Story string // what is done before each run, for the page

	// edit is made before each run, each time another; none: nothing changes.
	edit func(t *tree) (*edit, error)
	// forget says what is empty at the start of each run.
	forget memory
	// tools are the names of those that are run; nil are all that only check the
	// model or the project.
	tools []string
	// trees are the names of those that it is for; nil are all.
	trees []string
	// exit is the status of ours, 0 or 1.
	exit int
}

// memory is what tools remember from run to run.
type memory int

const (
	nothing    memory = iota
	folder            // what ours keeps of this folder, but not of its dependencies
	ownState          // all that ours keeps
	everything        // that, and the build cache
)

// The statement and the declarations that edits put into files.
const (
	statement   = "\t_ = %[1]d\n"
	declaration = "\n// Bench%[1]d is an edit.\nfunc Bench%[1]d() int { return %[1]d }\n"
	typeError   = "\nvar bench%[1]d int = \"%[1]d\"\n"
	syntaxError = "\nfunc bench%[1]d( {\n"
)

// modelLine is where the body of a function of the model begins.
const modelLine = "func (m *Plasma) label() string {"

// afterEdit are the tools that answer about the project after an edit.
var afterEdit = []string{ours, goList, goVet, goVetAll, loadOne, loadAll}

func scenarios() []scenario {
	return []scenario{
		{
			Name: "same", Title: "Nothing changed", Story: "The tools ran before, and nothing was touched since.",
		},
		{
			Name: "model", Title: "An edit in the model", Story: "A statement in a method of the model is another one before each run.",
			edit:  func(t *tree) (*edit, error) { return newEdit(t.at(t.modelFile()), modelLine, statement) },
			tools: afterEdit,
		},
		{
			Name: "body", Title: "An edit in the body of a function that the model's package imports",
			Story: "A statement is another one before each run; nothing changes for those who import the package.",
			edit:  func(t *tree) (*edit, error) { return newEdit(t.at(t.dep.file), t.dep.line, statement) },
			tools: afterEdit,
		},
		{
			Name: "api", Title: "An edit of what a package exports that the model's imports",
			Story: "The package exports another function before each run, so that what imports it is to be checked again.",
			edit:  func(t *tree) (*edit, error) { return newEdit(t.at(t.dep.file), "", declaration) },
			tools: afterEdit,
		},
		{
			Name: "other", Title: "An edit in a package that the model has nothing to do with",
			Story: "A statement is another one before each run.",
			edit:  func(t *tree) (*edit, error) { return newEdit(t.at(t.other.file), t.other.line, statement) },
			tools: afterEdit,
		},
		{
			Name: "syntax", Title: "A syntax error in the model", Story: "The model's file ends in the middle of a function, of another name before each run.",
			edit:  func(t *tree) (*edit, error) { return newEdit(t.at(t.modelFile()), "", syntaxError) },
			tools: afterEdit, exit: 1,
		},
		{
			Name: "type", Title: "A type error in the model", Story: "A variable's value is of the wrong type, and it has another name before each run. Ours warns: the model can be served all the same.",
			edit:  func(t *tree) (*edit, error) { return newEdit(t.at(t.modelFile()), "", typeError) },
			tools: afterEdit,
		},
		{
			Name: "clone", Title: "The first run in a new clone",
			Story:  "The project is in a folder where it never was, on a machine where ours ran before: it knows the dependencies, and nothing of the folder. The others do not mind; they are run in the old one.",
			forget: folder, tools: []string{ours, goDeps, loadOne},
		},
		{
			Name: "first", Title: "The first run of ours on a machine", Story: "What ours keeps is empty; the build cache, which the others live from, is not.",
			forget: ownState, tools: []string{ours, goDeps, goList, loadOne, loadAll, goVet},
		},
		{
			Name: "cold", Title: "The first run on a machine without a build cache", Story: "Only the module cache is full, as on a CI machine.",
			forget: everything, tools: []string{ours, goDeps, loadDeps, loadOne, goVetAll}, trees: []string{"small"},
		},
	}
}

// has reports whether a tool is run in the scenario on a tree.
func (s *scenario) has(t *tree, tool string) bool {
	if s.trees != nil && !slices.Contains(s.trees, t.Name) {
		return false
	}
	if s.tools == nil {
		return tool != loadDeps
	}
	// On this tree it takes long, and says nothing that the smaller ones do not.
	slow := t.Name == "k8s" && s.edit != nil && tool == loadAll
	return slices.Contains(s.tools, tool) && !slow
}

func scenarioNames() (names []string) {
	for _, s := range scenarios() {
		names = append(names, s.Name)
	}
	return names
}
