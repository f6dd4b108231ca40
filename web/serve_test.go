package web

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"candor/graph"
)

// A request that is under way when the node stops is answered before Serve
// returns, since the node closes its stores then.
func TestServeAnswersBeforeItEnds(t *testing.T) {
	asked, release := make(chan struct{}), make(chan struct{})
	s := server(t, func(graph.Request) (*graph.Page, error) {
		close(asked)
		<-release
		return &graph.Page{}, nil
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended, answered := make(chan error, 1), make(chan int, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	go func() {
		res, err := http.Get("http://" + l.Addr().String() + "/api/v1/feed")
		if err != nil {
			answered <- 0
			return
		}
		defer res.Body.Close()
		_, _ = io.Copy(io.Discard, res.Body)
		answered <- res.StatusCode
	}()
	<-asked
	stop()
	select {
	case <-ended:
		t.Fatal("Serve ended while a request was under way")
	case <-time.After(300 * time.Millisecond):
	}
	close(release)
	if status := <-answered; status != 200 {
		t.Errorf("the request under way got %d", status)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Another part may fail before the server has begun; the node must end then, too.
func TestServeEndsBeforeItBegins(t *testing.T) {
	for range 20 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(context.Background())
		stop()
		ended := make(chan error, 1)
		s := server(t, nil)
		go func() { ended <- s.Serve(ctx, l) }()
		select {
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("Serve goes on after its end")
		}
	}
}

// A request that waits for what never comes is given up.
func TestRequestsHaveAnEnd(t *testing.T) {
	s := server(t, func(graph.Request) (*graph.Page, error) { return &graph.Page{}, nil })
	s.Feeds = patient{}
	s.end()
	if status, body, _ := ask(t, s, "GET", "/api/v1/feed", "", ""); status != 503 {
		t.Errorf("%d %s", status, body)
	}
}

// patient waits until its context ends.
type patient struct{}

func (patient) Feed(ctx context.Context, _ graph.Request) (*graph.Page, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}
