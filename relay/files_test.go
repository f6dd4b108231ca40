package relay_test

import (
	"context"
	"errors"
	"testing"

	"candor/graph"
	"candor/relay"

	"github.com/ipfs/go-cid"
)

type shelf struct{ kept int }

func (s *shelf) AddFile(_ context.Context, body []byte) (cid.Cid, string, error) {
	s.kept++
	c, err := graph.DocumentCID(body)
	return c, "image/png", err
}

func TestFilesCountAgainstTheQuota(t *testing.T) {
	s := &shelf{}
	w := newWorld(t, func(c *relay.Config) { c.Files, c.Quota = s, &relay.Hourly{BlockBytes: 10} })
	if _, kind, err := w.relay.File(t.Context(), make([]byte, 8)); err != nil || kind != "image/png" {
		t.Fatal(kind, err)
	}
	if _, _, err := w.relay.File(t.Context(), make([]byte, 8)); !errors.Is(err, relay.ErrNoQuota) || s.kept != 1 {
		t.Errorf("%v, %d kept", err, s.kept)
	}
	if _, _, err := newWorld(t, nil).relay.File(t.Context(), nil); err == nil {
		t.Error("a relay without a shelf keeps files")
	}
}
