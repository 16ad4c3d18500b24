package config

import (
	"fmt"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// span is "2..5", or a mapping, or a list of two.
type span struct{ From, To int }

func (s *span) UnmarshalYAML(n *yaml.Node) error {
	switch n.Kind {
	case yaml.ScalarNode:
		if _, err := fmt.Sscanf(n.Value, "%d..%d", &s.From, &s.To); err != nil {
			return fmt.Errorf("%q is no span such as 2..5", n.Value)
		}
		return nil
	case yaml.SequenceNode:
		var both [2]int
		err := n.Decode(&both)
		s.From, s.To = both[0], both[1]
		return err
	}
	type plain span
	return n.Decode((*plain)(s))
}

func TestUnmarshalYAML(t *testing.T) {
	document, err := Parse("c.yaml", []byte("first: 2\ntext: ${first}..5\nlist: [1, 3]\nmap: {from: 7, to: 8}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if document, err = document.Resolve(nil); err != nil {
		t.Fatal(err)
	}
	var into struct {
		First           int
		Text, List, Map span
	}
	if err := document.Decode(&into); err != nil {
		t.Fatal(err)
	}
	if into.Text != (span{2, 5}) || into.List != (span{1, 3}) || into.Map != (span{7, 8}) {
		t.Errorf("got %+v", into)
	}
	document, err = Parse("c.yaml", []byte("\ntext: five\n"))
	if err != nil {
		t.Fatal(err)
	}
	err = document.Decode(&into)
	if err == nil || !strings.Contains(err.Error(), `c.yaml:2:7: text: "five" is no span such as 2..5`) {
		t.Errorf("got %v", err)
	}
}
