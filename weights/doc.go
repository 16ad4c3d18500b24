// Package weights keeps the folders of data that a model needs: which files they
// consist of, where they are, and how they get there.
//
//	folder ──Hash──► Weights ──► Lock ◄──► weights.lock, in the project
//	                                │
//	Store ──Puller──► .NAME.pull ──rename──► NAME      (all of a folder, or nothing)
//	                                │
//	Places ──Find──► folder ──Check──► Differences
//
// Weights are one folder, whose name a model's directive declares. A [Lock] says
// of which files it consists, with the size and the SHA-256 of each, and a
// [Puller] fetches exactly these: a store is asked for the files that are locked
// and never what it has. Until all of them are as locked, a folder is not
// visible under its name.
//
// The package knows no store: that is an interface, so that a program which only
// looks for folders links no network. It prints nothing and reads neither flags
// nor the environment.
package weights
