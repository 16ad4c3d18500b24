package app

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/pflag"

	"github.com/reactorgen/reactor/runtime/codec"
	"github.com/reactorgen/reactor/runtime/record"
	"github.com/reactorgen/reactor/runtime/webrtc"
)

// recordFlags say what is kept of sessions.
type recordFlags struct {
	path  string // --record: a folder
	clips seconds
}

func (f *recordFlags) register(set *pflag.FlagSet) {
	set.StringVar(&f.path, "record", "", "`folder` for a video file of each session")
	set.Var(&f.clips, "clips", "`duration` of the end of a session that clients can have clips of, up to 5m; 0 is none")
}

// check says which values are of no use.
func (f *recordFlags) check(set *pflag.FlagSet) error {
	if set.Changed("record") && f.path == "" {
		return errors.New("--record needs the name of a folder")
	}
	if _, err := record.FormatOf(f.path); err == nil {
		return fmt.Errorf("--record %s: want the name of a folder, in which each session has a file", f.path)
	}
	if time.Duration(f.clips) > record.MaxWindow {
		return fmt.Errorf("--clips: want %s, got %q", wants["clips"], f.clips.String())
	}
	return nil
}

// recording is what records the sessions. Its parts are nil where that is not
// wanted.
type recording struct {
	recorder *record.Recorder
	clips    *record.Ring
}

// openRecording makes what the flags ask for.
func openRecording(f recordFlags, backends []codec.Backend, log *slog.Logger) (r recording, err error) {
	if f.path == "" && f.clips == 0 {
		return recording{}, nil
	}
	if f.clips > 0 {
		if r.clips, err = record.NewRing(os.TempDir(), time.Duration(f.clips), log); err != nil {
			return recording{}, fmt.Errorf("--clips: %w", err)
		}
		if first := backends[0]; first.Format != codec.H264 {
			log.Warn("there will be no clips: they need H.264, so install libopenh264 and do not ask for another encoder", "encoder", first.Name)
		}
	}
	if r.recorder, err = record.New(record.Options{Dir: f.path, Clips: r.clips, Logger: log}); err != nil {
		return recording{}, errors.Join(fmt.Errorf("--record: %w", err), r.close())
	}
	return r, nil
}

// tap is what the transport gives pictures to, nil for nobody.
func (r recording) tap() webrtc.Tap {
	if r.recorder == nil {
		return nil // and not an interface with nothing in it
	}
	return r.recorder
}

// close writes what is left, and forgets what was kept for clips.
func (r recording) close() error {
	if r.recorder != nil {
		r.recorder.Close()
	}
	if r.clips != nil {
		return r.clips.Close()
	}
	return nil
}
