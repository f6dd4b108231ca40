package circuit

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A run that names one model and was ranked by another, whose commitment stands under its
// features digest instead: its dispute proof holds under the public inputs, which is all that
// a contract has, and no verifier that holds the ranking salt takes it, whichever model it is
// told of.
func TestAnotherModelUnderTheDigest(t *testing.T) {
	r := rand.New(rand.NewSource(41))
	ids, rows := randomPosts(r, 5)
	used := ranked(t, randomModel(r), ids, rows) // sealed under its own commitment
	named := emptyModel()
	commitment, err := zkcommit.Commit(named, schema, used.salt)
	if err != nil {
		t.Fatal(err)
	}
	run, err := zkcommit.ParseRun(used.st.Run)
	if err != nil {
		t.Fatal(err)
	}
	run.Commitment = commitment
	used.st.Run = run.Bytes()

	k := digestKeys()
	var public [3]fr.Element
	if err := public[0].SetBytesCanonical(run.Features[:]); err != nil {
		t.Fatal(err)
	}
	public[1] = zkcommit.ModelTag(zkcommit.Provable, schema)
	h, key := sha256.New(), k.Hash()
	for _, part := range [][]byte{[]byte("candor/bind/v1"), []byte(zkcommit.DigestProof), []byte(zkcommit.KindRunOrder), key[:], used.st.Run} {
		h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		h.Write(part)
	}
	public[2].SetBytes(h.Sum(nil)[:31])
	made, err := k.prove(assign(public, used.st, used.model, used.salt))
	if err != nil {
		t.Fatal(err)
	}
	p := zkcommit.Proof{Version: zkcommit.DigestProof, Kind: zkcommit.KindRunOrder, Key: key, Bytes: made}
	if err := gnarkCheck(t, public, p); err != nil {
		t.Fatalf("the proof does not even hold for a contract, so that this test shows nothing: %v", err)
	}
	for _, told := range []graph.Hash{commitment, used.st.Commitment} {
		st := used.st
		if st.Commitment = told; Verify(k.VerifyingKey(), st, p) == nil {
			t.Errorf("told of the model %s, the verifier takes the proof of another", told)
		}
	}
}
