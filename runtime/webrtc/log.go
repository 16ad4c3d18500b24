package webrtc

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/pion/logging"
)

// pionLog gives pion's words to our logger. All of it is debugging: what matters
// to the person who runs the program, this package says itself.
type pionLog struct{ *slog.Logger }

var (
	_ logging.LoggerFactory = pionLog{}
	_ logging.LeveledLogger = pionLog{}
)

// NewLogger implements logging.LoggerFactory.
func (l pionLog) NewLogger(scope string) logging.LeveledLogger {
	return pionLog{l.With("pion", scope)}
}

func (l pionLog) printf(format string, args ...any) {
	if l.Enabled(context.Background(), slog.LevelDebug) {
		l.Logger.Debug(fmt.Sprintf(format, args...))
	}
}

// Trace and Tracef are silent: they tell of every packet.
func (pionLog) Trace(string)          {}
func (pionLog) Tracef(string, ...any) {}

func (l pionLog) Debug(msg string)                  { l.Logger.Debug(msg) }
func (l pionLog) Debugf(format string, args ...any) { l.printf(format, args...) }
func (l pionLog) Info(msg string)                   { l.Logger.Debug(msg) }
func (l pionLog) Infof(format string, args ...any)  { l.printf(format, args...) }
func (l pionLog) Warn(msg string)                   { l.Logger.Debug(msg) }
func (l pionLog) Warnf(format string, args ...any)  { l.printf(format, args...) }
func (l pionLog) Error(msg string)                  { l.Logger.Debug(msg) }
func (l pionLog) Errorf(format string, args ...any) { l.printf(format, args...) }
