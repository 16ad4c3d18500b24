package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob" // file://
	_ "gocloud.dev/blob/gcsblob"  // gs://
	_ "gocloud.dev/blob/s3blob"   // s3://
	"gocloud.dev/gcerrors"
)

// bucket is a store of weights in a bucket: a [weights.Store].
type bucket struct{ *blob.Bucket }

// openBucket opens the store of a URL. What follows the name of a bucket is the
// folder in it.
func openBucket(ctx context.Context, text string) (bucket, error) {
	u, err := url.Parse(text)
	if err != nil {
		return bucket{}, fmt.Errorf("--weights-store: %w", err)
	}
	if !slices.Contains([]string{"file", "s3", "gs"}, u.Scheme) {
		return bucket{}, fmt.Errorf("--weights-store %s: want a URL that begins with file:///, s3:// or gs://", u.Redacted())
	}
	if u.Scheme == "file" && u.Host != "" && u.Host != "." {
		return bucket{}, fmt.Errorf("--weights-store %s: a folder's URL has three slashes: file:///%s%s", u.Redacted(), u.Host, u.Path)
	}
	b, err := blob.DefaultURLMux().OpenBucketURL(ctx, forDriver(u))
	if err != nil {
		return bucket{}, fmt.Errorf("--weights-store %s: %w", u.Redacted(), err)
	}
	return bucket{b}, nil
}

// forDriver says the folder in a bucket as the drivers want it. What comes is held
// against the lock, so that no other sum of S3 is missed where it has none.
func forDriver(u *url.URL) *url.URL {
	changed, q := *u, u.Query()
	if u.Scheme == "s3" && !q.Has(checksums) {
		q.Set(checksums, "when_required")
	}
	if folder := strings.Trim(u.Path, "/"); u.Scheme != "file" && folder != "" {
		q.Set("prefix", folder+"/"+q.Get("prefix"))
		changed.Path, changed.RawPath = "", ""
	}
	changed.RawQuery = q.Encode()
	return &changed
}

// checksums is a parameter of s3:// URLs.
const checksums = "response_checksum_validation"

// Open returns the content of a file from an offset on.
func (b bucket) Open(ctx context.Context, key string, offset int64) (io.ReadCloser, int64, error) {
	r, err := b.NewRangeReader(ctx, key, offset, -1, nil)
	if err != nil {
		return nil, 0, final(err)
	}
	return r, r.Size(), nil
}

// final marks the errors that another try does not cure.
func final(err error) error {
	switch gcerrors.Code(err) {
	case gcerrors.NotFound:
		return &refusal{"the store does not have it", fs.ErrNotExist, err}
	case gcerrors.PermissionDenied:
		return &refusal{"the store does not give it", fs.ErrPermission, err}
	}
	if isStranger(err) {
		return &refusal{"the store does not know us (for a public bucket, add anonymous=true to the URL)", fs.ErrPermission, err}
	}
	return err
}

// isStranger tells whether an error is about credentials: there are none, or the
// store does not take them.
func isStranger(err error) bool {
	coded, ok := errors.AsType[interface {
		error
		ErrorCode() string
	}](err)
	refused := []string{"InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken"}
	return ok && slices.Contains(refused, coded.ErrorCode()) || strings.Contains(err.Error(), "get credentials:")
}

// refusal is what a store answers to whoever may ask again and again.
type refusal struct {
	text  string
	kind  error
	cause error
}

func (r *refusal) Error() string   { return r.text + ": " + r.cause.Error() }
func (r *refusal) Unwrap() []error { return []error{r.kind, r.cause} }
