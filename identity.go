package reactor

// Identity is what a model is, as its directive says: it does not vary by
// deployment. A constructor may take it as a parameter.
type Identity struct {
	// Name is the model's name: what clients connect to, and what stands in
	// logs, deployments and URLs.
	Name string

	// Config is the path of the factory configuration, relative to the
	// project's root, or empty.
	Config string

	// Weights are the names of the weight folders that the model may use.
	Weights []string

	// Metadata holds every other key of the directive (author, version, ...).
	Metadata map[string]string
}
