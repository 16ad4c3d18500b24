//go:build unix

package main

import (
	"os/exec"
	"syscall"
	"time"
)

// ownGroup keeps the interrupts of a terminal, which go to a whole group of processes,
// from a command.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// givesUp has a go command that is cancelled end as at an interrupt from a terminal:
// with what it has started, and its temporary files removed.
func givesUp(cmd *exec.Cmd) {
	ownGroup(cmd)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
	cmd.WaitDelay = 5 * time.Second
}
