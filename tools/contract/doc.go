// Package contract holds a served model to its description: docs/openapi.yaml,
// read by a validator that is not ours. It starts a real program, does what
// clients do and what they should not do, and has every answer validated; each
// operation of the description has to be asked for.
//
//	go -C tools/contract test .
package contract
