package evm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/ethereum/go-ethereum/rpc"
)

// patience is how long one endpoint may think about a single question.
const patience = 5 * time.Second

// Client is a client whose every question goes to the endpoints in turn, as those of
// the Source itself do, until one answers: for whoever sends transactions to the
// chain that is read here. An answer that says no, such as a revert, is an answer.
// Nobody can check a call's result; what was caught lying elsewhere is not asked.
// It has neither batches nor subscriptions, and lives until Close.
func (s *Source) Client() (*rpc.Client, error) {
	return rpc.DialOptions(s.open, "http://endpoints", rpc.WithHTTPClient(&http.Client{Transport: asking{s}}))
}

// asking stands where a client's connection would be.
type asking struct{ *Source }

// RoundTrip puts the question to the endpoints.
func (a asking) RoundTrip(r *http.Request) (*http.Response, error) {
	var q struct {
		ID     json.RawMessage   `json:"id"`
		Method string            `json:"method"`
		Params []json.RawMessage `json:"params"`
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, &q); err != nil {
		return nil, fmt.Errorf("this client asks one question at a time: %w", err)
	}
	params := make([]any, len(q.Params))
	for i, p := range q.Params {
		params[i] = p
	}
	var result json.RawMessage
	var no error
	err = a.ask(r.Context(), func(e *endpoint) error {
		ctx, cancel := context.WithTimeout(r.Context(), min(patience, a.cfg.Timeout))
		defer cancel()
		result, no = nil, nil
		err := e.call(ctx, &result, q.Method, params...)
		if saysNo(err) {
			no, err = err, nil
		}
		return err
	})
	if r.Context().Err() != nil {
		return nil, r.Context().Err()
	}
	if err == nil {
		err = no
	}
	return reply(r, q.ID, result, err)
}

// saysNo reports whether the error is the chain's answer and not the endpoint's failure.
func saysNo(err error) bool {
	var coded rpc.Error
	if !errors.As(err, &coded) {
		return false
	}
	var data rpc.DataError
	switch coded.ErrorCode() {
	case -32601, -32005: // no such method, asked too much
		return false
	case -32603: // an internal error, but some say so of reverts
		return errors.As(err, &data) && data.ErrorData() != nil
	}
	kind := kindOf(err)
	return kind != Throttled && kind != TimedOut
}

func reply(r *http.Request, id, result json.RawMessage, err error) (*http.Response, error) {
	type failed struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
		Data    any    `json:"data,omitempty"`
	}
	answer := struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Result  json.RawMessage `json:"result,omitempty"`
		Error   *failed         `json:"error,omitempty"`
	}{Version: "2.0", ID: id, Result: result}
	if err == nil && result == nil {
		answer.Result = json.RawMessage("null")
	} else if err != nil {
		answer.Error = &failed{Code: -32000, Message: err.Error()}
		var coded rpc.Error
		if errors.As(err, &coded) {
			answer.Error.Code = coded.ErrorCode()
		}
		var data rpc.DataError
		if errors.As(err, &data) {
			answer.Error.Data = data.ErrorData()
		}
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: http.StatusOK, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/json"}}, ContentLength: int64(len(body)), Body: io.NopCloser(bytes.NewReader(body))}, nil
}
