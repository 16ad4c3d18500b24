// Package prose has no directive. A reactor model would have one.
package prose

/* The reactor: model, command and param. */
const ratio = 1 / 2
