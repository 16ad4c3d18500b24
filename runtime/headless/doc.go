// Package headless runs sessions over a terminal and files: a person, a script or
// another program types verbs, and the frames become files. Its nouns are the
// [Verb] that a line is, the [Console] that carries verbs out, the [Transport] that
// writes the frames of a session into a folder, and the [Terminal] with its prompt.
//
//	line ──Parse──► Verb ──► Console ──► runner.Start, Stop, Command, Input
//	Transport.WriteFrame ─┬─► queue (bounded) ──► PNG ──► FOLDER/frame_000000.png, FOLDER/TRACK/frame_000000.png
//	                      └─► codec.Stage ──► record.Recorder, where a video is wanted
//	Transport.WriteSound ───► queue (bounded) ──► FOLDER/sound.wav
//	states, messages, outcomes, ends ──► one report: lines for people, or NDJSON
//
// Each track of a session has one goroutine that writes its frames, in their order, each
// file whole or not at all, and so has the sound. What does not fit into its queue is dropped and counted where the
// model is to keep its pace, and held up where nothing may be lost
// (docs/adr/0011). A frame that equals the one before it is counted and not written.
//
// The package reads no flags and does not exit; package app does.
package headless
