//go:build unix

package main

import (
	"io"
	"os"
	"syscall"
	"testing"
	"time"
)

// fullPipe takes nothing more until it is read. Its end for writing has no deadlines, so
// that a write to it waits for as long as the test wants.
func fullPipe(t *testing.T) (read, write *os.File) {
	t.Helper()
	var ends [2]int
	if err := syscall.Pipe(ends[:]); err != nil {
		t.Fatal(err)
	}
	if err := syscall.SetNonblock(ends[1], true); err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{4096, 1} {
		var err error
		for err == nil {
			_, err = syscall.Write(ends[1], make([]byte, size))
		}
		if err != syscall.EAGAIN {
			t.Fatal(err)
		}
	}
	if err := syscall.SetNonblock(ends[1], false); err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(ends[0]), "read"), os.NewFile(uintptr(ends[1]), "write")
}

// TestNobodyWaitsForASlowProgram asks the front while the program takes no news.
func TestNobodyWaitsForASlowProgram(t *testing.T) {
	read, write := fullPipe(t)
	defer read.Close()
	f := &front{current: &process{input: write}}
	told, asked := make(chan struct{}), make(chan struct{})
	go func() { defer close(told); f.tell(news{Kind: "building"}); write.Close() }()
	go func() {
		defer close(asked)
		for kind := ""; kind != "building"; time.Sleep(time.Millisecond) {
			f.mu.Lock()
			kind = f.news.Kind
			f.mu.Unlock()
		}
	}()
	select {
	case <-asked:
	case <-time.After(10 * time.Second):
		t.Error("who asks the front waits for the program")
	}
	if _, err := io.Copy(io.Discard, read); err != nil {
		t.Error(err)
	}
	<-told
	<-asked
}
