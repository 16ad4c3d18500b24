// Package http is the door of a running model: it starts and stops sessions,
// carries offers and answers to the WebRTC transport, and serves the page.
//
//	page, js-sdk ─► host check ─► CORS ─► route ─► runner:    start_session, stop_session
//	                                        ├────► transport: sdp_params, connections, candidates
//	                                        ├────► uploads:   announced, then sent; files for commands
//	                                        └────► page:      /, *.js, *.css
//
// It speaks to two clients as they were published, without either noticing the
// other. js-sdk 2.9.0 uses the routes below /sessions/{id}/transport/webrtc and
// polls for its answer; 2.2.1 uses /ice_servers and /sdp_params and gets it at
// once. Newer ones ask for an id of their connection and use the routes below it, and
// those that take the server for a cloud begin at /sessions; docs/protocol.md has all
// of them. Every answer of the API is JSON; what went wrong is {"detail": TEXT}.
//
// A [Server] knows no model and no peer connection, keeps no session of its own,
// and has no users: who has its token may use it, and where it has none, whoever
// reaches it. Its [Monitor] hears of what happens to the model, for /events and
// /metrics.
package http
