package headless

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// newFolder makes the folder of a session that starts now, in root, and returns its
// absolute path. It is named by the time in seconds; a second session in the same
// second has "-2" behind it.
func newFolder(root string, now time.Time) (string, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(root, 0o777); err != nil {
		return "", err
	}
	name := filepath.Join(root, strconv.FormatInt(now.Unix(), 10))
	for n := 1; ; n++ {
		dir := name
		if n > 1 {
			dir = fmt.Sprintf("%s-%d", name, n)
		}
		if err := os.Mkdir(dir, 0o777); !errors.Is(err, fs.ErrExist) {
			return dir, err
		}
	}
}

// writeWhole writes a file that is there with all of its content or not at all. What
// is left of an attempt has another ending.
func writeWhole(name string, content []byte) error {
	part := name + ".part"
	err := os.WriteFile(part, content, 0o666)
	if err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		// The first error is the one to tell; a part may be left where it came from.
		_ = os.Remove(part)
	}
	return err
}
