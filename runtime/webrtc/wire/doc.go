// Package wire has the messages of wire version 1 as Go knows them. It is generated
// from reactor_wire.proto, which is what to read, by protoc and its plugin for Go,
// which go generate should not need:
//
//	protoc --go_out=. --go_opt=paths=source_relative reactor_wire.proto
package wire
