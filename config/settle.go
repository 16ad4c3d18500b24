package config

import "errors"

// Settle makes of a document what a program runs with: the defaults of the schema
// where the file has nothing, interpolations resolved, everything checked. All
// mistakes are found at once: the error is [Errors], and the document holds
// everything else then. A nil schema has no defaults and knows no types; what is
// still to be given (???) is a mistake all the same.
//
// A document that is settled without an error is one that [Document.Decode]
// accepts, but for types of the author that read texts themselves.
func (s *Schema) Settle(d *Document, env func(name string) (value string, ok bool)) (*Document, error) {
	whole := &Document{root: d.file(), flags: d.flags}
	if s != nil {
		s.Fill(whole)
	}
	resolved, err := whole.Resolve(env)
	mistakes, _ := errors.AsType[Errors](err)
	if s != nil {
		s.Fill(resolved)
		mistakes = append(mistakes, s.Check(resolved)...)
	}
	return resolved, resolved.top().ungiven("", mistakes).err()
}

// ungiven adds the values that are still to be given.
func (n *node) ungiven(key string, mistakes Errors) Errors {
	if n.missing() {
		return append(mistakes, n.mustBeGiven(key))
	}
	for _, e := range n.entries {
		mistakes = e.value.ungiven(join(key, e.key), mistakes)
	}
	for i, item := range n.items {
		mistakes = item.ungiven(element(key, i), mistakes)
	}
	return mistakes
}

// mustBeGiven is the mistake of a value that nobody has given.
func (n *node) mustBeGiven(key string) *Error {
	return n.errorf(key, "the value must be given: "+flag(key)+"=VALUE")
}
