// Command golangci is golangci-lint with our plugin: its main and the import that
// "golangci-lint custom" adds to it. That command clones the sources of golangci-lint;
// this one has them from the module proxy. The test runs it over a broken project.
package main

import (
	"fmt"
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/reactorgen/reactor/analyzer/golangci"
)

func main() {
	if err := commands.Execute(commands.BuildInfo{Version: "2.15.0"}); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(exitcodes.Failure)
	}
}
