package http

import (
	"embed"
	"io/fs"
	nethttp "net/http"
	"path"
	"strings"
)

// pageFiles is the page as it stands in the folder page.
//
//go:embed page
var pageFiles embed.FS

// contentTypes are the kinds of files that the page consists of. They are named
// here because the operating system's table may say otherwise.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".svg":  "image/svg+xml",
	".png":  "image/png",
	".ico":  "image/x-icon",
}

// page serves a file of the page, and index.html for the root. It is also where
// requests end that no route takes.
func page(w nethttp.ResponseWriter, r *nethttp.Request) error {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" {
		name = "index.html"
	}
	kind, known := contentTypes[path.Ext(name)]
	if !known || r.Method != nethttp.MethodGet && r.Method != nethttp.MethodHead {
		return notFound(r)
	}
	content, err := fs.ReadFile(pageFiles, path.Join("page", name))
	if err != nil {
		return notFound(r)
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	w.Write(content)
	return nil
}

func notFound(r *nethttp.Request) error {
	return &problem{status: nethttp.StatusNotFound, Detail: "Not Found: " + r.Method + " " + r.URL.Path}
}
