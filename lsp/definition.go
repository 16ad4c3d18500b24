package lsp

import (
	"cmp"
	"context"
	"slices"
)

// mentioned is the mention at a position of a document, with the names of the
// project, of an age; nil where there is none.
func (s *server) mentioned(ctx context.Context, q question, a age) (*names, *mention, error) {
	p, err := decode[positionParams](q.params)
	if err != nil || q.document == nil || q.document.module == "" {
		return nil, nil, err
	}
	n, err := s.namesOf(ctx, q.document, a)
	if n == nil || err != nil {
		return nil, nil, err
	}
	return n, n.at(q.document.path, q.document.offset(p.Position, n.texts.encoding)), nil
}

// definition answers where what stands at a place is defined.
func (s *server) definition(ctx context.Context, q question) (any, error) {
	n, m, err := s.mentioned(ctx, q, anyAge)
	if m == nil || err != nil {
		return nil, err
	}
	return n.locations(m.definitions()), nil
}

// references answers where else there is what stands at a place. For a name in the
// code, those in the code are what gopls says.
func (s *server) references(ctx context.Context, q question) (any, error) {
	p, err := decode[referenceParams](q.params)
	if err != nil {
		return nil, err
	}
	n, m, err := s.mentioned(ctx, q, fromNow)
	if m == nil || err != nil {
		return nil, err
	}
	return n.locations(slices.DeleteFunc(slices.Clone(m.entity.mentions), func(other *mention) bool {
		return m.isInCode() && other.isInCode() || other.role == inFile || !p.Context.IncludeDeclaration && other.isDeclaration()
	})), nil
}

// locations are the places of mentions in the order of their files.
func (n *names) locations(all []*mention) []location {
	sorted := inOrder(all)
	out := make([]location, 0, len(sorted))
	for _, m := range sorted {
		out = append(out, n.texts.location(m.file, m.span))
	}
	return out
}

func inOrder(all []*mention) []*mention {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b *mention) int { return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.start, b.start)) })
	return sorted
}
