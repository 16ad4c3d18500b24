package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// account is what ours tells of one run of its own, when it is asked to.
type account struct {
	Level    string        // how the scan was done
	Why      string        // what stood in the way of a faster one
	Inside   time.Duration // from the beginning of main to its end
	Children int           // processes that it started
	Checked  int           // packages that were type-checked, bodies and all
	Read     int           // files
}

var accountForms = struct{ scan, children, read, all *regexp.Regexp }{
	regexp.MustCompile(`(?m)^scan of .*: (\w+), [0-9.]+ ms(?: \((.*)\))?$`),
	regexp.MustCompile(`child processes: (\d+); packages: (\d+) checked`),
	regexp.MustCompile(`files read: (\d+)`),
	regexp.MustCompile(`(?m)^in all: ([0-9.]+) ms$`),
}

// readAccount finds the account in what `check --timings` printed.
func readAccount(printed string) (*account, error) {
	forms := accountForms
	scan, children := forms.scan.FindStringSubmatch(printed), forms.children.FindStringSubmatch(printed)
	read, all := forms.read.FindStringSubmatch(printed), forms.all.FindStringSubmatch(printed)
	if scan == nil || children == nil || read == nil || all == nil {
		return nil, fmt.Errorf("no account in %q", strings.TrimSpace(printed))
	}
	number := func(digits string) int { n, _ := strconv.Atoi(digits); return n }
	inside, err := time.ParseDuration(all[1] + "ms")
	return &account{
		Level: scan[1], Why: scan[2], Inside: inside,
		Children: number(children[1]), Checked: number(children[2]), Read: number(read[1]),
	}, err
}
