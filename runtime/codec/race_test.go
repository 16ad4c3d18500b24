//go:build race

package codec

// underRace tells whether the race detector watches the tests.
const underRace = true
