package zkcommit

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"candor/graph"
)

// maxMode is the most bytes of a mode's name.
const maxMode = 16

// ParseEpoch reads an entry of a node's log of epochs, which must be that of the
// chain and the node. Index and Order are not in it.
func ParseEpoch(b []byte, chainID uint64, genesis graph.Hash, node graph.Address) (e Epoch, err error) {
	const fixed = len(epochMagic1) + 8 + 32 + 20
	second := strings.HasPrefix(string(b), epochMagic2)
	if len(b) < fixed+4+8+1 || !second && !strings.HasPrefix(string(b), epochMagic1) {
		return e, fmt.Errorf("these %d bytes announce no epoch, which begins with %q or %q", len(b), epochMagic1[:15], epochMagic2[:15])
	}
	rest, more := b[fixed:], 0
	if second {
		more = len(e.Network) + 4
	}
	e.Lane, e.First = binary.BigEndian.Uint32(rest), binary.BigEndian.Uint64(rest[4:])
	n := int(rest[12])
	if rest = rest[13:]; n > maxMode || len(rest) != n+8+more {
		return e, errors.New("the announcement of an epoch has another length than its mode's name says")
	}
	e.Mode = ProveMode(rest[:n])
	e.Rate, e.Due = binary.BigEndian.Uint32(rest[n:]), binary.BigEndian.Uint32(rest[n+4:])
	if second {
		e.Network, e.Cross = graph.Hash(rest[n+8:n+40]), binary.BigEndian.Uint32(rest[n+40:])
	}
	if string(e.Bytes(chainID, genesis, node)) != string(b) {
		return e, errors.New("the announcement of an epoch is of another chain or node than the log's")
	}
	return e, e.Check()
}
