package codec

import (
	"log/slog"
	"time"
)

// errorLog writes errors that may come with every picture at most once a second,
// with how many there were.
type errorLog struct {
	log    *slog.Logger
	count  int
	logged time.Time
}

func (e *errorLog) report(err error) {
	e.count++
	now := time.Now()
	if now.Sub(e.logged) < time.Second {
		return
	}
	e.log.Error("picture not encoded", "error", err, "times", e.count)
	e.count, e.logged = 0, now
}
