module example.com/plasma

go 1.26.0

require github.com/reactorgen/reactor v0.0.0

replace github.com/reactorgen/reactor => ../../..
