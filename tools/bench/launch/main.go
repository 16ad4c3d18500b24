//go:build unix

// Launch runs one command and tells what it took:
//
//	launch OUTPUT COMMAND ARGUMENT...
//
// The command's output goes to a file; a line of JSON on standard output has the
// figures. It is a program of its own because a process starts with the peak
// memory of its parent: below a large one, a small one cannot be measured.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// figures are what one run took, with the children that the command waited for.
type figures struct {
	Wall int64 // nanoseconds
	CPU  int64 // nanoseconds, user and system
	RSS  int64 // bytes, of the largest process
	Exit int   // -1 when a signal ended it
}

func main() {
	taken, err := launch(os.Args[1], os.Args[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "launch:", err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(taken)
}

func launch(output string, command []string) (*figures, error) {
	file, err := os.Create(output)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr = file, file
	begin := time.Now()
	err = cmd.Run()
	wall := time.Since(begin)
	if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
		return nil, err
	}
	state := cmd.ProcessState
	return &figures{
		Wall: wall.Nanoseconds(),
		CPU:  (state.UserTime() + state.SystemTime()).Nanoseconds(),
		RSS:  peak(state.SysUsage().(*syscall.Rusage)),
		Exit: state.ExitCode(),
	}, nil
}

// peak is in bytes; most systems count in KiB.
func peak(usage *syscall.Rusage) int64 {
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
