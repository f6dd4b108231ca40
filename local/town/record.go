package town

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"slices"
	"strings"
	"time"
)

// record is an event's record: strings, lists of strings and records.
type record map[string]any

// cid is the record's true CIDv1: dag-cbor, SHA-256, base32.
// Source: https://github.com/multiformats/cid
func (r record) cid() string {
	sum := sha256.Sum256(r.cbor(nil))
	raw := append([]byte{0x01, 0x71, 0x12, 0x20}, sum[:]...)
	return "b" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw))
}

// cbor is the record as dag-cbor: keys by length, then by bytes.
// Source: https://ipld.io/specs/codecs/dag-cbor/spec/
func (r record) cbor(b []byte) []byte {
	keys := make([]string, 0, len(r))
	for k := range r {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	b = head(b, 5, len(r))
	for _, k := range keys {
		b = text(b, k)
		switch v := r[k].(type) {
		case string:
			b = text(b, v)
		case record:
			b = v.cbor(b)
		case []string:
			b = head(b, 4, len(v))
			for _, s := range v {
				b = text(b, s)
			}
		}
	}
	return b
}

func text(b []byte, s string) []byte { return append(head(b, 3, len(s)), s...) }

func head(b []byte, major byte, n int) []byte {
	switch {
	case n < 24:
		return append(b, major<<5|byte(n))
	case n < 1<<8:
		return append(b, major<<5|24, byte(n))
	}
	return binary.BigEndian.AppendUint16(append(b, major<<5|25), uint16(n))
}

// tid is a record key made of a time in microseconds.
// Source: https://atproto.com/specs/tid
func tid(us int64) string {
	const alphabet = "234567abcdefghijklmnopqrstuvwxyz"
	v := uint64(us) << 10
	var b [13]byte
	for i := range b {
		b[12-i] = alphabet[v&31]
		v >>= 5
	}
	return string(b[:])
}

func stamp(us int64) string { return time.UnixMicro(us).UTC().Format("2006-01-02T15:04:05.000Z") }
