package load

// ReadStored reads the types of a package of the graph from the store into a new
// universe, and returns how large the entry is and what it mentions.
func (l *Loader) ReadStored(path string) (size int, imports []string) {
	e := l.get(l.graph.nodes[l.graph.index()[path]].key)
	rec, err := newMemory().read(e, path)
	if err != nil {
		panic(err)
	}
	for _, p := range rec.types.Imports() {
		imports = append(imports, p.Path())
	}
	return len(e.data), imports
}
