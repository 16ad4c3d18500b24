package app

import (
	"errors"
	"log/slog"
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

// frameCount is a number of frames, 1 or more; 0 where it is not set.
type frameCount uint64

func (c *frameCount) Set(text string) error {
	n, err := strconv.ParseUint(text, 10, 32)
	if err == nil && n == 0 {
		err = errors.New("too few")
	}
	*c = frameCount(n)
	return err
}

func (c *frameCount) String() string {
	if *c == 0 {
		return ""
	}
	return strconv.FormatUint(uint64(*c), 10)
}

func (c *frameCount) Type() string { return "number" }

// logFormat is how log lines are written.
type logFormat string

func (l *logFormat) Set(text string) error {
	*l = logFormat(text)
	if text != "text" && text != "json" {
		return errors.New("unknown")
	}
	return nil
}

func (l *logFormat) String() string { return string(*l) }

func (l *logFormat) Type() string { return "name" }

// logLevel is what a log line must be worth to be written.
type logLevel slog.Level

func (l *logLevel) Set(text string) error {
	if strings.ContainsAny(text, "+-") {
		return errors.New("unknown") // slog has levels between the names
	}
	return (*slog.Level)(l).UnmarshalText([]byte(text))
}

func (l *logLevel) String() string { return strings.ToLower(slog.Level(*l).String()) }

func (l *logLevel) Type() string { return "name" }
