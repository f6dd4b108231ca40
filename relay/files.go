package relay

import (
	"context"
	"errors"

	"github.com/ipfs/go-cid"
)

// Filer keeps pictures on IPFS as UnixFS files, and gives the media type that
// their bytes show. It refuses what is none, or too large.
type Filer interface {
	AddFile(ctx context.Context, body []byte) (c cid.Cid, mime string, err error)
}

// ErrNoQuota means that this relay keeps no more this hour.
var ErrNoQuota = errors.New("this relay keeps no more files this hour: try later or elsewhere")

// File keeps a picture, within the same quota as documents.
func (r *Relay) File(ctx context.Context, body []byte) (cid.Cid, string, error) {
	if r.cfg.Files == nil {
		return cid.Undef, "", errors.New("this relay keeps no files: send it elsewhere")
	}
	if !r.cfg.Quota.TakeBlock(len(body)) {
		return cid.Undef, "", ErrNoQuota
	}
	return r.cfg.Files.AddFile(ctx, body)
}
