// Package wire has the messages of wire version 1 as Go knows them. It is generated:
// reactor_wire.proto is what to read.
package wire

//go:generate protoc --go_out=. --go_opt=paths=source_relative reactor_wire.proto
