package scanner

import "slices"

// IsModelName tells whether a model may be called so.
func IsModelName(name string) bool {
	for i, r := range name {
		if wrongInName(r, i == 0) != "" {
			return false
		}
	}
	return name != "" && len(name) <= maxName
}

// IsWeightsName tells whether a folder of weights may be called so.
func IsWeightsName(name string) bool { return weightsName().MatchString(name) }

// IsCommandName tells whether a command may be called so, or a message.
func IsCommandName(name string) bool {
	return commandName().MatchString(name) && !slices.Contains(reservedCommands(), name)
}

// IsTrackName tells whether a directive may declare a track of the name.
func IsTrackName(name string) bool {
	return trackName().MatchString(name) && !slices.Contains(reservedTracks(), name)
}
