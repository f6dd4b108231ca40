package graph

import (
	"encoding/json"
	"fmt"
)

// Request is what a reader asks for.
type Request struct {
	Viewer  Address // zero: anonymous
	Reader  Address // who asks, as its session shows; zero: nobody signed in
	Place   string  // where it comes from, a network such as 192.0.2.0/24
	Ranker  string  // "" is the first of the catalogue
	Filters []string
	Values  map[string]int32 // of the ranker's parameters, by name; its defaults for those that are not there
	Block   *uint64          // nil: the newest that is final
	Limit   int              // 1 to MaxLimit
	Cursor  string           // "" for the beginning
	Nonce   Hash             // the asker's, for the ticket of a new run; zero: none
}

// Own tells whether the reader asks for its own feed: its run is opened to it alone.
func (r *Request) Own() bool { return r.Viewer != Address{} && r.Viewer == r.Reader }

// MaxLimit is the most items of one page of any list.
const MaxLimit = 100

// History is how many blocks back a request may ask.
const History = 256

// ErrAsk is a request that cannot be answered; its text tells the asker what to send.
type ErrAsk struct {
	Missing bool   // the thing asked for does not exist, rather than being malformed
	Passing bool   // the same request may be answered in a moment
	Retry   uint64 // seconds until it may be: the asker asked too often; 0: it did not
	Detail  string
}

func (e *ErrAsk) Error() string { return e.Detail }

// Malformed is the error for a request that says nothing sensible.
func Malformed(format string, a ...any) error { return &ErrAsk{Detail: fmt.Sprintf(format, a...)} }

// NotFound is the error for a request that names what does not exist.
func NotFound(format string, a ...any) error {
	return &ErrAsk{Missing: true, Detail: fmt.Sprintf(format, a...)}
}

// Later is the error for a request that came at a bad moment.
func Later(format string, a ...any) error {
	return &ErrAsk{Passing: true, Detail: fmt.Sprintf(format, a...)}
}

// TooOften is the error for a request of someone who asked too often, and may again in
// so many seconds.
func TooOften(retry uint64, format string, a ...any) error {
	return &ErrAsk{Retry: max(1, retry), Detail: fmt.Sprintf(format, a...)}
}

// ErrAborted is a request for a run that came to nothing after the node had promised
// it: the log will hold an abort in its place.
type ErrAborted struct {
	Ticket json.RawMessage // signed: what the asker can hold the node to
	Reason string          // of the abort
	Cause  error           // for the operator
}

func (e *ErrAborted) Error() string {
	return fmt.Sprintf("a run was aborted (%s): %v", e.Reason, e.Cause)
}
func (e *ErrAborted) Unwrap() error { return e.Cause }
