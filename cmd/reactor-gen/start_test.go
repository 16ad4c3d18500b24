package main

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestStartMakesLittle counts what our packages make before main begins, which every
// run waits for: a regular expression alone is hundreds of allocations.
func TestStartMakesLittle(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	most := map[string]int{"scanner": 200, "diag": 100, "gen": 100, "templates": 100, "cmd/reactor-gen": 100}
	line := regexp.MustCompile(`(?m)^init ` + regexp.QuoteMeta(modulePath) + `/(\S+) .* (\d+) allocs$`)
	seen := 0
	for _, m := range line.FindAllStringSubmatch(strings.ReplaceAll(string(out), "\r\n", "\n"), -1) {
		allocs, err := strconv.Atoi(m[2])
		if err != nil {
			t.Fatal(err)
		}
		if limit, ours := most[m[1]]; ours && allocs > limit {
			t.Errorf("%s makes %d things at the start, more than %d", m[1], allocs, limit)
		}
		seen++
	}
	if seen == 0 {
		t.Errorf("there is no trace of our packages:\n%s", out)
	}
}
