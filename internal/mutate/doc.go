// Package mutate breaks healthy projects at random and holds the scanner to
// what it promises about broken ones.
//
//	examples, scaffold, real modules ──break──► folder ──scanner.Scan──► verdict
//	                                     └────────── oracle ──────────────┘
//
// The test never asks for a certain message. Whatever was broken, there must be
// no panic, a broken model must not pass, a healthy one must, a directive that
// is in the tree must be spoken of, and one mistake should be one error. Whether
// a breakage breaks the model is known by its kind or judged by package go/types
// apart from the scanner. The same seed makes the same breakages:
//
//	go test ./internal/mutate -v -mutations 2000 -seed 7 -timeout 1h
//
// It consists of tests only.
package mutate
