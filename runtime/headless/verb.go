package headless

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Verb is what a line asks for.
type Verb struct {
	name verbName

	input *input // of start; nil without one

	command string          // of cmd
	args    json.RawMessage // of cmd; nil without any

	frames uint64        // of wait; zero: waits for a time
	time   time.Duration // of wait
}

type verbName string

const (
	start verbName = "start"
	stop  verbName = "stop"
	cmd   verbName = "cmd"
	wait  verbName = "wait"
	help  verbName = "help"
	quit  verbName = "quit"
)

// Mistake is what is wrong with a line, in a sentence that people are told.
type Mistake string

// Error implements error.
func (m Mistake) Error() string { return string(m) }

func mistake(format string, values ...any) error { return Mistake(fmt.Sprintf(format, values...)) }

// input is what start hands to the model.
type input struct {
	path string
	fps  float64 // zero: as fast as a file says, or as is usual
}

const (
	usualInputFPS = 30
	maxInputFPS   = 1000
)

// Parse reads a line. An empty one is nil. The error is a [Mistake].
func Parse(line string) (*Verb, error) {
	line = strings.TrimSpace(line)
	word, rest := cutWord(line)
	name := verbName(strings.ToLower(word))
	switch {
	case name == "":
		return nil, nil
	case name == start:
		return parseStart(rest)
	case name == cmd:
		return parseCmd(rest)
	case name == wait:
		return parseWait(rest)
	case name == "exit" && rest == "":
		return &Verb{name: quit}, nil
	case rest == "" && (name == stop || name == help || name == quit):
		return &Verb{name: name}, nil
	}
	return nil, mistake("Unknown command: %s. Type 'help' for available commands.", line)
}

// parseStart reads what stands behind start.
func parseStart(rest string) (*Verb, error) {
	v := &Verb{name: start}
	words, err := splitWords(rest)
	if err != nil {
		return nil, err
	}
	var in input
	for ; len(words) > 0; words = words[2:] {
		flag := strings.ToLower(words[0])
		switch {
		case flag != "--input" && flag != "--input-fps":
			return nil, mistake("Usage: start [--input FOLDER or FILE] [--input-fps NUMBER], not %q", words[0])
		case len(words) == 1:
			return nil, mistake("%s needs a value", flag)
		case flag == "--input":
			in.path = words[1]
			continue
		}
		in.fps, err = strconv.ParseFloat(words[1], 64)
		if err != nil || !(in.fps > 0 && in.fps <= maxInputFPS) {
			return nil, mistake("--input-fps: want a number of frames a second, more than 0 and at most %d, got %q", maxInputFPS, words[1])
		}
	}
	if in.path == "" {
		if rest != "" {
			return nil, mistake("--input-fps needs --input FOLDER or FILE")
		}
		return v, nil
	}
	v.input = &in
	return v, nil
}

// parseCmd reads what stands behind cmd.
func parseCmd(rest string) (*Verb, error) {
	name, args := cutWord(rest)
	if name == "" {
		return nil, mistake("Usage: cmd <command_name> [json_args]")
	}
	v := &Verb{name: cmd, command: name}
	if args == "" {
		return v, nil
	}
	if err := json.Unmarshal([]byte(args), &v.args); err != nil {
		return nil, mistake("Invalid JSON: %v", err)
	}
	return v, nil
}

// parseWait reads what stands behind wait: "60 frames", "1 frame" or "2s".
func parseWait(rest string) (*Verb, error) {
	words := strings.Fields(strings.ToLower(rest))
	if len(words) == 2 && (words[1] == "frames" || words[1] == "frame") {
		if n, err := strconv.ParseUint(words[0], 10, 32); err == nil && n > 0 {
			return &Verb{name: wait, frames: n}, nil
		}
	}
	if len(words) == 1 {
		if d, err := time.ParseDuration(words[0]); err == nil && d > 0 {
			return &Verb{name: wait, time: d}, nil
		}
	}
	return nil, mistake("Usage: wait <number> frames, or wait <duration> such as 2s")
}

// cutWord returns the first word of a line and what is behind it.
func cutWord(line string) (word, rest string) {
	line = strings.TrimSpace(line)
	end := strings.IndexFunc(line, unicode.IsSpace)
	if end < 0 {
		return line, ""
	}
	return line[:end], strings.TrimSpace(line[end:])
}

// splitWords returns the words of a line. One with spaces is quoted as in Go.
func splitWords(line string) (words []string, err error) {
	for line = strings.TrimSpace(line); line != ""; {
		var word string
		if line[0] != '"' && line[0] != '`' {
			word, line = cutWord(line)
			words = append(words, word)
			continue
		}
		quoted, err := strconv.QuotedPrefix(line)
		if err == nil {
			word, err = strconv.Unquote(quoted)
		}
		if err != nil {
			return nil, mistake("the quotes of %s do not end well", line)
		}
		words, line = append(words, word), strings.TrimSpace(line[len(quoted):])
	}
	return words, nil
}
