package main

import (
	"testing"
	"time"
)

func TestAccount(t *testing.T) {
	const printed = `scan of .: resolved, 2764.6 ms (nothing is known yet)
  child processes: 1; packages: 2 checked, 196 from source, 0 from the store
  files read: 1154; folders listed: 7; names looked up: 31
ok  plasma  model/model.go:12  1 command  weights: none
in all: 2765.3 ms
`
	want := account{"resolved", "nothing is known yet", 2765300 * time.Microsecond, 1, 2, 1154}
	if got, err := readAccount(printed); err != nil || *got != want {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := readAccount("ok  plasma\n"); err == nil {
		t.Error("an account of nothing")
	}
}
