// Command reactor-vet checks one package at a time for the go command: with our
// analyzer, and with all that go vet checks by itself, in whose place a -vettool
// stands. The go command keeps what it says, and asks again when a package or
// what it imports has changed.
//
//	go get -tool github.com/reactorgen/reactor/cmd/reactor-vet
//	go vet -vettool=$(go tool -n reactor-vet) ./...
//
// What takes the whole project, that it has exactly one model among it, only
// reactor-gen check tells. It is a program of its own, as the checks of go vet
// are larger than reactor-gen's and would have to be loaded with each of its runs.
package main

import (
	"slices"

	"golang.org/x/tools/go/analysis/suite/vet"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/reactorgen/reactor/analyzer"
)

func main() { unitchecker.Main(append(slices.Clone(vet.Suite), analyzer.New())...) }
