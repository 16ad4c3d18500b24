package diag

import "fmt"

// The functions here name fixes: what a fix does, and whether it may be done
// unasked.

// safely is a fix that may be done unasked.
func safely(edits []Edit, format string, args ...any) Fix {
	return Fix{Title: fmt.Sprintf(format, args...), Safe: true, Edits: edits}
}

// onRequest is a fix that is for a person to choose.
func onRequest(edits []Edit, format string, args ...any) Fix {
	return Fix{Title: fmt.Sprintf(format, args...), Edits: edits}
}

// RemoveSpace makes a directive of a comment.
func RemoveSpace(edits []Edit) Fix { return safely(edits, "remove the space after //") }

// MakeLineComment makes a directive of a /* comment.
func MakeLineComment(edits []Edit) Fix { return safely(edits, "make it a // comment") }

// Write puts a text where another was meant to be it.
func Write(text string, edits []Edit) Fix { return safely(edits, "write %s", text) }

// WriteGuess puts a text in the place of another, as a guess.
func WriteGuess(text string, edits []Edit) Fix { return onRequest(edits, "write %s", text) }

// MoveToEnd adds to a fix that it moves the directive within its comment.
func (f Fix) MoveToEnd() Fix {
	f.Title += " and move it to the end of the comment"
	return f
}

// DeleteBlankLine joins a directive and its declaration.
func DeleteBlankLine(edits []Edit) Fix { return safely(edits, "delete the blank line") }

// Attach moves a directive that stands above its declaration into that one's
// comment.
func Attach(to string, edits []Edit) Fix { return safely(edits, "move the directive down to %s", to) }

// Move moves a directive to another declaration.
func Move(to string, edits []Edit) Fix { return onRequest(edits, "move the directive to %s", to) }

// Decorate adds a directive, whose name is guessed.
func Decorate(directive, to string, edits []Edit) Fix {
	return onRequest(edits, "add %s to %s", directive, to)
}

// Drop deletes what has no meaning, or has it twice.
func Drop(what string, edits []Edit) Fix { return safely(edits, "drop %s", what) }

// DropMeant deletes what was meant as something.
func DropMeant(what string, edits []Edit) Fix { return onRequest(edits, "drop %s", what) }

// RenameModel writes another name of the model; alone tells that nothing refers
// to the old one, and that nothing has the new one.
func RenameModel(name string, alone bool, edits []Edit) Fix {
	fix := Write("name="+name, edits)
	fix.Safe = alone
	return fix
}

// MoveToConfig moves a value into the configuration.
func MoveToConfig(key, value, config string, edits []Edit) Fix {
	return safely(edits, `move "%s: %s" to %s`, key, value, config)
}

// MoveToDirective moves a key of the configuration into the directive.
func MoveToDirective(argument string, edits []Edit) Fix {
	return onRequest(edits, "move %s into the directive", argument)
}

// AddKey adds a line to the configuration.
func AddKey(line, config string, edits []Edit) Fix {
	return onRequest(edits, `add "%s" to %s`, line, config)
}

// MakeConfig moves a value into a configuration that the directive does not name
// yet.
func MakeConfig(key, value, config string, edits []Edit) Fix {
	return onRequest(edits, `move "%s: %s" to a new %s`, key, value, config)
}

// KeepConfigs drops a value from the directive for that in the configuration.
func KeepConfigs(key, config string, same bool, edits []Edit) Fix {
	fix := onRequest(edits, "drop it: %s has %s too", config, key)
	fix.Safe = same
	return fix
}

// UseConfig names another configuration file; sure tells that it is the only one
// that can be meant.
func UseConfig(path string, sure bool, edits []Edit) Fix {
	fix := WriteGuess("config="+path, edits)
	fix.Safe = sure
	return fix
}

// KeepModel drops all model directives but one.
func KeepModel(typ string, edits []Edit) Fix {
	return onRequest(edits, "keep that of %s, drop the others", typ)
}

// Rename gives something of the author's another name wherever its package uses
// it.
func Rename(name string, edits []Edit) Fix { return onRequest(edits, "rename it to %s", name) }

// AddMethod adds a method that does next to nothing.
func AddMethod(method string, edits []Edit) Fix {
	return onRequest(edits, "add %s, showing black", method)
}

// ChangeSignature gives a method the parameters and results that are wanted.
func ChangeSignature(want string, edits []Edit) Fix {
	return onRequest(edits, "change it to %s", want)
}

// ReturnPointer makes a constructor return a pointer.
func ReturnPointer(typ string, edits []Edit) Fix { return onRequest(edits, "return *%s", typ) }

// TakeType gives a parameter another type.
func TakeType(typ string, edits []Edit) Fix { return onRequest(edits, "take %s", typ) }

// MoveToFront makes the context of a method its first parameter.
func MoveToFront(edits []Edit) Fix { return onRequest(edits, "move it to the front") }

// Swap exchanges two values.
func Swap(key, other string, edits []Edit) Fix { return onRequest(edits, "swap %s and %s", other, key) }

// CloseIt writes the end of what is open.
func CloseIt(with string, edits []Edit) Fix { return onRequest(edits, "write %s at the end", with) }

// NoLongerParses says why a fix was refused: a file is broken with it.
func NoLongerParses(file string) string { return file + " could not be parsed with it" }

// NoLongerSeen says that there is no model any more that could be looked at.
func NoLongerSeen() string { return "the model could not be checked any more with it" }

// NotCured says that the finding is still there.
func NotCured(code Code) string { return "it would leave the same " + string(code) }

// MoreErrors says that there are more than before.
func MoreErrors(before, after int) string {
	return fmt.Sprintf("it would leave %s instead of %d", Count(after, "error"), before)
}

// FixLine is a fix of a diagnostic in a line.
func FixLine(d Diagnostic, f Fix) string {
	return fmt.Sprintf("%s%s [%s]", place(d.Range), disarm(f.Title), d.Code)
}
