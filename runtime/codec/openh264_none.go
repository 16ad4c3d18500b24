//go:build nodl || !(linux || darwin || windows) || !(amd64 || arm64)

package codec

import "errors"

func probeOpenH264() (Backend, error) {
	return Backend{}, errors.New("this program was built without loading of libraries")
}
