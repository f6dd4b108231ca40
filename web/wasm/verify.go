package main

import (
	"encoding/json"
	"errors"
	"time"

	"candor/feeds/select"
	"candor/zkcommit"
	tools "candor/zkcommit/verify"
)

// answer is what candorVerify returns.
type answer struct {
	zkcommit.Finding
	Error string `json:"error,omitempty"` // the string is no bundle: one sentence
}

// verify checks a bundle. It never panics on what it is sent.
func verify(doc []byte) string {
	b, err := zkcommit.ParseBundle(doc)
	a := answer{Finding: zkcommit.Finding{Checks: []zkcommit.Check{}, Proofs: []string{}, Root: zkcommit.RootBundle}}
	switch {
	case errors.Is(err, zkcommit.ErrNoBundle):
		a.Error = err.Error()
	case err != nil:
		a.Checks = append(a.Checks, zkcommit.Check{Name: "bundle", Detail: err.Error()})
	default:
		t := tools.Tools()
		t.Select, t.Now = selection.Select, uint64(time.Now().Unix())
		a.Finding = b.Check(t)
	}
	out, err := json.Marshal(a)
	if err != nil {
		return `{"valid":false,"checks":[],"error":"the finding cannot be written"}`
	}
	return string(out)
}
