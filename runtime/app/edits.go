package app

import (
	"bufio"
	"context"
	"io"
	"log/slog"
)

// editsVariable is set by "reactor-gen run --watch", which then writes on the standard
// input what becomes of edits, a line each. When that ends, so does the program:
// whoever started it has gone, or has put another one in its place.
const editsVariable = "REACTOR_GEN_EDITS"

// maxNews is how long a line of news may be, in bytes.
const maxNews = 1 << 20

// follow hands on what is told about edits, where somebody tells it, and returns a
// context that is done when that ends.
func (s *service) follow(ctx context.Context, env environment, in io.Reader) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if env.get(editsVariable) == "" {
		return ctx, cancel
	}
	tell := s.http.FollowEdits().Tell
	go func() { // until in ends, or the process
		defer cancel()
		readNews(in, tell, s.log)
	}()
	return ctx, cancel
}

// readNews reads to the end of in.
func readNews(in io.Reader, tell func([]byte) error, log *slog.Logger) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxNews)
	for lines.Scan() {
		if err := tell(lines.Bytes()); err != nil {
			log.Warn("news of an edit cannot be told", "error", err)
		}
	}
	if err := lines.Err(); err != nil {
		log.Warn("there are no more news of edits", "error", err)
	}
}
