package circuit

import (
	"candor/zkcommit"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
)

// assign fills the circuit for a valid statement and model.
func assign(public [3]fr.Element, st zkcommit.Statement, m *zkcommit.Model, salt zkcommit.Salt) *runOrder {
	c := &runOrder{Rows: public[0], Tag: public[1], Bind: public[2], Salt: salt[:], N: len(st.Ranked)}
	for i, b := range m.Body() {
		c.Body[i] = b
	}
	c.Ranking = [2]frontend.Variable{st.RankingSalt[:16], st.RankingSalt[16:]}
	steps := zkcommit.Steps(st.Ranked)
	for i := range c.Active {
		row, active := make([]int8, inputs), 0
		if i < len(st.Rows) {
			row, active = st.Rows[i], 1
		}
		c.Active[i] = active
		if i < posts-1 {
			c.Step[i] = steps >> i & 1
		}
		for k, v := range row {
			c.Feature[i][k] = int(v) + 128*active
		}
		for j, z := range m.Hidden(row) {
			q := z >> shift
			c.Act[i][j] = max(0, min(q, clamp))
			over, under := max(0, q-clamp), max(0, -q)
			c.Over[i][j] = [2]frontend.Variable{over & 255, over >> 8}
			c.Under[i][j] = [2]frontend.Variable{under & 255, under >> 8}
			c.Rem[i][j] = z & (1<<shift - 1)
		}
	}
	return c
}
