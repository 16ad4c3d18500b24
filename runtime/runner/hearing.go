package runner

// InputSound hands the model a piece of sound of a track that leads to it, of which
// Track, Channels and Samples count. It keeps nothing of it and does not block.
func (r *Runner) InputSound(s Sound) { r.inputs.refused.Add(1) }
