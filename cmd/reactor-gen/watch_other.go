//go:build !unix

package main

import "os/exec"

// ownGroup and givesUp are for process groups, which there are none of here: an
// interrupt from the console reaches all, and a go command that is cancelled is ended.
func ownGroup(*exec.Cmd) {}
func givesUp(*exec.Cmd)  {}
