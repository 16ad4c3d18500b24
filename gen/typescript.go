package gen

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/reactorgen/reactor/scanner"
)

// TypeScript returns a client of a model in TypeScript: a class around a Reactor
// of @reactor-team/js-sdk, with one method a command and the types of all that is
// said. A parameter of another type does not compile; of the limits that a type
// cannot have, the comments tell. The text depends on the project alone, and is
// as Prettier would set it, but for lines with very long names and texts.
func TypeScript(p *scanner.Project) string {
	ts := newTypeScript(p)
	class := ts.names.free(upperFirst(p.Model.Type), never)
	messages := ts.messages(p.Model.Messages)
	methods := ts.methods(p.Model.Commands)
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n\nimport type { %s } from \"@reactor-team/js-sdk\";\n", Header, strings.Join(ts.imports(), ", "))
	for _, declaration := range ts.declarations {
		out.WriteString("\n" + declaration)
	}
	out.WriteString("\n" + messages + outcomeTypes + "\n")
	ts.comment(&out, "", fmt.Sprintf("The commands%s of the model %s.", andMessages(p), p.Model.Name),
		"", fmt.Sprintf("    const reactor = new Reactor({ modelName: %s, local: true });", quote(p.Model.Name)),
		fmt.Sprintf("    const model = new %s(reactor);", class), "    await reactor.connect();")
	fmt.Fprintf(&out, "export class %s {\n%s%s", class, classHead, methods)
	if messages != "" {
		out.WriteString(onMessage)
	}
	out.WriteString(onOutcome + "}\n")
	return out.String()
}

func andMessages(p *scanner.Project) string {
	if len(p.Model.Messages) > 0 {
		return " and messages"
	}
	return ""
}

// typeScript is a client in TypeScript in the making.
type typeScript struct {
	names        names             // of the module
	types        map[string]string // names of declared types by what they are
	declarations []string
	takesFiles   bool
}

// moduleNames are those that the client uses itself.
var moduleNames = []string{"Reactor", "FileRef", "Promise", "Messages", "Outcome", "UploadReference"}

// memberNames are the class's own, and those that JavaScript calls by itself.
var memberNames = []string{
	"constructor", "reactor", "onMessage", "onOutcome",
	"then", "toString", "toLocaleString", "toJSON", "valueOf",
}

func newTypeScript(*scanner.Project) *typeScript {
	ts := &typeScript{names: names{}, types: map[string]string{}}
	for _, name := range moduleNames {
		ts.names[name] = true
	}
	return ts
}

func never(string) bool { return false }

func (ts *typeScript) imports() []string {
	if ts.takesFiles {
		return []string{"FileRef", "Reactor"}
	}
	return []string{"Reactor"}
}

// messages declares the types of messages and returns the table of them.
func (ts *typeScript) messages(all []scanner.Message) string {
	if len(all) == 0 {
		return ""
	}
	var table strings.Builder
	ts.comment(&table, "", "What the model sends, by name.")
	table.WriteString("export interface Messages {\n")
	for _, m := range all {
		typ := ts.named(m.Data, true, m.Description)
		ts.comment(&table, "  ", m.Description)
		table.WriteString(property(m.Name, false, typ))
	}
	return table.String() + "}\n\n"
}

// methods returns a method for each command, and declares what they take.
func (ts *typeScript) methods(commands []scanner.Command) string {
	members := names{}
	var out strings.Builder
	for _, c := range commands {
		method := identifier(c.Name, "command")
		if slices.Contains(memberNames, method) {
			method += "Command"
		}
		method = members.free(method, never)
		out.WriteString("\n")
		ts.comment(&out, "  ", c.Description)
		ts.method(&out, method, c)
	}
	return out.String()
}

// method writes one method.
func (ts *typeScript) method(out *strings.Builder, method string, c scanner.Command) {
	params, value := "", "{}"
	if len(c.Params) > 0 {
		params, value = "params: "+ts.params(method, c), "params"
		if !needsParams(c) {
			params += " = {}"
		}
	}
	head := fmt.Sprintf("  %s(%s): Promise<void> {\n", method, params)
	if len(head)-1 > lineWidth && params != "" {
		head = fmt.Sprintf("  %s(\n    %s,\n  ): Promise<void> {\n", method, params)
	}
	call := fmt.Sprintf("    return this.reactor.sendCommand(%s, %s);\n", quote(c.Name), value)
	if len(call)-1 > lineWidth {
		call = fmt.Sprintf("    return this.reactor.sendCommand(\n      %s,\n      %s,\n    );\n", quote(c.Name), value)
	}
	out.WriteString(head + call + "  }\n")
}

func needsParams(c scanner.Command) bool {
	for _, p := range c.Params {
		if isRequired(p.Value) {
			return true
		}
	}
	return false
}

// params declares what a command takes and returns its name.
func (ts *typeScript) params(method string, c scanner.Command) string {
	var body strings.Builder
	for _, p := range c.Params {
		ts.document(&body, p.Value)
		typ := ""
		if p.Kind == scanner.KindFile {
			ts.takesFiles = true
			typ = orNull("FileRef", p.Optional)
		} else {
			typ = ts.typeOf(p.Value, false, method+upperFirst(identifier(p.Name, "param")))
		}
		body.WriteString(property(p.Name, !isRequired(p.Value), typ))
	}
	name := ts.names.free(upperFirst(method)+"Params", never)
	var out strings.Builder
	ts.comment(&out, "", "What "+method+" takes.")
	out.WriteString("export interface " + name + " {\n" + body.String() + "}\n")
	ts.declarations = append(ts.declarations, out.String())
	return name
}

// document writes the doc comment of a property.
func (ts *typeScript) document(out *strings.Builder, v scanner.Value) {
	text, lines := docOf(v)
	if v.Kind == scanner.KindDuration && len(limitsOf(v)) == 0 {
		text = strings.TrimSpace(text + " In seconds.")
	}
	for i, line := range lines {
		lines[i] = inComment(visible(line))
	}
	ts.comment(out, "  ", text, lines...)
}

// comment writes a doc comment of a text and of lines that are as they should be.
// None is written of nothing.
func (ts *typeScript) comment(out *strings.Builder, indent, text string, more ...string) {
	lines := append(wrap(inComment(text), docWidth), more...)
	switch {
	case len(lines) == 1 && len(indent)+len(lines[0])+len("/**  */") <= lineWidth:
		fmt.Fprintf(out, "%s/** %s */\n", indent, lines[0])
	case len(lines) > 0:
		fmt.Fprintf(out, "%s/**\n", indent)
		for _, line := range lines {
			fmt.Fprintln(out, strings.TrimRight(indent+" * "+line, " "))
		}
		fmt.Fprintf(out, "%s */\n", indent)
	}
}

// tag is what a reader of comments would take for one of its own.
var tag = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(^|\s)@`) })

// inComment returns a text that neither ends a comment nor has tags, such as
// @ts-ignore.
func inComment(text string) string {
	return tag().ReplaceAllString(strings.ReplaceAll(text, "*/", `*\/`), `$1\@`)
}

// The parts of a client that are the same for every model.
const (
	classHead = `  readonly reactor: Reactor;

  constructor(reactor: Reactor) {
    this.reactor = reactor;
  }
`

	onMessage = `
  /**
   * Calls handle for each message of the name that arrives from here on. The
   * function that it returns ends that.
   */
  onMessage<Name extends keyof Messages>(
    name: Name,
    handle: (data: Messages[Name]) => void,
  ): () => void {
    const listen = (
      message: { type?: string; data: Messages[Name] } | null,
    ) => {
      if (message?.type === name) handle(message.data);
    };
    this.reactor.on("message", listen);
    return () => this.reactor.off("message", listen);
  }
`

	outcomeTypes = `/** How a command ended. The runtime answers each command that it gets. */
export type Outcome =
  | {
      type: "commandApplied";
      data: {
        command: string;
        /** The first frame that was made after it. */
        frame: number;
      };
    }
  | {
      type: "commandRefused";
      data: {
        command: string;
        code: string;
        /** The parameter that is meant, if it is one. */
        param?: string;
        /** What is wrong, and what would be right. */
        message: string;
      };
    }
  | { type: "commandFailed"; data: { command: string; message: string } };
`

	onOutcome = `
  /**
   * Calls handle for each command that has been answered. The function that it
   * returns ends that.
   */
  onOutcome(handle: (outcome: Outcome) => void): () => void {
    const listen = (message: Outcome) => {
      switch (message.type) {
        case "commandApplied":
        case "commandRefused":
        case "commandFailed":
          handle(message);
      }
    };
    this.reactor.on("runtimeMessage", listen);
    return () => this.reactor.off("runtimeMessage", listen);
  }
`
)
