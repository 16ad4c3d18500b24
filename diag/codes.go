package diag

// Code names a kind of finding. A code is never renumbered and never used again.
type Code string
