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
	b, err := blob.DefaultURLMux().OpenBucketURL(ctx, withPrefix(u))
	if err != nil {
		return bucket{}, fmt.Errorf("--weights-store %s: %w", u.Redacted(), err)
	}
	return bucket{b}, nil
}

// withPrefix says the folder in a bucket as the drivers want it.
func withPrefix(u *url.URL) *url.URL {
	folder := strings.Trim(u.Path, "/")
	if u.Scheme == "file" || folder == "" {
		return u
	}
	q := u.Query()
	q.Set("prefix", folder+"/"+q.Get("prefix"))
	changed := *u
	changed.Path, changed.RawPath, changed.RawQuery = "", "", q.Encode()
	return &changed
}

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
		return errors.Join(fs.ErrNotExist, err)
	case gcerrors.PermissionDenied:
		return errors.Join(fs.ErrPermission, err)
	}
	return err
}
