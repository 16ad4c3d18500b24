// Command digest is a model that tells what files it was given, so that a test can
// hold the bytes that a viewer has uploaded against those that arrived.
//
//	file of a viewer ─► upload ─► command ─► SHA-256 ─► message
//
// It shows one grey picture and is no example.
package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"time"

	"github.com/reactorgen/reactor"
)

//go:generate go tool reactor-gen generate

// Digest answers with what a file is.
//
//reactor:model name=digest
type Digest struct{}

// Digested is what a file is.
//
//reactor:message digested
type Digested struct {
	Note   string `json:"note"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// StartSession waits for files.
func (m *Digest) StartSession(ctx reactor.Context) error {
	grey := reactor.NewBlock(1, 90, 160)
	for i := range grey.Pix {
		grey.Pix[i] = 90
	}
	if err := ctx.EmitBlock(grey); err != nil {
		return err
	}
	for ctx.Wait(time.Hour) == nil {
	}
	return nil
}

// Digest tells what a file is.
//
//reactor:command digest description="Tell what a file is"
//reactor:param file description="Any file"
//reactor:param note description="Is sent back" default=""
func (m *Digest) Digest(ctx reactor.Context, file reactor.File, note string) error {
	return send(ctx, file, note)
}

// Compare tells what some files are.
//
//reactor:command compare description="Tell what some files are"
//reactor:param files description="Any files" maxitems=3
//reactor:param other description="One more"
func (m *Digest) Compare(ctx reactor.Context, files []reactor.File, other *reactor.File) error {
	if other != nil {
		files = append(files, *other)
	}
	for i, file := range files {
		if err := send(ctx, file, fmt.Sprint(i)); err != nil {
			return err
		}
	}
	return nil
}

// Pin takes one file and nothing else.
//
//reactor:command pin description="Keep a file in mind"
//reactor:param file
func (m *Digest) Pin(ctx reactor.Context, file reactor.File) error { return send(ctx, file, "pinned") }

func send(ctx reactor.Context, file reactor.File, note string) error {
	content, err := file.Open()
	if err != nil {
		return err
	}
	defer content.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, content); err != nil {
		return err
	}
	return ctx.Send(Digested{note, file.Name, file.ContentType, file.Size, fmt.Sprintf("%x", sum.Sum(nil))})
}
