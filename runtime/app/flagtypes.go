package app

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// seconds is a duration that may also be written as a plain number of seconds.
type seconds time.Duration

func (s *seconds) Set(text string) error {
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		text = strconv.FormatFloat(n, 'f', -1, 64) + "s"
	}
	d, err := time.ParseDuration(text)
	*s = seconds(max(d, 0))
	return err
}

func (s *seconds) String() string { return time.Duration(*s).String() }

func (s *seconds) Type() string { return "duration" }

// size is a number of bytes that may be written with a unit, also a decimal one.
type size int64

// maxSize is more than any file has that is sent at once.
const maxSize = 1 << 50

// units are what a size may end in, by length, so that none is taken for another.
var units = []struct {
	name  string
	bytes size
}{
	{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1},
}

func (s *size) Set(text string) error {
	one := size(1)
	for _, u := range units {
		if number, ok := strings.CutSuffix(text, u.name); ok {
			text, one = strings.TrimSpace(number), u.bytes
			break
		}
	}
	n, err := strconv.ParseUint(text, 10, 63)
	if err == nil && n > uint64(maxSize/one) {
		err = errors.New("too large")
	}
	*s = size(n) * one
	return err
}

// String is the size in the largest unit that it is a whole number of.
func (s *size) String() string {
	for _, u := range []int{2, 1, 0} {
		if unit := units[u]; *s > 0 && *s%unit.bytes == 0 {
			return strconv.FormatInt(int64(*s/unit.bytes), 10) + unit.name
		}
	}
	return strconv.FormatInt(int64(*s), 10)
}

func (s *size) Type() string { return "size" }
