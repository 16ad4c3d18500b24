package client

import (
	"encoding/json"
	"time"
)

// Duration is a time as commands take it: in JSON it is a number of seconds.
type Duration time.Duration

// MarshalJSON implements json.Marshaler.
func (d Duration) MarshalJSON() ([]byte, error) { return json.Marshal(time.Duration(d).Seconds()) }

// File stands for a file that was uploaded to the model.
type File struct {
	UploadID string `json:"upload_id"`
	Name     string `json:"name,omitempty"`
	MimeType string `json:"mime_type,omitempty"`
	Size     int64  `json:"size,omitempty"` // bytes
}
