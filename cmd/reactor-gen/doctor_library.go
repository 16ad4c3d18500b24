package main

import (
	"os"
	"path/filepath"
	"runtime"
)

// library is a shared library that the runtime opens where it is there.
type library struct {
	name, purpose, without string
	patterns               map[string][]string // by GOOS; "" stands for others
}

// libraries are named as the package codec of the runtime does. The tool does not
// link the runtime, so it looks for files.
var libraries = []library{
	{"openh264", "H.264", "pictures are compressed by our own VP8 encoder", map[string][]string{
		"":        {"libopenh264.so.[678]", "libopenh264.so"},
		"darwin":  {"libopenh264.[678].dylib", "libopenh264.dylib"},
		"windows": {"openh264.dll", "libopenh264-[78].dll", "libopenh264.dll"},
	}},
	{"libvpx", "VP8 from viewers", "VP8 from viewers is decoded by our own decoder", map[string][]string{
		"":        {"libvpx.so.1[0-2]", "libvpx.so.[6-9]", "libvpx.so"},
		"darwin":  {"libvpx.1[0-2].dylib", "libvpx.[6-9].dylib", "libvpx.dylib"},
		"windows": {"libvpx-1.dll", "libvpx.dll", "vpx.dll"},
	}},
	{"libopus", "sound", "tracks of sound are refused", map[string][]string{
		"":        {"libopus.so.0", "libopus.so"},
		"darwin":  {"libopus.0.dylib", "libopus.dylib"},
		"windows": {"opus.dll", "libopus-0.dll", "libopus.dll"},
	}},
}

// libraryFindings are the libraries in the places where systems keep them. That a
// file is there does not say that it works: a program tells at its start what it
// uses.
func libraryFindings() (all []finding) {
	for _, l := range libraries {
		text := "not found: " + l.without
		if file := l.find(libraryFolders()); file != "" {
			text = file + ", for " + l.purpose
		}
		all = append(all, finding{Name: l.name, Status: fine, Text: text})
	}
	return all
}

// find is the first file of a library in some folders, or "".
func (l library) find(folders []string) string {
	patterns, known := l.patterns[runtime.GOOS]
	if !known {
		patterns = l.patterns[""]
	}
	for _, folder := range folders {
		for _, pattern := range patterns {
			if found, err := filepath.Glob(filepath.Join(folder, pattern)); err == nil && len(found) > 0 {
				return found[len(found)-1]
			}
		}
	}
	return ""
}

// libraryFolders are patterns of the folders that a system's loader looks into.
func libraryFolders() []string {
	switch runtime.GOOS {
	case "windows":
		return filepath.SplitList(os.Getenv("PATH"))
	case "darwin":
		return append(filepath.SplitList(os.Getenv("DYLD_LIBRARY_PATH")), "/opt/homebrew/lib", "/usr/local/lib")
	}
	return append(filepath.SplitList(os.Getenv("LD_LIBRARY_PATH")), "/usr/local/lib", "/usr/lib/*-linux-gnu*", "/lib/*-linux-gnu*", "/usr/lib64", "/usr/lib", "/lib")
}
