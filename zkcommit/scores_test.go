package zkcommit

import (
	"encoding/hex"
	"encoding/json"
	"math/rand/v2"
	"os"
	"testing"

	"candor/graph"
)

// goldenScores hold models, rows, scores and orders for evaluators in other languages.
const goldenScores = "testdata/scores.json"

type scoredModel struct {
	Model  string         `json:"model"` // canonical bytes
	Posts  []graph.PostID `json:"posts"`
	Rows   []string       `json:"rows"` // two's complement
	Scores []int32        `json:"scores"`
	Order  []int          `json:"order"`
}

func TestGoldenScores(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var all []scoredModel
	for _, s := range []Shape{Provable, {Inputs: 3, Hidden: [2]int{2}, Shift: [2]uint{4}}, {Inputs: 9, Hidden: [2]int{5, 4}, Shift: [2]uint{5, 4}},
		{Inputs: 512, Hidden: [2]int{1}, Shift: [2]uint{9}}} {
		body := make([]byte, s.BodySize())
		for i := range body {
			body[i] = byte(r.Uint32())
		}
		m := NewModel(s)
		m.setBody(body)
		flat := make([]int8, 8*s.Inputs)
		for i := range flat {
			flat[i] = int8(r.Uint32())
		}
		copy(flat[s.Inputs:], flat[:s.Inputs]) // a tie
		for i := range s.Inputs {              // the ends of the range
			flat[2*s.Inputs+i], flat[3*s.Inputs+i] = -128, 127
		}
		scores, err := m.Plain(flat)
		if err != nil {
			t.Fatal(err)
		}
		one := scoredModel{Model: hex.EncodeToString(m.Bytes()), Scores: scores}
		points := make([]graph.Score, len(scores))
		for i, v := range scores {
			row := make([]byte, s.Inputs)
			for k := range row {
				row[k] = byte(flat[i*s.Inputs+k])
			}
			points[i] = graph.Score(v)
			one.Rows = append(one.Rows, hex.EncodeToString(row))
			one.Posts = append(one.Posts, graph.PostID{Block: 9 + uint64(i%3), Tx: uint32(i) / 2, Log: uint32(i)})
		}
		one.Order = Order(one.Posts, points)
		all = append(all, one)
	}
	got, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(goldenScores, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenScores)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got)+"\n" {
		t.Error("the evaluator's scores changed: every committed model would rank otherwise")
	}
}
