package app

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"
)

// newLog returns the program's log: for each thing that happened a line of text, with
// the stack of a panic below, or of JSON. The keys are time, level, msg, model, and
// where it is about one, session.
func newLog(w io.Writer, f flags) *slog.Logger {
	o := &slog.HandlerOptions{Level: slog.Level(f.logLevel)}
	if f.logFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(stackHandler{slog.NewTextHandler(w, o), w, new(sync.Mutex)})
}

// stackHandler writes the attribute "stack" as Go prints a stack, for a person to
// read: as a value it would be one line of some thousand characters.
type stackHandler struct {
	slog.Handler
	w  io.Writer
	mu *sync.Mutex // keeps a line and its stack together
}

// Handle implements slog.Handler.
func (h stackHandler) Handle(ctx context.Context, r slog.Record) error {
	line := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	var stack string
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "stack" {
			stack = a.Value.String()
		} else {
			line.AddAttrs(a)
		}
		return true
	})
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.Handler.Handle(ctx, line); err != nil || stack == "" {
		return err
	}
	_, err := io.WriteString(h.w, "    "+strings.ReplaceAll(strings.TrimSpace(stack), "\n", "\n    ")+"\n")
	return err
}

// WithAttrs implements slog.Handler.
func (h stackHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	h.Handler = h.Handler.WithAttrs(attrs)
	return h
}

// WithGroup implements slog.Handler.
func (h stackHandler) WithGroup(name string) slog.Handler {
	h.Handler = h.Handler.WithGroup(name)
	return h
}
