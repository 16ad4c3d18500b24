package scanner

import (
	"fmt"
	"go/token"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reactorgen/reactor/config"
	"github.com/reactorgen/reactor/diag"
)

// maxName is the most characters of a model's name.
const maxName = 63

// identityKeys are the keys of the model directive that mean something; every
// other key is metadata.
func identityKeys() []string { return verb("model").words() }

// runTimeKeys are keys that say how a model runs, whatever the model.
func runTimeKeys() []string {
	return []string{
		"fps", "framerate", "frame_rate", "width", "height", "resolution", "size", "steps", "num_steps",
		"num_inference_steps", "guidance_scale", "cfg_scale", "strength", "seed", "batch_size", "device", "gpu",
		"dtype", "precision", "host", "port",
	}
}

// identity reads a model directive into m and reports what is wrong with it.
func (s *scan) identity(p placed, m *Model) {
	d, src := &p.directive, p.file.src
	s.duplicateKeys(d)
	s.name(p)
	m.Name, m.Range, m.Args = d.Value("name"), d.Range, d.places()
	if weights := d.Get("weights"); weights != nil {
		m.Weights = s.weights(weights, weights.Items(src))
	}
	m.Config = s.config(d)
	for i := range d.Args {
		if arg := &d.Args[i]; !slices.Contains(identityKeys(), arg.Key) && s.metadata(d, arg, m.Config) {
			m.Metadata = append(m.Metadata, Field{arg.Key, arg.Value})
		}
	}
}

func (s *scan) duplicateKeys(d *Directive) {
	for i := range d.Args {
		if first := d.Get(d.Args[i].Key); d.Args[i].Key != "" && first != &d.Args[i] {
			s.report(diag.DuplicateKey(d.Args[i].KeyRange, first.Key, first.KeyRange).With(s.oneKey(first, &d.Args[i])...))
		}
	}
}

// name checks the model's name.
func (s *scan) name(p placed) {
	arg := p.directive.Get("name")
	if arg == nil && p.directive.hasNearName() {
		return // metadata says what the argument lacks to be the name
	}
	if arg == nil || arg.Value == "" {
		at := p.directive.Head
		if arg != nil {
			at = arg.Range
		}
		guess := nameOf(p.typ.Name.Name)
		s.report(diag.NoModelName(at, guess).With(s.addName(&p.directive, arg, "name="+guess)))
		return
	}
	var at []diag.Range
	var names []string
	for i, r := range arg.Value {
		if name := wrongInName(r, i == 0); name != "" {
			at = append(at, arg.Part(p.file.src, i, i+utf8.RuneLen(r)))
			names = append(names, name)
		}
	}
	switch {
	case len(at) > 0:
		better := nameOf(arg.Value)
		if strings.IndexFunc(arg.Value, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
			better = "" // a letter that only looks right has no better one that we know
		}
		s.report(diag.BadName(arg.ValueRange, arg.Value, at, names, better).With(s.renameModel(arg, better)))
	case len(arg.Value) > maxName:
		fix := s.renameModel(arg, nameOf(arg.Value))
		fix.Safe = false // where to cut it is for its author to say
		s.report(diag.NameTooLong(arg.ValueRange, arg.Value).With(fix))
	}
}

// hasNearName tells whether an argument was probably meant as the name: its key is
// missing or nearly right.
func (d *Directive) hasNearName() bool {
	return len(d.Args) > 0 && d.Args[0].Key == "" || slices.ContainsFunc(d.Args, func(arg Arg) bool {
		return config.Nearest(strings.ToLower(arg.Key), identityKeys()) == "name"
	})
}

// wrongInName says what a rune is that may not be at its place in a name, or
// returns "".
func wrongInName(r rune, first bool) string {
	switch {
	case r >= 'a' && r <= 'z', !first && (r >= '0' && r <= '9' || r == '-'):
		return ""
	case r >= 'A' && r <= 'Z':
		return "capital"
	case r == ' ':
		return "space"
	case r == '_':
		return "underscore"
	case r >= '0' && r <= '9':
		return "digit at the start"
	case r == '-':
		return "hyphen at the start"
	case r > unicode.MaxASCII || !unicode.IsPrint(r):
		return fmt.Sprintf("%U", r)
	}
	return fmt.Sprintf("%q", string(r))
}

// nameOf makes a valid name of a text: LongLive_2 becomes long-live-2. It
// returns "model" when nothing of it can stay.
func nameOf(text string) string {
	var b strings.Builder
	var before rune
	for _, r := range text {
		if unicode.IsUpper(r) && (unicode.IsLower(before) || unicode.IsDigit(before)) {
			b.WriteByte('-')
		}
		before = r
		r = unicode.ToLower(r)
		if wrongInName(r, false) != "" {
			r = '-'
		}
		b.WriteRune(r)
	}
	parts := strings.FieldsFunc(b.String(), func(r rune) bool { return r == '-' })
	name := strings.TrimLeft(strings.Join(parts, "-"), "-0123456789")
	if name == "" {
		return "model"
	}
	return strings.TrimRight(name[:min(len(name), maxName)], "-")
}

// weightsName is what one folder may be called: what the original takes.
var weightsName = pattern(`^[A-Za-z0-9_-]+$`)

func (s *scan) weights(arg *Arg, items []Item) (names []string) {
	for i, item := range items {
		first := slices.IndexFunc(items, func(other Item) bool { return other.Text == item.Text })
		switch {
		case !weightsName().MatchString(item.Text):
			s.report(diag.BadWeights(item.Range, item.Text).With(s.folderAlone(arg, item)))
		case first < i:
			s.report(diag.DuplicateWeights(item.Range, item.Text, items[first].Range).With(s.fewerWeights(arg, item)))
		default:
			names = append(names, item.Text)
		}
	}
	return names
}

// metadata tells whether an argument can be metadata, and reports why it may not
// be meant as such.
func (s *scan) metadata(d *Directive, arg *Arg, configPath string) bool {
	meant := config.Nearest(strings.ToLower(arg.Key), identityKeys())
	switch {
	case arg.Key == "":
		name := ""
		if d.Get("name") == nil {
			name = nameOf(arg.Value)
		}
		s.report(diag.NeedsKey(arg.Range, arg.Value, name).With(s.keyed(d, arg, name)...))
		return false
	case meant != "" && d.Get(meant) == nil || strings.EqualFold(meant, arg.Key) && meant != "":
		s.report(diag.NearKey(arg.KeyRange, arg.Key, meant).With(s.rekey(d, arg, meant, identityKeys())))
	case slices.Contains(runTimeKeys(), strings.ToLower(arg.Key)) || slices.Contains(s.configKeys, arg.Key):
		s.report(diag.RunTimeValue(arg.Range, arg.Key, arg.Value, configPath).With(s.moveToConfig(arg, configPath)))
	}
	return true
}

// snake makes a command's name of a method's: SetPrompt becomes set_prompt.
func snake(method string) string { return strings.ReplaceAll(nameOf(method), "-", "_") }

// exportedName makes an exported name of an unexported one.
func exportedName(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	exported := string(unicode.ToUpper(r)) + name[size:]
	if !token.IsExported(exported) {
		return "X" + exported
	}
	return exported
}

// besideTest is the path for what should not have been in a test file.
func besideTest(file string) string {
	return path.Join(path.Dir(file), strings.TrimSuffix(path.Base(file), "_test.go")+".go")
}
