// The plugin for golangci-lint. A module of its own keeps what plugins need out of
// every project that uses ours.
module github.com/reactorgen/reactor/analyzer/golangci

go 1.26.0

require (
	github.com/golangci/plugin-module-register v0.1.2
	github.com/reactorgen/reactor v0.0.0
	golang.org/x/tools v0.52.0
)

require (
	github.com/rivo/uniseg v0.4.7 // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)

replace github.com/reactorgen/reactor => ../..
