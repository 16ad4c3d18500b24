package app

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

func TestReadNews(t *testing.T) {
	var told []string
	var log bytes.Buffer
	tell := func(news []byte) error {
		told = append(told, string(news))
		if string(news) == "b" {
			return errors.New("no b")
		}
		return nil
	}
	readNews(strings.NewReader("a\nb\nc\n"+strings.Repeat("x", maxNews+1)+"\n"), tell, slog.New(slog.NewTextHandler(&log, nil)))
	if got := strings.Join(told, " "); got != "a b c" {
		t.Errorf("told %q", got)
	}
	for _, want := range []string{"no b", "token too long"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log does not have %q:\n%s", want, log.String())
		}
	}
}
