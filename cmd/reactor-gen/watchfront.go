package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/textproto"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	maxConnections = 256              // of clients, at once
	requestTime    = 10 * time.Second // for a request while there is no program
	maxRequest     = 64 << 10         // bytes of its head
	maxText        = 16 << 10         // bytes of the text of news
)

// front has the port that people open. Each connection is passed on, byte by byte, to
// the program that serves, and ends when another one does: what clients ask next, they
// ask that one. Without a program it answers itself, with what is wrong.
type front struct {
	listener net.Listener
	ended    chan *process // a program that served has ended
	over     chan struct{} // closed when nobody asks for that any more

	mu      sync.Mutex
	current *process // nil while none serves
	news    news
	open    map[net.Conn]struct{} // of the program that serves, both sides
}

func openFront(host string, port uint16) (*front, error) {
	l, err := listen(host, port)
	if err != nil {
		return nil, err
	}
	return &front{listener: l, ended: make(chan *process), over: make(chan struct{}), news: news{Kind: "building"}, open: make(map[net.Conn]struct{})}, nil
}

// url is where people open it: on this machine if it is every address. A token is where
// a browser keeps it to itself.
func (f *front) url(token string) string {
	a := f.listener.Addr().(*net.TCPAddr).AddrPort()
	if a.Addr().IsUnspecified() {
		a = netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), a.Port())
	}
	if token != "" {
		token = "/#token=" + token
	}
	return "http://" + a.String() + token
}

// serve takes connections until ctx is done, and returns when all have ended.
func (f *front) serve(ctx context.Context) {
	defer context.AfterFunc(ctx, func() { f.listener.Close() })()
	defer close(f.over)
	var connections sync.WaitGroup
	defer connections.Wait()
	slots := make(chan struct{}, maxConnections)
	for {
		slots <- struct{}{}
		c, err := f.listener.Accept()
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			time.Sleep(50 * time.Millisecond) // as of files that are all in use
			<-slots
			continue
		}
		connections.Go(func() {
			defer func() { <-slots }()
			defer c.Close()
			f.connection(ctx, c)
		})
	}
}

// connection passes one on to the program that serves.
func (f *front) connection(ctx context.Context, client net.Conn) {
	p := f.serving()
	if p == nil {
		f.answer(ctx, client)
		return
	}
	server, err := new(net.Dialer).DialContext(ctx, "tcp", p.address)
	if err != nil {
		f.answer(ctx, client)
		return
	}
	defer server.Close()
	if f.hold(p, client, server) {
		defer f.release(client, server)
		pass(client, server)
	}
}

// pass copies both ways until the server has ended, or the client is gone.
func pass(client, server net.Conn) {
	var up sync.WaitGroup
	up.Go(func() {
		_, _ = io.Copy(server, client) // either end may break off
		_ = server.(*net.TCPConn).CloseWrite()
	})
	_, _ = io.Copy(client, server)
	client.Close()
	up.Wait()
}

// hold notes the connections as those of a program, unless it serves no more.
func (f *front) hold(p *process, connections ...net.Conn) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.current != p {
		return false
	}
	for _, c := range connections {
		f.open[c] = struct{}{}
	}
	return true
}

func (f *front) release(connections ...net.Conn) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range connections {
		delete(f.open, c)
	}
}

func (f *front) serving() *process {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.current
}

// swap lets a program serve, or none, and returns the one that did. Its connections
// are closed.
func (f *front) swap(p *process) (before *process) {
	f.mu.Lock()
	before = f.current
	n := f.news
	if p != nil {
		n = news{Kind: "serving"}
	}
	f.become(p, n)
	f.mu.Unlock()
	if p != nil {
		go f.await(p)
	}
	return before
}

// become has a program serve, or none, and closes the connections of the one before.
// The caller has f.mu.
func (f *front) become(p *process, n news) {
	f.current, f.news = p, n
	for c := range f.open {
		c.Close()
	}
	clear(f.open)
}

// await tells of the end of a program while it serves. It ends with the program.
func (f *front) await(p *process) {
	<-p.done
	if f.serving() != p {
		return
	}
	select {
	case f.ended <- p:
	case <-f.over:
	}
}

// drop has none serve in the place of a program that has ended, with the news of that.
// It tells whether that one did: another may serve by now, and stays.
func (f *front) drop(p *process, n news) bool {
	f.mu.Lock()
	serves := f.current == p
	if serves {
		f.become(nil, n.short())
	}
	f.mu.Unlock()
	if serves {
		_ = p.input.Close()
	}
	return serves
}

// tell makes news the newest, for all who ask. The program that serves may be slow to
// take them, for which nobody else waits.
func (f *front) tell(n news) {
	n = n.short()
	f.mu.Lock()
	f.news = n
	p := f.current
	f.mu.Unlock()
	if p != nil {
		p.tell(n)
	}
}

// short is the news with no more text than a page can show.
func (n news) short() news {
	if len(n.Text) > maxText {
		n.Text = strings.ToValidUTF8(n.Text[:maxText], "") + "\n... the terminal has the rest"
	}
	return n
}

// answer answers one request while there is no program: with the news for the page of
// one that was, which asks again and again, and with a text for everybody else.
func (f *front) answer(ctx context.Context, c net.Conn) {
	defer context.AfterFunc(ctx, func() { c.Close() })()
	_ = c.SetDeadline(time.Now().Add(requestTime)) // a connection that takes none fails
	r := textproto.NewReader(bufio.NewReader(io.LimitReader(c, maxRequest)))
	line, err := r.ReadLine()
	if err != nil {
		return
	}
	header, err := r.ReadMIMEHeader()
	if err != nil {
		return
	}
	f.mu.Lock()
	n := f.news
	f.mu.Unlock()
	if !f.onLoopback() && n.Text != "" {
		n.Text = "The terminal says more: the author's files are nobody else's." // whoever asks has shown no token
	}
	switch {
	case f.onLoopback() && !isLocalName(header.Get("Host")):
		write(c, "421 Misdirected Request", "text/plain; charset=utf-8", "This is for its own machine only; open it as localhost.\n")
	case strings.HasPrefix(line, "GET /watch "):
		text, _ := json.Marshal(n) // there is no error for texts
		write(c, "200 OK", "text/event-stream", fmt.Sprintf("retry: 500\ndata: {\"program\":\"\",\"news\":%s}\n\n", text))
	default:
		write(c, "503 Service Unavailable", "text/plain; charset=utf-8", noProgram(n), "Refresh: 1", "Retry-After: 1")
	}
}

// noProgram is what a browser shows until there is a program.
func noProgram(n news) string {
	if n.Kind == "error" {
		return n.Title + ". It is tried again at the next save.\n\n" + n.Text + "\n"
	}
	return "The program is being built.\n"
}

// write writes an HTTP answer, the last one of its connection.
func write(w io.Writer, status, kind, body string, more ...string) {
	head := []string{"HTTP/1.1 " + status, "Content-Type: " + kind, "Content-Length: " + strconv.Itoa(len(body)),
		"Cache-Control: no-store", "X-Content-Type-Options: nosniff", "Connection: close"}
	_, _ = io.WriteString(w, strings.Join(append(head, more...), "\r\n")+"\r\n\r\n"+body) // that the client has gone is not looked at
}

func (f *front) onLoopback() bool { return f.listener.Addr().(*net.TCPAddr).IP.IsLoopback() }

// isLocalName tells whether a Host header names the loopback: localhost and the names
// below it (RFC 6761, section 6.3), or an address of it, with any port.
func isLocalName(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.Trim(host, "[]")
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	a, err := netip.ParseAddr(name)
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || err == nil && a.Unmap().IsLoopback()
}
