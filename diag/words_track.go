package diag

import "fmt"

// NoTrackName says that a track directive does not begin with a name; guess is a
// good one, or NAME.
func NoTrackName(at Range, guess string) Diagnostic {
	d := newError(RG113, at, "//reactor:track has no name")
	d.Notes = []string{"the name comes first, alone: clients ask for the track by it"}
	d.Help = []string{"write //reactor:track " + guess}
	return d
}

// BadTrackKind says that a track cannot be of a kind; near is the one that was
// probably meant, or empty.
func BadTrackKind(at Range, kind, near string) Diagnostic {
	d := newError(RG116, at, fmt.Sprintf("a track cannot be of the kind %q", kind))
	d.Help = []string{"write kind=video, or kind=audio"}
	if near != "" {
		d.Summary += fmt.Sprintf("; did you mean %q?", near)
		d.Help = []string{"write kind=" + near}
	}
	return d
}

// TrackElsewhere says that a track directive stands on something that is not the
// model.
func TrackElsewhere(at Range, on string) Diagnostic {
	d := newError(RG223, at, "//reactor:track must be on the model, not on "+on)
	d.Help = []string{"move the directive to the line above the model's type"}
	return d
}

// BadTrackName says that a track's name is not valid.
func BadTrackName(at Range, name string) Diagnostic {
	d := newError(RG345, at, fmt.Sprintf("track name %q is not valid", name))
	d.Notes = []string{"lowercase letters, digits and underscores; starts with a letter; at most 63"}
	d.Help = []string{"choose another name"}
	return d
}

// ReservedTrack says that a track is one which no directive declares.
func ReservedTrack(at Range, name string) Diagnostic {
	why := "every model has it"
	switch name {
	case "webcam":
		why = "a model has it by the method OnFrame(reactor.Frame)"
	case "microphone":
		why = "a model has it by the method OnSound(reactor.Sound)"
	}
	d := newError(RG345, at, fmt.Sprintf("track name %q is taken: %s", name, why))
	d.Help = []string{"drop the directive, or choose another name"}
	return d
}

// TrackTaken says that two track directives have the same name.
func TrackTaken(at Range, name string, before Range) Diagnostic {
	d := newError(RG345, at, fmt.Sprintf("track name %q is taken by another directive", name))
	d.Label = "second"
	d.Related = []Related{{before, "first"}}
	d.Help = []string{"give one of them another name, or drop it"}
	return d
}

// SecondAudio says that the model declares a second track of audio.
func SecondAudio(at Range, name, first string, before Range) Diagnostic {
	d := newError(RG346, at, fmt.Sprintf("track %q is a second one of audio: a block has one sound, which is heard on %q", name, first))
	d.Label = "second"
	d.Related = []Related{{before, "first"}}
	d.Help = []string{"mix the sounds into one, and keep one of the tracks"}
	return d
}

// UndeclaredTrack says that a block has a picture for a track that the model does
// not declare. Near is the track that was probably meant, or empty; declarable
// tells that there may be a track of that name, and sound that there is one, of
// audio. Model is the place of the model's directive.
func UndeclaredTrack(at Range, name, near string, declarable, sound bool, model Range) Diagnostic {
	d := newError(RG347, at, fmt.Sprintf("track %q is not declared on the model", name))
	d.Related = []Related{{model, "the model"}}
	d.Notes = []string{"EmitBlock would fail: clients get the tracks that are declared"}
	switch {
	case sound:
		d.Summary = fmt.Sprintf("track %q is one of audio, and shows no pictures", name)
		d.Help = []string{"put the sound into the block's Sound"}
		return d
	case name == "main_video":
		d.Help = []string{"its pictures are the block itself: Width, Height, Frames, Pix"}
		return d
	case near != "":
		d.Summary += fmt.Sprintf("; did you mean %q?", near)
		d.Help = append(d.Help, fmt.Sprintf("write %q", near))
	}
	if declarable {
		d.Help = append(d.Help, "declare it: //reactor:track "+name+" on the model")
	}
	if len(d.Help) == 0 {
		d.Help = []string{"write the name of a track that a directive declares"}
	}
	return d
}
