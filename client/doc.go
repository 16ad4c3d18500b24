// Package client is one viewer of a model, in Go: it sends commands, is told how
// each ended, hears messages, and counts frames. It is what the clients that
// reactor-gen client go writes are made of.
//
//	Dial ──HTTP──► session ──offer, answer──► peer connection
//	Command ──► data channel ──► Applied, *Refused, *Failed
//	                  ├────────► Options.OnMessage
//	           video ─┴────────► Frames
//
// It speaks the protocol of @reactor-team/js-sdk 2.9.0 to a model that is served
// on a machine that it can reach directly. It does not decode video, sends none,
// and does not reconnect.
package client
