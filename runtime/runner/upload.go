package runner

import "github.com/reactorgen/reactor"

// Uploads are the files that clients have uploaded: a transport that takes
// uploads has them.
type Uploads interface {
	// Upload returns the file of an upload that is complete. It does not block: a
	// transport that waits for the bytes of an upload does so before it hands on
	// the command. The client that sent the command is shown the error.
	Upload(id string) (reactor.File, error)
}

// codeUpload is the code of a refusal of a file that is not there.
const codeUpload = "unresolved_upload"

// File reads an argument that refers to an upload: {"upload_id": ID}. What else a
// client says of it has to be of the right form, and means nothing.
func File(a *Args, name string) reactor.File {
	in := a.Object(name)
	if in.absent {
		return reactor.File{}
	}
	id := Text[string](in, "upload_id")
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
