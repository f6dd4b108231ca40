package witness

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"candor/zkcommit"
)

const (
	maxPath    = 63 // hashes of a consistency proof
	maxRequest = zkcommit.MaxCheckpoint + maxPath*45 + 64
	sizeType   = "text/x.tlog.size"
)

// Handler serves the protocol: POST /add-checkpoint for logs, and
// GET /ORIGIN-HASH/checkpoint for monitors.
func (w *Witness) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /add-checkpoint", w.add)
	mux.HandleFunc("GET /{log}/checkpoint", func(rw http.ResponseWriter, r *http.Request) {
		cp, ok := w.Newest(r.PathValue("log"))
		if !ok {
			http.Error(rw, "this witness cosigned no checkpoint of that log", http.StatusNotFound)
			return
		}
		h := rw.Header()
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("Access-Control-Allow-Origin", "*") // readers compare a log with its witness from other pages
		h.Set("Cache-Control", "no-cache")
		_, _ = rw.Write(cp) // a monitor that hangs up is none of ours
	})
	return mux
}

func (w *Witness) add(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, maxRequest))
	if err != nil {
		http.Error(rw, fmt.Sprintf("a request has at most %d bytes", maxRequest), http.StatusRequestEntityTooLarge)
		return
	}
	q, err := parseRequest(body)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusBadRequest)
		return
	}
	line, err := w.Add(q.old, q.path, q.checkpoint)
	var no Refusal
	switch {
	case err == nil:
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = rw.Write(line)
	case errors.As(err, &no) && no.Status == http.StatusConflict:
		rw.Header().Set("Content-Type", sizeType)
		rw.WriteHeader(no.Status)
		fmt.Fprintf(rw, "%d\n", no.Size)
	case errors.As(err, &no):
		http.Error(rw, no.Says, no.Status)
	default:
		w.warn(err.Error())
		http.Error(rw, "the witness cannot cosign now, try again", http.StatusInternalServerError)
	}
}

// request is the body of add-checkpoint.
type request struct {
	old        uint64
	path       [][]byte
	checkpoint []byte
}

// parseRequest reads a request in its one spelling. The checkpoint is unchecked.
func parseRequest(body []byte) (q request, err error) {
	bad := errors.New("this is no request of add-checkpoint: see https://c2sp.org/tlog-witness")
	top, checkpoint, ok := bytes.Cut(body, []byte("\n\n"))
	if !ok {
		return q, bad
	}
	q.checkpoint = checkpoint
	lines := strings.Split(string(top), "\n")
	size, ok := strings.CutPrefix(lines[0], "old ")
	if q.old, err = parseSize(size); !ok || err != nil {
		return q, bad
	}
	if lines = lines[1:]; len(lines) > maxPath {
		return q, fmt.Errorf("a consistency proof has at most %d hashes", maxPath)
	}
	for _, l := range lines {
		h, err := base64.StdEncoding.DecodeString(l)
		if err != nil || len(h) != 32 || base64.StdEncoding.EncodeToString(h) != l {
			return q, bad
		}
		q.path = append(q.path, h)
	}
	return q, nil
}

// parseSize reads a decimal without leading zeroes.
func parseSize(s string) (uint64, error) {
	n, err := strconv.ParseUint(s, 10, 64)
	if err == nil && strconv.FormatUint(n, 10) != s {
		err = errors.New("a size has one spelling")
	}
	return n, err
}

// bytes are the request as it is sent.
func (q request) bytes() []byte {
	b := fmt.Appendf(nil, "old %d\n", q.old)
	for _, h := range q.path {
		b = fmt.Appendf(b, "%s\n", base64.StdEncoding.EncodeToString(h))
	}
	return append(append(b, '\n'), q.checkpoint...)
}
