package config

// untyped returns n as maps, slices and plain values; key is its path.
func (n *node) untyped(key string) (any, *Error) {
	switch n.kind {
	case mapping:
		m := make(map[string]any, len(n.entries))
		for _, e := range n.entries {
			value, err := e.value.untyped(join(key, e.key))
			if err != nil {
				return nil, err
			}
			m[e.key] = value
		}
		return m, nil
	case list:
		items := make([]any, len(n.items))
		for i, item := range n.items {
			value, err := item.untyped(element(key, i))
			if err != nil {
				return nil, err
			}
			items[i] = value
		}
		return items, nil
	}
	switch v := n.value.(type) {
	case int64:
		if int64(int(v)) == v {
			return int(v), nil
		}
	case uint64:
	default:
		return v, nil
	}
	return nil, n.errorf(key, n.text+" is too large")
}
