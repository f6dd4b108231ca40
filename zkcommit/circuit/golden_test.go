package circuit

import (
	"context"
	"encoding/json"
	"flag"
	"math/rand"
	"os"
	"testing"

	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

var update = flag.Bool("update", false, "prove the verifier's golden vector anew")

// TestGoldenProof writes the vector with which the verifier's own tests work; a
// proof is random, so it is not made again to compare.
func TestGoldenProof(t *testing.T) {
	const path = "verifier/testdata/proof.json"
	if *update {
		r := rand.New(rand.NewSource(7))
		ids, rows := randomPosts(r, 3)
		s := ranked(t, randomModel(r), ids, rows)
		p, err := digestKeys().Prove(context.Background(), s.st, s.model, s.salt)
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.MarshalIndent(map[string]any{"key": hexutil.Bytes(digestKeys().VerifyingKey()), "run": hexutil.Bytes(s.st.Run), "rankingSalt": s.st.RankingSalt,
			"commitment": s.st.Commitment, "ranked": s.st.Ranked, "rows": s.st.Rows, "proof": hexutil.Bytes(p.Bytes)}, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll("verifier/testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(b, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var g struct {
		Key, Run, Proof         hexutil.Bytes
		RankingSalt, Commitment graph.Hash
		Ranked                  []graph.PostID
		Rows                    zkcommit.Rows
	}
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	st := zkcommit.Statement{Run: g.Run, RankingSalt: g.RankingSalt, Commitment: g.Commitment, Ranked: g.Ranked, Rows: g.Rows}
	for i := range st.Rows {
		p := zkcommit.Proof{Version: zkcommit.DigestProof, Kind: zkcommit.KindRunOrder, Key: zkcommit.KeyHash(ID, true, g.Key), Bytes: g.Proof}
		if err := Verify(g.Key, st, p); err != nil {
			t.Fatalf("an old proof no longer verifies: %v", err)
		}
		st.Rows[i][0]++
		if Verify(g.Key, st, p) == nil {
			t.Errorf("row %d can be changed", i)
		}
		st.Rows[i][0]--
	}
}
