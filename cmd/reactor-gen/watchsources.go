package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// When a save is over: editors write a file in several steps, and formatters write it
// again. Where writing does not end, it is looked at all the same.
const (
	saveTime    = 40 * time.Millisecond
	longestSave = 500 * time.Millisecond
)

// sources are the files that the program is made from: those in the folders of the
// project, and those of the module's packages that it imports. What a program writes
// itself, such as pictures, is not among them.
type sources struct {
	notify *fsnotify.Watcher
	saved  chan struct{} // has one when something was saved
	config string        // the file of -c, empty without one

	mu       sync.Mutex
	embedded map[string]bool // files that the packages embed, and folders of nothing else
	imported []string        // folders of packages outside of the project's
}

func watchSources(config string) (*sources, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watching files: %w", err)
	}
	if config != "" {
		if config, err = filepath.Abs(config); err != nil {
			return nil, errors.Join(err, notify.Close())
		}
	}
	return &sources{notify: notify, saved: make(chan struct{}, 1), config: config}, nil
}

func (s *sources) close() error { return s.notify.Close() }

// follow tells of saves until ctx is done.
func (s *sources) follow(ctx context.Context) {
	var first time.Time
	var over <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case event := <-s.notify.Events:
			if !s.matters(event) {
				continue
			}
		case <-s.notify.Errors: // some changes were lost, and it is not known which
		case <-over:
			over = nil
			select {
			case s.saved <- struct{}{}:
			default: // one is there already
			}
			continue
		}
		if over == nil {
			first = time.Now()
		}
		if over == nil || time.Since(first) < longestSave {
			over = time.After(saveTime)
		}
	}
}

// sourceKinds are the kinds of files that a program is made from.
var sourceKinds = []string{".go", ".yaml", ".yml", ".mod", ".sum", ".work", ".s", ".c", ".h", ".cc", ".cpp", ".m"}

// matters tells whether a change may make another program.
func (s *sources) matters(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod {
		return false
	}
	s.mu.Lock()
	known := event.Name == s.config || s.embedded[event.Name] || s.embedded[filepath.Dir(event.Name)]
	s.mu.Unlock()
	if known {
		return true
	}
	name := filepath.Base(event.Name)
	if isIgnored(name) {
		return false
	}
	if slices.Contains(sourceKinds, filepath.Ext(name)) {
		return true
	}
	info, err := os.Stat(event.Name)
	return event.Has(fsnotify.Create) && err == nil && info.IsDir()
}

// isIgnored tells whether no program has a file or folder of that name in it: those
// that the go command ignores, and what editors keep beside a file.
func isIgnored(name string) bool {
	return strings.ContainsRune("._#", rune(name[0])) || strings.HasSuffix(name, "~") ||
		slices.Contains([]string{"testdata", "vendor", "node_modules"}, name)
}

// cover watches the folders as they are now, and none besides.
func (s *sources) cover() error {
	here, err := os.Getwd()
	if err != nil {
		return err
	}
	folders := append(sourceFolders(here), moduleFolder(here))
	if s.config != "" {
		folders = append(folders, filepath.Dir(s.config))
	}
	s.mu.Lock()
	folders = append(folders, s.imported...)
	s.mu.Unlock()
	slices.Sort(folders)
	folders = slices.Compact(folders)
	for _, old := range s.notify.WatchList() {
		if !slices.Contains(folders, old) {
			_ = s.notify.Remove(old) // it may be gone already
		}
	}
	for _, folder := range folders {
		if err := s.notify.Add(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("watching %s: %w", folder, err)
		}
	}
	return nil
}

// sourceFolders are the folders below root with sources in them, and those on the way
// there: the next one may be made beside them.
func sourceFolders(root string) []string {
	has := map[string]bool{root: true}
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || path == root: // a folder that is gone, or that may not be read, has none
		case d.IsDir() && (isIgnored(d.Name()) || isModule(path)):
			return fs.SkipDir
		case !d.IsDir() && slices.Contains(sourceKinds, filepath.Ext(path)):
			for dir := filepath.Dir(path); !has[dir]; dir = filepath.Dir(dir) {
				has[dir] = true
			}
		}
		return nil
	})
	return slices.Collect(maps.Keys(has))
}

func isModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// moduleFolder is the folder of the module that a folder is a part of; without one, it
// is the folder itself.
func moduleFolder(dir string) string {
	for at := dir; ; at = filepath.Dir(at) {
		if isModule(at) {
			return at
		}
		if at == filepath.Dir(at) {
			return dir
		}
	}
}

// learn asks the go command what a program is made from: packages of the module
// elsewhere, and files that are embedded. Where it cannot tell, what was known holds.
func (s *sources) learn(ctx context.Context, c *compilation) {
	args := append([]string{"list", "-e", "-deps", "-json=Dir,Module,EmbedFiles", "-overlay=" + filepath.Join(c.work, "overlay.json")}, c.flags...)
	out, err := goCommand(ctx, c.project.Dir, append(args, c.target())...).Output()
	if err != nil {
		return
	}
	embedded := make(map[string]bool)
	var imported []string
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listedPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return
		}
		if p.Module.Main && isFolder(p.Dir) {
			imported = append(imported, p.folders(embedded)...)
		}
	}
	s.mu.Lock()
	s.embedded, s.imported = embedded, imported
	s.mu.Unlock()
	_ = s.cover() // the next attempt covers them, and tells
}

// listedPackage is what the go command tells of a package.
type listedPackage struct {
	Dir        string
	EmbedFiles []string
	Module     struct{ Main bool }
}

// folders are those that a package is made from. What it embeds is noted.
func (p listedPackage) folders(embedded map[string]bool) []string {
	all := []string{p.Dir}
	for _, name := range p.EmbedFiles {
		file := filepath.Join(p.Dir, filepath.FromSlash(name))
		embedded[file] = true
		if dir := filepath.Dir(file); dir != p.Dir {
			embedded[dir] = true
			all = append(all, dir)
		}
	}
	return all
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
