package config

import "errors"

// defaultFile is the File of values that no file has: defaults of fields.
const defaultFile = "default"

// Fill gives the keys that the file does not have the defaults of their fields,
// those in the elements of lists and maps among them. The places of these values
// have the File "default" and neither line nor column. Before [Document.Resolve],
// interpolations may then refer to defaults; after it, also what overrides have
// added to lists and maps is filled.
func (s *Schema) Fill(d *Document) { d.root = s.fill(d.file()) }

// fill is n with defaults. Nodes are not changed, as aliases share them.
func (s *Schema) fill(n *node) *node {
	switch {
	case n.open, n.interpolated():
	case s.Kind == Struct && n.kind == mapping:
		return s.fillStruct(n)
	case s.Kind == Struct && n.null() && !s.Optional:
		if made := s.absent(); made != nil {
			return made
		}
	case s.Kind == Map && n.kind == mapping:
		filled := *n
		filled.entries = make([]entry, len(n.entries))
		for i, e := range n.entries {
			filled.entries[i] = entry{e.place, e.key, s.Elem.fill(e.value)}
		}
		return &filled
	case s.Kind == List && n.kind == list:
		filled := *n
		filled.items = make([]*node, len(n.items))
		for i, item := range n.items {
			filled.items[i] = s.Elem.fill(item)
		}
		return &filled
	}
	return n
}

func (s *Schema) fillStruct(n *node) *node {
	filled := *n
	filled.entries = make([]entry, len(n.entries), len(n.entries)+len(s.Fields))
	for i, e := range n.entries {
		if f := s.Field(e.key); f != nil {
			e.value = f.fill(e.value)
		}
		filled.entries[i] = e
	}
	for i := range s.Fields {
		f := &s.Fields[i]
		if n.lookup(f.Key) != nil {
			continue
		}
		if value := f.absent(); value != nil {
			filled.entries = append(filled.entries, entry{value.place, f.Key, value})
		}
	}
	return &filled
}

// absent is the value of a key that is not there, or nil: its default, or the
// defaults within a struct.
func (s *Schema) absent() *node {
	at := place{file: defaultFile}
	if s.HasDefault {
		n, err := parse(defaultFile, []byte(s.Default))
		if err != nil {
			return nil
		}
		n.move(at)
		return s.fill(n)
	}
	if s.Kind != Struct || s.Optional {
		return nil
	}
	if n := s.fillStruct(&node{place: at}); len(n.entries) > 0 {
		return n
	}
	return nil
}

// SetDefault gives the schema the default of a tag, YAML text or, of a text, the text
// itself, unless the schema itself does not allow it: that is the fault, whose Error
// has no place.
func (s *Schema) SetDefault(tag string) *Fault {
	text := tag
	if s.Kind == String {
		text = quoted(tag)
	}
	n, err := parse("", []byte(text))
	if err != nil {
		bad, _ := errors.AsType[*Error](err)
		return &Fault{Error: &Error{Message: bad.Message}, Kind: WrongType, Text: tag, Schema: s}
	}
	c := checker{patterns: make(map[string]pattern)}
	if c.value(n, s, nil); len(c.faults) > 0 {
		fault := c.faults[0]
		fault.Line, fault.Column = 0, 0
		return &fault
	}
	s.Default, s.HasDefault = text, true
	return nil
}
