package scanner

import (
	"slices"
	"strings"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// trackName is what a track may be called.
var trackName = pattern(`^[a-z][a-z0-9_]{0,62}$`)

// trackKinds are what a track may carry.
func trackKinds() []string { return []string{"video", "audio"} }

// reservedTracks are the names of the tracks that no directive declares.
func reservedTracks() (names []string) {
	names = []string{"main_video"}
	for _, o := range optionals() {
		names = append(names, o.track.Name)
	}
	return names
}

// strayTracks reports the track directives on other types than the model's. Model
// is nil where there is none.
func (s *scan) strayTracks(model *placed, all []placed) {
	for _, p := range all {
		if p.directive.Verb != "track" || model != nil && p.typ == model.typ {
			continue
		}
		fix := s.putRight(p)
		if model != nil && p.file.dir() == model.file.dir() {
			fix = diag.Fix{}
			if to := model.file.targetType(model.typ); to != nil {
				fix = diag.Move(to.name, p.file.move(&p.directive, to))
			}
		}
		s.report(diag.TrackElsewhere(p.directive.Head, "type "+p.typ.Name.Name).With(fix))
	}
}

// outputs are the tracks that the model's directives declare.
func (s *scan) outputs(model placed, all []placed) (tracks []Track) {
	names := make(map[string]*Directive)
	var audio *Directive
	for i := range all {
		d := &all[i].directive
		if d.Verb != "track" || all[i].typ != model.typ {
			continue
		}
		t := s.track(d)
		if t == nil {
			continue
		}
		first := names[t.Name]
		switch {
		case first != nil:
			s.report(diag.TrackTaken(d.Args[0].ValueRange, t.Name, first.Args[0].ValueRange).With(s.dropSecond(first, d)))
			continue
		case t.Kind == "audio" && audio != nil:
			s.report(diag.SecondAudio(d.Head, t.Name, audio.Args[0].Value, audio.Head).With(s.drop(d, diag.DropMeant)))
		case t.Kind == "audio":
			audio = d
		}
		names[t.Name] = d
		tracks = append(tracks, *t)
	}
	return tracks
}

// track reads the arguments of a track directive. It returns nil for one that is
// none, after saying so.
func (s *scan) track(d *Directive) *Track {
	s.duplicateKeys(d)
	if len(d.Args) == 0 || d.Args[0].Key != "" || d.Args[0].Value == "" {
		guess, fix := s.nameTrack(d)
		s.report(diag.NoTrackName(d.Head, guess).With(fix))
		return nil
	}
	t := &Track{Name: d.Args[0].Value, Kind: "video", Direction: "out", Description: d.Value("description")}
	switch at := d.Args[0].ValueRange; {
	case slices.Contains(reservedTracks(), t.Name):
		s.report(diag.ReservedTrack(at, t.Name).With(s.drop(d, diag.DropMeant)))
		return nil
	case !trackName().MatchString(t.Name):
		s.report(diag.BadTrackName(at, t.Name).With(renameTrack(&d.Args[0])))
	}
	for i := range d.Args[1:] {
		s.trackArgument(d, &d.Args[i+1], t)
	}
	return t
}

// trackArgument reads one argument behind the name of a track.
func (s *scan) trackArgument(d *Directive, arg *Arg, t *Track) {
	switch isKind := slices.Contains(trackKinds(), arg.Value); {
	case arg.Key == "description":
	case arg.Key == "kind" && isKind:
		t.Kind = arg.Value
	case arg.Key == "kind":
		near := config.Nearest(strings.ToLower(arg.Value), trackKinds())
		s.report(diag.BadTrackKind(arg.Range, arg.Value, near).With(otherKind(arg, near)))
	case arg.Key == "" && isKind && d.Get("kind") == nil:
		s.report(diag.NoArgument(arg.Range, "track", arg.Value, verb("track").takes()).With(otherKind(arg, arg.Value), s.dropArgument(arg)))
	default:
		s.badArgument("track", d, arg)
	}
}
