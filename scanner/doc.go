// Package scanner reads a Go project and says what model it is.
//
//	walk ──► search ──► place ──► load ──► check and describe ──► Project
//	files    tokens     syntax    types         └──► diag.List
//
// A walk lists the files of the project, the part of a module below a folder,
// and what is left out of it. Directives are searched for among the tokens of
// comments, so that no mistake elsewhere in a file hides them, and then placed on
// the declarations that they decorate. The package of the one model is loaded,
// with types, in a single call of the go command, and described as a [Project]:
// plain values, without syntax or types.
//
// What is wrong with the project is a diagnostic, never an error, and each cause
// is told once: a file that cannot be parsed silences what its types would say,
// an import that cannot be resolved what follows from it. Function bodies, test
// files, other packages and the program around the model need not compile. A
// finding that is meant to be is ignored where the source says so, with a reason.
//
// A diagnostic carries the edits that cure it, built where the mistake is found
// (the files called fix_...). [Fix] applies them in memory and scans again with
// the outcome as an overlay, until nothing is left that makes the project better.
//
// The author's API is known by its import path and the names in it; the package
// does not import it. It writes no files, and runs nothing but the go command.
package scanner
