// Package load loads the packages of a Go module with their types, as package
// packages does and with the same outcome, in as little time as what has changed
// allows.
//
//	graph  ──► from the state, while the heads of all files hold, or
//	           from one call of the go command (go list -e -deps)
//	types  ──► from the store, by a key of all that they depend on, or
//	           from source, in parallel; function bodies only in the module's own code
//	        └► anything not understood: packages.Load, the reference
//
// A package of the module cache or of Go itself never changes and is known by its
// version; every other one by the content of its files and by the digests of the
// exported interfaces of what it imports. A change that leaves the digest of a
// package alone stops there.
//
// The package knows nothing of directives. It runs nothing but the go command, and
// compiles nothing unless the reference has to.
package load
