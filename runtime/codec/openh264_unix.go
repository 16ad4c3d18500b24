//go:build !nodl && (linux || darwin) && (amd64 || arm64)

package codec

import (
	"runtime"

	"github.com/ebitengine/purego"
)

// libraryNames are the names of libopenh264, by its ABI, most widespread first.
func libraryNames() []string {
	if runtime.GOOS == "darwin" {
		return []string{
			"libopenh264.8.dylib", "libopenh264.7.dylib", "libopenh264.6.dylib", "libopenh264.dylib",
			"/opt/homebrew/lib/libopenh264.dylib", "/usr/local/lib/libopenh264.dylib",
		}
	}
	return []string{"libopenh264.so.7", "libopenh264.so.8", "libopenh264.so.6", "libopenh264.so"}
}

func open(name string) (uintptr, error) {
	return purego.Dlopen(name, purego.RTLD_NOW|purego.RTLD_LOCAL)
}

func symbol(handle uintptr, name string) (uintptr, error) {
	return purego.Dlsym(handle, name)
}
