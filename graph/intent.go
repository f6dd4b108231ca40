package graph

import (
	"encoding/binary"
	"math/big"

	"golang.org/x/crypto/sha3"
)

// Intent is an action that its author signs and anyone may carry to the chain.
// The contract takes it once (Nonce), before its Deadline.
type Intent struct {
	Author     Address
	Action     Action
	Nonce      uint64  // the author's next number, from 0, without gaps
	Deadline   uint64  // the last block time (seconds) at which it is accepted
	Time       uint64  // when the author says that it happened, seconds
	Target     Address // follow, unfollow, block, unblock, approve, refuse
	CID        []byte  // binary CID: profile, post, edit
	Subject    PostID  // post: the parent; react, unreact, remove, edit: the post meant
	SubjectCID []byte
	Quote      PostID // post
	QuoteCID   []byte
	Reaction   ReactionKind // react, unreact
	Imported   bool         // profile: development chains only
}

// IntentType is the EIP-712 type of an Intent, as wallets and the contract spell it.
const IntentType = "Intent(address author,uint8 action,uint64 nonce,uint64 deadline,uint64 time," +
	"address target,bytes cid,bytes16 subject,bytes subjectCid,bytes16 quote,bytes quoteCid," +
	"uint8 reaction,bool imported)"

const domainType = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"

// Name and version of the EIP-712 domain of SocialGraph.
const (
	IntentDomainName    = "Candor SocialGraph"
	IntentDomainVersion = "1"
)

// Keccak is keccak-256 of the concatenated parts.
func Keccak(parts ...[]byte) (h Hash) {
	k := sha3.NewLegacyKeccak256()
	for _, p := range parts {
		k.Write(p)
	}
	k.Sum(h[:0])
	return h
}

// Digest is what the author signs: the EIP-712 digest of the intent for the
// SocialGraph contract at the address on the chain.
// Source: https://eips.ethereum.org/EIPS/eip-712
func (in Intent) Digest(chainID *big.Int, contract Address) Hash {
	domain := Keccak(word(Keccak([]byte(domainType))), word(Keccak([]byte(IntentDomainName))),
		word(Keccak([]byte(IntentDomainVersion))), chainID.FillBytes(make([]byte, 32)), addressWord(contract))
	s, q := in.Subject.Bytes(), in.Quote.Bytes()
	imported := uint64(0)
	if in.Imported {
		imported = 1
	}
	body := Keccak(word(Keccak([]byte(IntentType))), addressWord(in.Author), uintWord(uint64(in.Action)),
		uintWord(in.Nonce), uintWord(in.Deadline), uintWord(in.Time), addressWord(in.Target),
		word(Keccak(in.CID)), leftWord(s[:]), word(Keccak(in.SubjectCID)), leftWord(q[:]), word(Keccak(in.QuoteCID)),
		uintWord(uint64(in.Reaction)), uintWord(imported))
	return Keccak([]byte{0x19, 0x01}, domain[:], body[:])
}

func word(h Hash) []byte { return h[:] }

func addressWord(a Address) []byte { return append(make([]byte, 12), a[:]...) }

func leftWord(b []byte) []byte { return append(append([]byte{}, b...), make([]byte, 32-len(b))...) }

func uintWord(v uint64) []byte {
	return binary.BigEndian.AppendUint64(make([]byte, 24, 32), v)
}
