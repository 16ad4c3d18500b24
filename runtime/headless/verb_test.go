package headless

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	for line, want := range map[string]*Verb{
		"":                                  nil,
		" \t ":                              nil,
		"start":                             {name: start},
		"  START ":                          {name: start},
		"start --input pictures":            {name: start, input: &input{"pictures", 0}},
		"start --INPUT-fps 12.5 --input a":  {name: start, input: &input{"a", 12.5}},
		`start --input "a b" --input-fps 1`: {name: start, input: &input{"a b", 1}},
		"Stop":                              {name: stop},
		"help":                              {name: help},
		"quit":                              {name: quit},
		"EXIT":                              {name: quit},
		"cmd set_speed":                     {name: cmd, command: "set_speed"},
		"CMD Set_Speed {\"a\":  \"B  c\"}":  {name: cmd, command: "Set_Speed", args: json.RawMessage(`{"a":  "B  c"}`)},
		"wait 1 frame":                      {name: wait, frames: 1},
		"Wait 60 Frames":                    {name: wait, frames: 60},
		"wait 1.5s":                         {name: wait, time: 1500 * time.Millisecond},
	} {
		got, err := Parse(line)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(Verb{}, input{})); diff != "" || err != nil {
			t.Errorf("%q: %v\n%s", line, err, diff)
		}
	}
}

func TestParseMistakes(t *testing.T) {
	const (
		cmdUsage   = "Usage: cmd <command_name> [json_args]"
		waitUsage  = "Usage: wait <number> frames, or wait <duration> such as 2s"
		startUsage = "Usage: start [--input FOLDER or FILE] [--input-fps NUMBER], not "
		inputFPS   = "--input-fps: want a number of frames a second, more than 0 and at most 1000, got "
	)
	for line, want := range map[string]string{
		"fly":                           "Unknown command: fly. Type 'help' for available commands.",
		" Stop it ":                     "Unknown command: Stop it. Type 'help' for available commands.",
		"exit 1":                        "Unknown command: exit 1. Type 'help' for available commands.",
		"cmd":                           cmdUsage,
		"cmd x {":                       "Invalid JSON: unexpected end of JSON input",
		"cmd x {} {}":                   "Invalid JSON: invalid character '{' after top-level value",
		"wait":                          waitUsage,
		"wait 0 frames":                 waitUsage,
		"wait 2":                        waitUsage,
		"wait -2s":                      waitUsage,
		"start now":                     startUsage + `"now"`,
		"start --input":                 "--input needs a value",
		"start --input-fps 5":           "--input-fps needs --input FOLDER or FILE",
		"start --input a --input-fps 0": inputFPS + `"0"`,
		"start --input a --input-fps NaN": inputFPS +
			`"NaN"`,
		`start --input "a`: `the quotes of "a do not end well`,
	} {
		got, err := Parse(line)
		if got != nil || err == nil || err.Error() != want {
			t.Errorf("%q\ngot  %v\nwant %s", line, err, want)
		}
	}
}

// FuzzParse holds a verb to what the console takes for granted.
func FuzzParse(f *testing.F) {
	for _, line := range []string{"start --input `a b` --input-fps 3", "cmd x {\"a\": [1]}", "wait 3 frames", "wait 9h", "EXIT", "cmd \u2003 \xff"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		v, err := Parse(line)
		switch {
		case err != nil && (v != nil || err.Error() == ""):
			t.Errorf("%v, %q", v, err)
		case err != nil || v == nil:
		case v.name == cmd && (v.command == "" || v.args != nil && !json.Valid(v.args)):
			t.Errorf("command %q %q", v.command, v.args)
		case v.name == wait && (v.frames > 0) == (v.time > 0):
			t.Errorf("waits %d frames, %v", v.frames, v.time)
		case v.input != nil && (v.input.path == "" || !(v.input.fps > 0) || v.input.fps > maxInputFPS):
			t.Errorf("input %+v", *v.input)
		}
	})
}

func TestParseScript(t *testing.T) {
	script, err := ParseScript("a.txt", []byte("# a session\r\nstart\r\n\n  # and\nwait 2 frames\nstop"))
	if err != nil || len(script) != 3 || script[1].frames != 2 {
		t.Errorf("%+v, %v", script, err)
	}
	for text, want := range map[string]string{
		"":                          "a.txt: there is no verb in it; start, wait 60 frames and stop make a session",
		"# start\n":                 "a.txt: there is no verb in it; start, wait 60 frames and stop make a session",
		"start\ncmd\n\nwait long\n": "a.txt:2: Usage: cmd <command_name> [json_args]\na.txt:4: Usage: wait <number> frames, or wait <duration> such as 2s",
	} {
		if _, err := ParseScript("a.txt", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("%q\ngot  %v\nwant %s", text, err, want)
		}
	}
}
