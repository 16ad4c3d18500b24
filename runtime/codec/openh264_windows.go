//go:build !nodl && (amd64 || arm64)

package codec

import "syscall"

// libraryNames are the names of OpenH264 as Cisco ships it, without the version,
// and as builds with GNU tools call it.
func libraryNames() []string {
	return []string{"openh264.dll", "libopenh264-7.dll", "libopenh264-8.dll", "libopenh264.dll"}
}

func open(name string) (uintptr, error) {
	handle, err := syscall.LoadLibrary(name)
	return uintptr(handle), err
}

func symbol(handle uintptr, name string) (uintptr, error) {
	return syscall.GetProcAddress(syscall.Handle(handle), name)
}
