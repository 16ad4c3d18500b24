package config

import (
	"math"
	"strings"
	"unicode/utf8"
)

// longest is the most letters that a name has for which a slip is looked for. It
// takes time with the square of them.
const longest = 200

// Nearest returns the name among the given ones that name is most likely a slip
// of, or "" when none is near: of a third of the longer one's letters, at least
// one, may be missing, added, wrong or swapped with the neighbour; capitals do not
// count. Names of more than 200 letters are near to none. The first of equals wins.
func Nearest(name string, among []string) string {
	best, nearest := math.MaxInt, ""
	length := utf8.RuneCountInString(name)
	for _, candidate := range among {
		if length > longest || len(candidate) > longest*utf8.UTFMax {
			continue
		}
		limit := min(best, 1+max(1, length/3, utf8.RuneCountInString(candidate)/3))
		if d := distance(strings.ToLower(name), strings.ToLower(candidate), limit); d < limit {
			best, nearest = d, candidate
		}
	}
	return nearest
}

// distance counts the edits that turn a into b: insert, delete, replace, swap
// neighbours (the optimal string alignment distance). It may stop at limit.
func distance(a, b string, limit int) int {
	from, to := []rune(a), []rune(b)
	if len(from)-len(to) >= limit || len(to)-len(from) >= limit {
		return limit
	}
	before, above, row := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i := range from {
		before, above, row = above, row, before
		row[0] = i + 1
		for j := range to {
			replace := above[j]
			if from[i] != to[j] {
				replace++
			}
			row[j+1] = min(replace, above[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(to)]
}
