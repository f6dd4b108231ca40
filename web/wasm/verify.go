package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"candor/feeds/select"
	"candor/graph"
	"candor/zkcommit"
	tools "candor/zkcommit/verify"
)

// answer is what candorVerify returns.
type answer struct {
	zkcommit.Finding
	Error string `json:"error,omitempty"` // the string is no bundle: one sentence
}

// opens says whether a reveal document (hexadecimal) holds the model that the commitment
// (0x and hexadecimal) is of, as {"valid", "error"}.
func opens(document, commitment string) string {
	err := open(document, commitment)
	a := struct {
		Valid bool   `json:"valid"`
		Error string `json:"error,omitempty"`
	}{Valid: err == nil}
	if err != nil {
		a.Error = err.Error()
	}
	out, err := json.Marshal(a)
	if err != nil {
		return `{"valid":false,"error":"the finding cannot be written"}`
	}
	return string(out)
}

func open(document, commitment string) error {
	var c graph.Hash
	if err := c.UnmarshalText([]byte(commitment)); err != nil {
		return fmt.Errorf("%.80q is no commitment", commitment)
	}
	b, err := hex.DecodeString(document)
	if err != nil {
		return errors.New("the document is not hexadecimal")
	}
	r, err := zkcommit.ParseReveal(b)
	if err != nil {
		return err
	}
	return r.Opens(c)
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
