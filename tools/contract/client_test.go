package contract

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// client asks a server, and has every answer validated.
type client struct {
	t      *testing.T
	base   string
	router routers.Router
	asked  map[string]bool // operations
}

func newClient(t *testing.T, base string) *client {
	t.Helper()
	openapi3filter.RegisterBodyDecoder("application/vnd.apple.mpegurl", openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder("text/event-stream", openapi3filter.FileBodyDecoder)
	doc, err := openapi3.NewLoader().LoadFromFile("../../docs/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	doc.Servers = openapi3.Servers{{URL: base}}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t: t, base: base, router: router, asked: map[string]bool{}}
	t.Cleanup(func() {
		for path, item := range doc.Paths.Map() {
			for method, operation := range item.Operations() {
				if !c.asked[operation.OperationID] {
					t.Errorf("%s %s was not asked for", method, path)
				}
			}
		}
	})
	return c
}

// answer is what a server answered.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// field returns a text or number of the body, which is JSON.
func (a answer) field(t *testing.T, name string) string {
	t.Helper()
	var all map[string]json.RawMessage
	if err := json.Unmarshal(a.body, &all); err != nil {
		t.Fatalf("%s: %v", a.body, err)
	}
	return strings.Trim(string(all[name]), `"`)
}

// ask makes a request that the description allows, and wants one of its answers.
func (c *client) ask(want int, method, path, body string) answer {
	c.t.Helper()
	return c.send(want, method, path, body, true)
}

// pester makes a request that the description does not allow.
func (c *client) pester(want int, method, path, body string) answer {
	c.t.Helper()
	return c.send(want, method, path, body, false)
}

func (c *client) send(want int, method, path, body string, allowed bool) answer {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 20*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	switch {
	case strings.HasPrefix(path, "/uploads/"):
		request.Header.Set("Content-Type", "application/octet-stream")
	case body != "":
		request.Header.Set("Content-Type", "application/json")
	}
	input := c.describe(request)
	if err := openapi3filter.ValidateRequest(ctx, input); allowed && err != nil {
		c.t.Errorf("%s %s: the request is not as described: %v", method, path, err)
	}
	request.Body = io.NopCloser(strings.NewReader(body))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	got := answer{status: response.StatusCode, header: response.Header, body: c.read(response)}
	if got.status != want {
		c.t.Errorf("%s %s: status %d, want %d: %s", method, path, got.status, want, got.body)
	}
	c.validate(ctx, input, got)
	return got
}

// describe finds the operation of a request.
func (c *client) describe(r *http.Request) *openapi3filter.RequestValidationInput {
	c.t.Helper()
	route, params, err := c.router.FindRoute(r)
	if err != nil {
		c.t.Fatalf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	c.asked[route.Operation.OperationID] = true
	return &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, Route: route,
		Options: &openapi3filter.Options{
			IncludeResponseStatus: true,
			AuthenticationFunc:    openapi3filter.NoopAuthenticationFunc,
		},
	}
}

// read reads a body; of a stream, its beginning.
func (c *client) read(r *http.Response) []byte {
	c.t.Helper()
	if strings.HasPrefix(r.Header.Get("Content-Type"), "text/event-stream") {
		begin := make([]byte, 4096)
		n, err := r.Body.Read(begin)
		if err != nil {
			c.t.Error(err)
		}
		return begin[:n]
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		c.t.Error(err)
	}
	return body
}

// validate holds an answer to the description.
func (c *client) validate(ctx context.Context, in *openapi3filter.RequestValidationInput, a answer) {
	c.t.Helper()
	err := openapi3filter.ValidateResponse(ctx, &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: a.status, Header: a.header,
		Body: io.NopCloser(bytes.NewReader(a.body)), Options: in.Options,
	})
	if err != nil {
		c.t.Errorf("%s %s: the answer %d is not as described: %v\n%s", in.Request.Method, in.Request.URL.Path, a.status, err, a.body)
	}
}
