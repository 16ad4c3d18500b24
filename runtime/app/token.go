package app

import (
	"crypto/rand"
	"errors"
	"net"
	"strings"
)

// minToken is how many characters a token has at least. One of letters and digits
// cannot be guessed then, at the pace at which requests are answered.
const minToken = 16

// checkToken says what is wrong with a token that was given: it has to go into a
// header as it is (RFC 6750, section 2.1).
func (f *flags) checkToken() error {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/="
	switch {
	case f.token == "":
		return nil
	case f.anyone:
		return errors.New("--token and --allow-anyone say opposite things; leave one of them out")
	case len(f.token) < minToken || strings.Trim(f.token, letters) != "":
		// Without the token: it would be in a log then.
		return errors.New("--token: want 16 or more letters, digits, and of -._~+/=")
	}
	return nil
}

// tokenFor returns the token that requests through l must carry, or none, and
// whether it was made here: one that was given is not to be repeated anywhere.
func (f *flags) tokenFor(l net.Listener) (token string, made bool) {
	switch {
	case f.token != "":
		return f.token, false
	case f.anyone || onLoopback(l):
		return "", false
	}
	return rand.Text(), true
}
