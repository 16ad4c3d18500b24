//go:build unix

package main

import (
	"fmt"
	"os"
	"syscall"
)

// start becomes the program, in the folder dir: signals, standard streams and
// the exit status are its own. It returns only when that is not possible.
func start(program string, args []string, dir string) error {
	if err := os.Chdir(dir); err != nil {
		return err
	}
	err := syscall.Exec(program, append([]string{program}, args...), os.Environ())
	return fmt.Errorf("starting %s: %w", program, err)
}
