package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"time"

	"candor/graph"
	"candor/web"
	"candor/zkcommit"
	"candor/zkcommit/parts"

	"github.com/ipfs/go-cid"
)

// Uploads that are open at once, and how long one may rest between parts before it makes
// room for others.
const (
	uploadsAtOnce = 4
	uploadRest    = time.Minute
)

// upload is a ciphertext that comes in parts. They wait in one file outside IPFS, so that
// what never comes whole leaves nothing there.
type upload struct {
	ask   zkcommit.Custody // of who began it
	file  *parts.File
	place string
	last  time.Time // when a part came
	got   []bool
	at    *os.File
}

// upload is that of the file, begun if it is not under way. Its whole size counts before a
// part is read.
func (c *custody) upload(ctx context.Context, ask zkcommit.Custody, f *parts.File, place string) (*upload, error) {
	if u := c.coming[f.Name.KeyString()]; u != nil {
		return u, nil
	}
	if err := c.meant(ctx, &ask, f.Size); err != nil {
		return nil, err
	}
	now := time.Now()
	for _, u := range c.coming {
		if now.Sub(u.last) > uploadRest {
			c.drop(u)
		} else if u.place == place {
			return nil, busy("another upload from your network is under way: end that first, or wait until it has rested for %s", uploadRest)
		}
	}
	if len(c.coming) >= uploadsAtOnce {
		return nil, busy("%d uploads are under way, as many as this node takes at once: ask again later, or another node", uploadsAtOnce)
	}
	if err := c.room(ctx, int64(f.Size), f.Name); err != nil {
		return nil, err
	}
	at, err := os.OpenFile(c.path(f.Name.String()+".coming"), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	u := &upload{ask: ask, file: f, place: place, last: now, got: make([]bool, len(f.Parts)), at: at}
	c.coming[f.Name.KeyString()] = u
	return u, nil
}

func busy(format string, a ...any) error {
	return &graph.ErrAsk{Detail: fmt.Sprintf(format, a...), Retry: uint64(uploadRest.Seconds())}
}

// drop ends an upload, whole or not.
func (c *custody) drop(u *upload) {
	delete(c.coming, u.file.Name.KeyString())
	u.at.Close()
	if err := os.Remove(u.at.Name()); err != nil {
		c.log.Warn("what had come of an upload stays on the disk until the next start", "file", u.at.Name(), "err", err)
	}
}

func (u *upload) missing() (all []int) {
	for i, ok := range u.got {
		if !ok {
			all = append(all, i)
		}
	}
	return all
}

// part reads what came.
func (u *upload) part(i int) ([]byte, error) {
	b := make([]byte, u.file.PartSize(i))
	_, err := u.at.ReadAt(b, int64(i)*parts.Size)
	return b, err
}

// Part implements web.Custody. The first part comes first, as it tells a ciphertext's date.
func (c *custody) Part(_ context.Context, of cid.Cid, i int, part []byte) error {
	c.one.Lock()
	defer c.one.Unlock()
	u := c.coming[of.KeyString()]
	switch {
	case u == nil:
		return &web.Refusal{Status: http.StatusNotFound, Detail: "no upload of that ciphertext is under way: send the list of its parts first"}
	case i < 0 || i >= len(u.got):
		return graph.Malformed("there is no part %d: they are 0 to %d", i, len(u.got)-1)
	case u.got[i]:
		return nil
	case i > 0 && !u.got[0]:
		return graph.Malformed("part 0 comes first: send that")
	case len(part) != u.file.PartSize(i):
		return graph.Malformed("part %d has %d bytes, and the list says %d", i, len(part), u.file.PartSize(i))
	}
	if name, err := u.file.Parts[i].Prefix().Sum(part); err != nil || !name.Equals(u.file.Parts[i]) {
		return graph.Malformed("part %d is another one than the list names", i)
	}
	if i == 0 && u.ask.RevealBy != 0 {
		if err := c.promised(&u.ask, part); err != nil {
			c.drop(u)
			return err
		}
	}
	if _, err := u.at.WriteAt(part, int64(i)*parts.Size); err != nil {
		return err
	}
	u.got[i], u.last = true, time.Now()
	return nil
}
