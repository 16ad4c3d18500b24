package scanner

import (
	"slices"
	"strings"

	"github.com/reactorgen/reactor/diag"
)

// nameTrack is the fix of a track directive that does not begin with a name: what
// was meant as one, or the name that clients look for sound under. Without a fix,
// the guess stands for a name.
func (s *scan) nameTrack(d *Directive) (guess string, fix diag.Fix) {
	for i := range d.Args {
		arg := &d.Args[i]
		if arg.Key != "" && arg.Key != "name" || !trackName().MatchString(arg.Value) {
			continue
		}
		if i == 0 {
			return arg.Value, diag.WriteGuess(arg.Value, []diag.Edit{replace(arg.Range, arg.Value)})
		}
		src := s.sourceOf(d.Head)
		to := replace(src.Range(d.Head.End, d.Head.End), " "+arg.Value)
		return arg.Value, diag.WriteGuess(arg.Value, []diag.Edit{to, dropArg(src, arg)})
	}
	if d.Value("kind") != "audio" {
		return "NAME", diag.Fix{}
	}
	var empty *Arg
	if d.Args[0].Key == "" {
		empty = &d.Args[0]
	}
	return "main_audio", s.addName(d, empty, "main_audio")
}

// renameTrack is the fix of a track's name that cannot be one: the nearest that
// can.
func renameTrack(arg *Arg) diag.Fix {
	better := strings.ReplaceAll(nameOf(arg.Value), "-", "_")
	if better == "model" || !trackName().MatchString(better) || slices.Contains(reservedTracks(), better) {
		return diag.Fix{}
	}
	return diag.WriteGuess(better, []diag.Edit{revalued(arg, better)})
}

// otherKind is the fix of an argument that was meant as a kind of track.
func otherKind(arg *Arg, kind string) diag.Fix {
	if kind == "" {
		return diag.Fix{}
	}
	return diag.WriteGuess("kind="+kind, []diag.Edit{revaluedAs(arg, "kind", kind)})
}
