package timelock

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"candor/graph"

	"github.com/drand/drand/v2/common"
	"github.com/drand/drand/v2/crypto"
	"github.com/drand/kyber"
)

// Scheme is the one that networks must have: signatures of the round's number alone,
// on G1 of BLS12-381, hashed to the curve as RFC 9380 says.
const Scheme = crypto.SigsOnG1ID

// Info is a network as its nodes publish it at /info.
type Info struct {
	PublicKey   string   `json:"public_key"` // hex, 96 bytes
	Period      uint32   `json:"period"`     // seconds between rounds
	GenesisTime int64    `json:"genesis_time"`
	Hash        string   `json:"hash"` // hex: names the network, and binds all of the above
	GroupHash   string   `json:"groupHash"`
	SchemeID    string   `json:"schemeID"`
	Metadata    Metadata `json:"metadata"`
}

// Metadata of an Info.
type Metadata struct {
	BeaconID string `json:"beaconID"`
}

// Quicknet is drand's unchained network, a round every three seconds.
var Quicknet = Info{
	PublicKey: "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb" +
		"5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
	Period:      3,
	GenesisTime: 1692803367,
	Hash:        "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
	GroupHash:   "f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e",
	SchemeID:    Scheme,
	Metadata:    Metadata{BeaconID: "quicknet"},
}

// Network is a beacon whose key is known.
type Network struct {
	info   Info
	hash   graph.Hash
	key    kyber.Point
	scheme *crypto.Scheme
}

// NewNetwork checks an Info: its scheme, its key, and that its hash is the one that
// its own fields give.
func NewNetwork(i Info) (*Network, error) {
	if i.SchemeID != Scheme {
		return nil, fmt.Errorf("the network's scheme is %q, and timelocks need %q", i.SchemeID, Scheme)
	}
	if i.Period == 0 || i.GenesisTime <= 0 {
		return nil, errors.New("the network has no period or no genesis")
	}
	n := &Network{info: i}
	var err error
	if n.scheme, err = crypto.SchemeFromName(Scheme); err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(i.PublicKey)
	if err != nil || len(key) != n.scheme.KeyGroup.PointLen() {
		return nil, errors.New("the network's public key is not 96 bytes in hex")
	}
	seed, err := hex.DecodeString(i.GroupHash)
	if err != nil || len(seed) != 32 {
		return nil, errors.New("the network's group hash is not 32 bytes in hex")
	}
	n.key = n.scheme.KeyGroup.Point()
	if err := n.key.UnmarshalBinary(key); err != nil {
		return nil, fmt.Errorf("the network's public key is no point: %w", err)
	}
	if n.key.Equal(n.scheme.KeyGroup.Point().Null()) {
		return nil, errors.New("the network's public key is the point at infinity, under which everybody can open")
	}
	n.hash = hashOf(i, key, seed)
	if i.Hash != hex.EncodeToString(n.hash[:]) {
		return nil, fmt.Errorf("the network's hash is %s, and its fields give %x", i.Hash, n.hash)
	}
	return n, nil
}

// Found fills in the hash of a new network, which its other fields give.
func Found(i Info) (*Network, error) {
	key, err := hex.DecodeString(i.PublicKey)
	if err != nil {
		return nil, err
	}
	seed, err := hex.DecodeString(i.GroupHash)
	if err != nil {
		return nil, err
	}
	h := hashOf(i, key, seed)
	i.Hash = hex.EncodeToString(h[:])
	return NewNetwork(i)
}

// hashOf is drand's chain hash: SHA-256 of period, genesis, key, seed and the
// beacon's name where it is not the default one.
func hashOf(i Info, key, seed []byte) graph.Hash {
	h := sha256.New()
	h.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(nil, i.Period), uint64(i.GenesisTime)))
	h.Write(key)
	h.Write(seed)
	if id := i.Metadata.BeaconID; id != "" && id != common.DefaultBeaconID {
		h.Write([]byte(id))
	}
	return graph.Hash(h.Sum(nil))
}

// ParseInfo reads a network's info document.
func ParseInfo(b []byte) (*Network, error) {
	var i Info
	if len(b) > 4<<10 {
		return nil, errors.New("the network's info is longer than 4 KiB")
	}
	if err := json.Unmarshal(b, &i); err != nil {
		return nil, fmt.Errorf("the network's info is no JSON: %w", err)
	}
	return NewNetwork(i)
}

// Info is the network's.
func (n *Network) Info() Info { return n.info }

// Hash names the network.
func (n *Network) Hash() graph.Hash { return n.hash }

// Round is the first one that comes at the time or after it.
func (n *Network) Round(at time.Time) uint64 {
	since := at.Unix() - n.info.GenesisTime
	if at.Nanosecond() > 0 {
		since++
	}
	if since <= 0 {
		return 1
	}
	period := int64(n.info.Period)
	return uint64((since+period-1)/period) + 1
}

// Time is when the round comes. Rounds count from 1.
func (n *Network) Time(round uint64) time.Time {
	const far = 1 << 53 // beyond it seconds would overflow
	return time.Unix(n.info.GenesisTime+int64(min(max(round, 1)-1, far))*int64(n.info.Period), 0)
}

// VerifySignature says whether the bytes are the network's signature of the round.
func (n *Network) VerifySignature(round uint64, signature []byte) error {
	if len(signature) != n.scheme.SigGroup.PointLen() {
		return fmt.Errorf("a signature of a round has %d bytes, not %d", n.scheme.SigGroup.PointLen(), len(signature))
	}
	if err := n.scheme.VerifyBeacon(&common.Beacon{Round: round, Signature: signature}, n.key); err != nil {
		return fmt.Errorf("the signature of round %d is not the network's", round)
	}
	return nil
}
