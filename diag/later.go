package diag

// AddLater makes a file known by its name. It is read when somebody asks for it,
// by a call of read with that name, and is no source when that fails. A file whose
// content is known already stays as it is.
func (s *Sources) AddLater(file string, read func(file string) ([]byte, error)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.byFile[file]; known {
		return
	}
	if s.later == nil {
		s.later = make(map[string]func(string) ([]byte, error))
	}
	s.later[file] = read
}

// readLater returns the source of a file that AddLater made known, or nil.
func (s *Sources) readLater(file string) *Source {
	s.mu.RLock()
	read := s.later[file]
	s.mu.RUnlock()
	if read == nil {
		return nil
	}
	text, err := read(file)
	if err != nil {
		return nil
	}
	return s.Add(file, text)
}
