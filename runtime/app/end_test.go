package app

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestWithin(t *testing.T) {
	broken := errors.New("broken")
	tests := []struct {
		name string
		end  func(context.Context) error
		want string
		took time.Duration
	}{
		{"at once", func(context.Context) error { return nil }, "", 0},
		{"with an error", func(context.Context) error { return broken }, "broken", 0},
		{"when asked firmly", func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, "context deadline exceeded", 8 * time.Second},
		{"late", func(context.Context) error { time.Sleep(time.Minute); return nil }, "not everything ended within 10s", 10 * time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				err := within(8*time.Second, 10*time.Second, test.end)
				if got := text(err); got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
				if took := time.Since(start); took != test.took {
					t.Errorf("took %v, want %v", took, test.took)
				}
				time.Sleep(time.Minute) // the late one comes to its end, too
			})
		})
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
