package contracts_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"math/big"
	"math/rand"
	"os"
	"testing"

	"candor/graph"
	"candor/zkcommit"
	"candor/zkcommit/chain"
	"candor/zkcommit/circuit"
	proofs "candor/zkcommit/circuit/verifier"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
)

var update = flag.Bool("update", false, "make the golden proofs anew")

// The golden proofs are of models and runs that the tests make from seeds; making
// them anew takes a minute.
const goldenPath = "testdata/proofs.json"

type golden struct {
	Dispute goldenProof            `json:"dispute"`
	Reveals map[string]goldenProof `json:"reveals"` // by shape
}

type goldenProof struct {
	Key   hexutil.Bytes `json:"key"`
	Proof hexutil.Bytes `json:"proof"`
}

func readGolden(t testing.TB) (g golden) {
	t.Helper()
	raw, err := os.ReadFile(goldenPath)
	if err == nil {
		err = json.Unmarshal(raw, &g)
	}
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// numbered is a key and a proof under it as the contract reads them.
type numbered struct {
	circuit string
	name    graph.Hash
	magic   [16]byte
	points  []*big.Int
	proof   [12]*big.Int
}

func (g goldenProof) numbers(t testing.TB, c proofs.Circuit) (n numbered) {
	t.Helper()
	k, err := c.ParseKey(g.Key)
	if err != nil {
		t.Fatal(err)
	}
	p, err := proofs.ParseProof(g.Proof)
	if err != nil {
		t.Fatal(err)
	}
	n = numbered{circuit: c.ID, name: zkcommit.KeyHash(c.ID, true, g.Key), points: k.Numbers(), proof: p.Numbers()}
	copy(n.magic[:], g.Key)
	return n
}

func (m *machine) loadKey(n numbered) {
	m.t.Helper()
	m.does("key", key("deployer"), m.at.Registry, registry.PackAddKey(crypto.Keccak256Hash([]byte(n.circuit)), n.name, true, nil), nil)
	m.does("load", key("ann"), m.at.Verifier, verifier.PackLoad(n.circuit, true, n.magic, n.points), nil)
}

// shapes whose reveals have golden proofs.
var (
	tinyShape    = zkcommit.Shape{Inputs: 4, Hidden: [2]int{4}, Shift: [2]uint{6}}
	twofoldShape = zkcommit.Shape{Inputs: 35, Hidden: [2]int{5, 2}, Shift: [2]uint{6, 7}}
	largeShape   = zkcommit.Shape{Inputs: 448, Hidden: [2]int{64}, Shift: [2]uint{8}}
	revealShapes = []zkcommit.Shape{tinyShape, twofoldShape, largeShape}
)

func seededModel(s zkcommit.Shape, seed int64) *zkcommit.Model {
	r, m := rand.New(rand.NewSource(seed)), zkcommit.NewModel(s)
	for _, l := range m.Layers {
		for i := range l.Weights {
			l.Weights[i] = int8(r.Uint32())
		}
		for i := range l.Bias {
			l.Bias[i] = int16(r.Uint32())
		}
	}
	return m
}

var (
	goldenSchema = graph.Hash{7, 7}
	goldenSalt   = zkcommit.NewSalt([32]byte{1, 2, 3})
)

// revealed is all that a reveal says of a model.
type revealed struct {
	model      *zkcommit.Model
	commitment graph.Hash
	mask       *big.Int
	alpha      fr.Element
}

func toReveal(t testing.TB, s zkcommit.Shape) (r revealed) {
	t.Helper()
	r.model = seededModel(s, 11)
	var err error
	if r.commitment, err = zkcommit.Commit(r.model, goldenSchema, goldenSalt); err != nil {
		t.Fatal(err)
	}
	mask, err := zkcommit.Mask(goldenSalt, r.commitment)
	if err != nil {
		t.Fatal(err)
	}
	r.mask = mask.BigInt(new(big.Int))
	r.alpha.SetBigInt(chain.RevealPoint(r.commitment, r.mask, r.model.Bytes()))
	return r
}

// disputed is a run of three posts by the town's node, with what its holder knows.
type disputed struct {
	run        *zkcommit.Run
	commitment graph.Hash
	st         zkcommit.Statement
}

func toDispute(t testing.TB) (d disputed) {
	t.Helper()
	model := seededModel(zkcommit.Provable, 12)
	var err error
	if d.commitment, err = zkcommit.Commit(model, goldenSchema, goldenSalt); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewSource(13))
	ids, rows := make([]graph.PostID, 3), make([]graph.FeatureVector, 3)
	for i := range rows {
		ids[i] = graph.PostID{Block: uint64(i + 1)}
		for k := range rows[i] {
			rows[i][k] = int8(r.Uint32())
		}
	}
	scores, err := model.Scores(zkcommit.RowsOf(rows))
	if err != nil {
		t.Fatal(err)
	}
	rec := zkcommit.Record{}
	for _, i := range zkcommit.Order(ids, scores) {
		rec.Ranked, rec.Rows = append(rec.Ranked, ids[i]), append(rec.Rows, rows[i][:])
	}
	opening := graph.Hash{5, 31: 6}
	// As the town's: its registry, node and plugin, at the town's first seconds.
	w := newTown(t)
	d.run = w.run(5)
	d.run.Commitment, d.run.FeatureSchema = d.commitment, goldenSchema
	if err := rec.Seal(d.run, opening); err != nil {
		t.Fatal(err)
	}
	d.st = zkcommit.Statement{Run: d.run.Bytes(), RankingSalt: zkcommit.RankingSalt(opening), Commitment: d.commitment, Ranked: rec.Ranked, Rows: rec.Rows}
	return d
}

// TestGoldenProofs makes the proofs when told to, and otherwise checks that Go's
// verifier takes them: what the contract is compared with.
func TestGoldenProofs(t *testing.T) {
	d := toDispute(t)
	if *update {
		if err := makeGolden(t, d); err != nil {
			t.Fatal(err)
		}
	}
	g := readGolden(t)
	p := zkcommit.Proof{Version: zkcommit.DigestProof, Kind: zkcommit.KindRunOrder, Key: zkcommit.KeyHash(proofs.CircuitID, true, g.Dispute.Key), Bytes: g.Dispute.Proof}
	if err := proofs.Verify(g.Dispute.Key, d.st, p); err != nil {
		t.Errorf("the golden dispute proof: %v (make it anew with -update)", err)
	}
	for _, s := range revealShapes {
		r, golden := toReveal(t, s), g.Reveals[s.String()]
		mask, err := zkcommit.Mask(goldenSalt, r.commitment)
		if err != nil {
			t.Fatal(err)
		}
		reg := &zkcommit.Registration{Shape: s, Schema: goldenSchema, Commitment: r.commitment,
			Key: zkcommit.KeyHash(proofs.Registration(s).ID, true, golden.Key), Proof: golden.Proof}
		if err := proofs.CheckValue(golden.Key, reg, r.alpha, r.model.ValueAt(r.alpha, mask)); err != nil {
			t.Errorf("the golden proof of a reveal of shape %s: %v (make it anew with -update)", s, err)
		}
	}
}

func makeGolden(t *testing.T, d disputed) error {
	circuit.Silence()
	g, dir := golden{Reveals: map[string]goldenProof{}}, t.TempDir()
	keys, err := circuit.DevelopmentKeys(dir, nil)
	if err != nil {
		return err
	}
	p, err := keys.Prove(context.Background(), d.st, seededModel(zkcommit.Provable, 12), goldenSalt)
	if err != nil {
		return err
	}
	g.Dispute = goldenProof{keys.VerifyingKey(), p.Bytes}
	for _, s := range revealShapes {
		k, err := circuit.DevelopmentRegistrationKeys(dir, s, nil)
		if err != nil {
			return err
		}
		r := toReveal(t, s)
		proof, _, err := k.ProveValue(context.Background(), goldenSchema, r.commitment, r.alpha, r.model, goldenSalt)
		if err != nil {
			return err
		}
		g.Reveals[s.String()] = goldenProof{k.VerifyingKey(), proof}
	}
	b, err := json.MarshalIndent(g, "", " ")
	return errors.Join(err, os.MkdirAll("testdata", 0o755), os.WriteFile(goldenPath, append(b, '\n'), 0o644))
}
