module github.com/reactorgen/reactor/tools/lspbench

go 1.26.0
