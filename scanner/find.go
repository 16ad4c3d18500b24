package scanner

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/reactorgen/reactor/diag"
)

// search finds the directives in all files of the build and what each of them
// stands on. Those in files that are no part of it are kept as well.
func (s *scan) search() (all []placed) {
	s.readNotes()
	for _, f := range s.tree.files {
		s.open(f)
		switch {
		case f.src == nil:
		case f.left && !f.test:
			f.keep(search(f.src))
		default:
			all = append(all, s.searchFile(f)...)
		}
	}
	for _, f := range s.tree.outside {
		if s.open(f); f.src != nil && !f.foreign {
			f.keep(search(f.src))
		}
	}
	return all
}

// open reads a file, the only time that most are, finds out whether it is in the
// build, and keeps the source of one that may hold a directive.
func (s *scan) open(f *file) {
	s.readNote(f)
	built := !f.left && f.outside == ""
	s.generating = s.generating || built && f.note.generates
	if !f.note.holds && !(built && f.note.names && s.generateLine.IsZero()) {
		return
	}
	text, err := s.readText(f.path)
	if err != nil {
		f.unread = err.Error()
		return
	}
	if built {
		s.keepGenerateLine(f, text)
	}
	if f.note.holds {
		f.src = s.result.Sources.Add(f.path, text)
	}
}

// readNotes makes the notes of all files. This is where a first scan reads most of
// them, so that all processors take part.
func (s *scan) readNotes() {
	var next atomic.Int64
	var group sync.WaitGroup
	all := slices.Concat(s.tree.files, s.tree.outside)
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(all)); i = next.Add(1) - 1 {
				s.readNote(all[i])
			}
		})
	}
	group.Wait()
}

// readNote makes the note of a file once.
func (s *scan) readNote(f *file) {
	if f.noted {
		return
	}
	n, err := s.noteOf(f.name)
	if err != nil {
		f.unread = err.Error()
		n.left = leaves(s.build, f.name, []byte("package p\n")) // by its name alone
	}
	f.note, f.noted = n, true
	f.left = n.left && f.outside == ""
}

// searchFile reports what is wrong with the text of a file's directives and
// returns those that stand at a good place.
func (s *scan) searchFile(f *file) []placed {
	in := search(f.src)
	f.keep(in)
	f.directives = s.readIgnores(f.src, in.directives)
	if f.test {
		s.inTest(f, in)
		return nil
	}
	for _, m := range in.misses {
		s.miss(f, m)
	}
	for _, fault := range in.faults {
		d := diag.Unreadable(fault.at, fault.why).With(fault.fix)
		if f.endsIn(fault.at) {
			d.AtEnd()
		}
		s.report(d)
	}
	s.hidden(f, in)
	if len(in.directives) == 0 {
		return nil
	}
	f.parse(s.parsed)
	return s.place(f, f.directives)
}

// inTest reports the models in a test file, and what was meant as one.
func (s *scan) inTest(f *file, in found) {
	for _, d := range in.directives {
		if d.Verb != "model" {
			continue
		}
		f.parse(s.parsed)
		typ, _ := f.declaration(d)
		name := ""
		if typ != nil {
			name = typ.Name.Name
		}
		s.causes = append(s.causes, diag.InTestFile(d.Head, name, besideTest(f.path)))
	}
	for _, m := range in.misses {
		if m.verb == "model" {
			s.causes = append(s.causes, diag.InTestFile(f.src.Range(m.at, m.at+len(m.found)), "", besideTest(f.path)))
		}
	}
}

// miss reports a comment that was meant as a directive.
func (s *scan) miss(f *file, m placedMiss) {
	d := f.missed(m).With(s.spell(f, m))
	if m.verb == "model" {
		s.causes = append(s.causes, d)
		return
	}
	s.report(d)
}

// missed says how a comment misses being a directive.
func (f *file) missed(m placedMiss) diag.Diagnostic {
	at := f.src.Range(m.at+m.from, m.at+m.to)
	if m.form != 0 {
		return diag.NotInForm(at, m.found, m.form, m.meant())
	}
	meant := ""
	if m.verb != "" {
		meant = prefix[len("//"):] + m.verb
	}
	return diag.UnknownDirective(at, m.found, meant, knownVerbs())
}

// hidden looks for lines of a file that look like directives and are in no
// comment of their own: a string or comment that is never closed swallows them,
// or they lie in a good one, which is no mistake.
func (s *scan) hidden(f *file, in found) {
	lines := slices.DeleteFunc(rawDirectives(f.src, 0), func(at diag.Range) bool {
		return slices.ContainsFunc(in.directives, func(d Directive) bool { return d.Range.Start == at.Start }) ||
			slices.ContainsFunc(in.misses, func(m placedMiss) bool { return m.at == at.Start })
	})
	if len(lines) == 0 {
		return
	}
	// A broken file with directives is reported as one.
	if d, ok := f.unterminated(); ok && len(in.directives)+len(in.misses) == 0 {
		s.causes = append(s.causes, d)
		return
	}
	s.inStrings = append(s.inStrings, lines...)
}
