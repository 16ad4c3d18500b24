package app

import (
	"errors"
	"fmt"
	"strings"
)

// override is one --model.KEY=VALUE.
type override struct{ key, value string }

const modelFlag = "--model."

// takeOverrides takes --model.KEY=VALUE and --model.KEY VALUE out of args, where
// ever they stand, and returns the rest.
func takeOverrides(args []string) (taken []override, rest []string, err error) {
	for i := 0; i < len(args); i++ {
		setting, ok := strings.CutPrefix(args[i], modelFlag)
		if !ok {
			rest = append(rest, args[i])
			continue
		}
		key, value, there := strings.Cut(setting, "=")
		if !there {
			if i++; i == len(args) || startsFlag(args[i]) {
				return nil, nil, fmt.Errorf("%s%s needs a value: %[1]s%[2]s=VALUE", modelFlag, key)
			}
			value = args[i]
		}
		if key == "" {
			return nil, nil, errors.New(modelFlag + " needs a key: " + modelFlag + "KEY=VALUE")
		}
		taken = append(taken, override{key, value})
	}
	return taken, rest, nil
}

// startsFlag tells whether an argument is a flag and not a value: -5 and -.inf
// are values.
func startsFlag(arg string) bool {
	return len(arg) > 1 && arg[0] == '-' && !strings.ContainsRune(".0123456789", rune(arg[1]))
}
