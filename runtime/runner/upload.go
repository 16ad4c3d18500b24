package runner

import (
	"context"
	"time"

	"github.com/reactorgen/reactor"
)

// Uploads are the files that clients upload while a session runs. The runner
// calls StartSession and EndSession one at a time, the rest from any goroutine.
type Uploads interface {
	// StartSession announces a session: nothing of the one before may be seen in
	// it. EndSession removes its files.
	StartSession(id string)
	EndSession()

	// Upload returns the file of an upload that is complete. It does not block. The
	// client that sent the command is shown the error.
	Upload(id string) (reactor.File, error)

	// Arrival returns a channel that is closed when an upload that is on its way
	// is complete. It is nil where there is nothing to wait for.
	Arrival(id string) <-chan struct{}
}

// arrivalTime is how long a command waits for the uploads that it refers to. A
// client may send it before the last of their bytes has been seen.
const arrivalTime = 10 * time.Second

// codeUpload is the code of a refusal of a file that is not there.
const codeUpload = "unresolved_upload"

// uploadKey is the member of an object by which it refers to an upload.
const uploadKey = "upload_id"

// File reads an argument that refers to an upload: {"upload_id": ID}. What else a
// client says of it has to be of the right form, and means nothing.
func File(a *Args, name string) reactor.File {
	in := a.Object(name)
	if in.absent {
		return reactor.File{}
	}
	id := Text[string](in, uploadKey)
	for _, said := range []string{"name", "mime_type"} {
		Text[string](in, said)
	}
	Int[int64](in, "size")
	if a.shared.refusal != nil {
		return reactor.File{}
	}
	if a.shared.uploads == nil {
		a.refuse(name, "is a file, and files cannot be uploaded here")
		a.shared.refusal.Code = codeUpload
		return reactor.File{}
	}
	file, err := a.shared.uploads.Upload(id)
	if err != nil {
		a.refuse(name, "is not there: %v", err)
		a.shared.refusal.Code = codeUpload
		return reactor.File{}
	}
	return file
}

// arrivals are those of the uploads on their way that the arguments refer to,
// whether or not as a file: at worst that is a wait for nothing.
func (a *Args) arrivals() []<-chan struct{} {
	if a.shared.uploads == nil {
		return nil
	}
	return arrivals(a.members, a.shared.uploads)
}

func arrivals(v any, uploads Uploads) (all []<-chan struct{}) {
	switch v := v.(type) {
	case map[string]any:
		if id, ok := v[uploadKey].(string); ok {
			if arrival := uploads.Arrival(id); arrival != nil {
				all = append(all, arrival)
			}
		}
		for _, member := range v {
			all = append(all, arrivals(member, uploads)...)
		}
	case []any:
		for _, item := range v {
			all = append(all, arrivals(item, uploads)...)
		}
	}
	return all
}

// await puts a command into the queue when the uploads that it refers to are
// there, or have not come in time. Those that come after it do not wait for it.
func (s *session) await(c *command, uploads []<-chan struct{}) {
	ctx, cancel := context.WithTimeout(s.context, arrivalTime)
	defer cancel()
	for _, arrived := range uploads {
		select {
		case <-arrived:
		case <-ctx.Done():
		}
	}
	s.put(c)
}
