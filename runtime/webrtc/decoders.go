package webrtc

import (
	"fmt"
	"log/slog"

	"github.com/reactorgen/reactor/runtime/codec"
)

// decoders are the ways to decode what viewers send, and the reasons for those
// that there are not.
type decoders struct {
	usable  []codec.DecoderBackend
	missing []codec.Missing
}

// findDecoders looks for them: in the options, or else on this machine.
func findDecoders(given []codec.DecoderBackend, log *slog.Logger) decoders {
	d := decoders{usable: given}
	if given == nil {
		d.usable, d.missing = codec.ProbeDecoders()
	}
	for _, b := range d.usable {
		log.Debug("decoder", "format", b.Format, "name", b.Name)
	}
	for _, m := range d.missing {
		log.Debug("no decoder", "name", m.Name, "reason", m.Reason)
	}
	return d
}

// decoder returns the way to decode a format. The error says why there is none.
func (t *Transport) decoder(format codec.Format) (codec.DecoderBackend, error) {
	all := t.decoders()
	for _, b := range all.usable {
		if b.Format == format {
			return b, nil
		}
	}
	err := fmt.Errorf("nothing here decodes %s", format)
	for _, m := range all.missing {
		err = fmt.Errorf("%w; %s: %w", err, m.Name, m.Reason)
	}
	return codec.DecoderBackend{}, err
}

// Decodes tells whether viewers can send video: there is a decoder for a format
// that we speak.
func (t *Transport) Decodes() bool {
	for _, b := range t.backends {
		if _, err := t.decoder(b.Format); err == nil {
			return true
		}
	}
	return false
}
