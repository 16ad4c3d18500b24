package app

import (
	"errors"
	"log/slog"
	"strings"
)

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
