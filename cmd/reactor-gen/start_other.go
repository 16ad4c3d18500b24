//go:build !unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
)

// start runs the program in the folder dir to its end. An interrupt from the
// console reaches the program by itself; here it is left alone, so that the
// program ends first.
func start(program string, args []string, dir string) error {
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	err := cmd.Run()
	if ended, ok := errors.AsType[*exec.ExitError](err); ok {
		return programError{code: max(ended.ExitCode(), 1)}
	}
	if err != nil {
		return fmt.Errorf("starting %s: %w", program, err)
	}
	return nil
}
