package zkcommit

import (
	"encoding/binary"
	"errors"
	"fmt"

	"candor/graph"
)

// Record is what the digests of a Run hide: its inputs and its outcome.
type Record struct {
	Viewer     graph.Address     `json:"viewer"`               // zero: anonymous
	Parameters []int32           `json:"parameters,omitempty"` // values, of a ranker that can be tuned
	Candidates []graph.Candidate `json:"candidates"`
	Verdicts   []FilterVerdicts  `json:"verdicts"`
	Ranked     []graph.PostID    `json:"ranked"`
	Rows       Rows              `json:"rows"` // in ranked order
	Rule       string            `json:"rule"` // selection rule
	Served     []graph.PostID    `json:"served"`
	Agreed     int               `json:"agreed,omitempty"` // independent workers that gave the same scores, when several were asked
}

// FilterVerdicts are one filter's verdicts on the candidates, those that keep left out.
type FilterVerdicts struct {
	Filter   string          `json:"filter"`
	Version  uint32          `json:"version"`
	Verdicts []graph.Verdict `json:"verdicts"`
}

// Survivors are the candidates that the ranker must order: in the order of the
// candidates, those that no filter hides, at most K.
func (r *Record) Survivors() []graph.PostID {
	hidden := map[graph.PostID]bool{}
	for _, f := range r.Verdicts {
		for _, v := range f.Verdicts {
			if v.Decision == graph.Hide {
				hidden[v.Post] = true
			}
		}
	}
	var ids []graph.PostID
	for _, c := range r.Candidates {
		if !hidden[c.Post] && len(ids) < K {
			ids = append(ids, c.Post)
		}
	}
	return ids
}

// Seal fills the run's digests from the record under the opening. The run's
// Commitment must be set, since the features' digest contains it.
func (r *Record) Seal(run *Run, opening graph.Hash) error {
	d, err := r.digests(run.Commitment, opening)
	if err != nil {
		return err
	}
	run.Viewer, run.Candidates, run.Features = d.Viewer, d.Candidates, d.Features
	run.Verdicts, run.Ranked, run.Served = d.Verdicts, d.Ranked, d.Served
	return nil
}

func (r *Record) digests(commitment, opening graph.Hash) (d Run, err error) {
	d.Viewer = Digest(opening, "viewer", appendValues(r.Viewer[:], r.Parameters))
	var b []byte
	for _, c := range r.Candidates {
		id := c.Post.Bytes()
		b = append(append(append(b, id[:]...), c.Author[:]...), byte(c.Source))
	}
	d.Candidates = Digest(opening, "candidates", b)
	b = nil
	for _, f := range r.Verdicts {
		b = appendString(b, f.Filter)
		b = binary.BigEndian.AppendUint32(b, f.Version)
		b = binary.BigEndian.AppendUint32(b, uint32(len(f.Verdicts)))
		for _, v := range f.Verdicts {
			id := v.Post.Bytes()
			b = appendString(append(append(b, id[:]...), byte(v.Decision)), v.Reason)
		}
	}
	d.Verdicts = Digest(opening, "verdicts", b)
	d.Served = Digest(opening, "served", appendIDs(appendString(nil, r.Rule), r.Served))
	st := Statement{RankingSalt: RankingSalt(opening), Commitment: commitment, Ranked: r.Ranked, Rows: r.Rows}
	d.Ranked = RankedDigest(len(r.Ranked), st.Hidden())
	d.Features, err = st.features()
	return d, err
}

// Hidden is the digest that hides the ranked posts' positions.
func (st *Statement) Hidden() graph.Hash {
	return Digest(st.RankingSalt, "ranked", appendIDs(nil, st.Ranked))
}

// features is the digest of the rows, zero where there are none.
func (st *Statement) features() (graph.Hash, error) {
	if len(st.Rows) != len(st.Ranked) {
		return graph.Hash{}, fmt.Errorf("the record has %d rows of features for %d posts", len(st.Rows), len(st.Ranked))
	}
	if len(st.Ranked) == 0 {
		return graph.Hash{}, nil
	}
	return RowsDigest(st.RankingSalt, st.Commitment, st.Ranked, st.Rows)
}

// Check compares the statement with its own run: what is to be proved must be what
// the run's digests hold. It returns the run. Who proves checks it as who verifies does.
func (st *Statement) Check() (*Run, error) {
	run, err := ParseRun(st.Run)
	if err != nil {
		return nil, err
	}
	if run.Commitment != st.Commitment {
		return nil, errors.New("the run names another model commitment")
	}
	features, err := st.features()
	switch {
	case err != nil:
		return nil, err
	case run.Ranked != RankedDigest(len(st.Ranked), st.Hidden()):
		return nil, errors.New("the ranked posts or their salt do not match the run's digest")
	case run.Features != features:
		return nil, errors.New("the features or their salt do not match the run's digest")
	}
	return run, nil
}

func appendString(b []byte, s string) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(s))), s...)
}

func appendIDs(b []byte, ids []graph.PostID) []byte {
	for _, p := range ids {
		id := p.Bytes()
		b = append(b, id[:]...)
	}
	return b
}

// consistent checks what the record's parts owe to each other, whatever the run says.
func (r *Record) consistent() error {
	known := map[graph.PostID]bool{}
	for _, c := range r.Candidates {
		if known[c.Post] {
			return fmt.Errorf("post %s is a candidate twice", c.Post)
		}
		known[c.Post] = true
		if c.Source == 0 || c.Source > graph.AnySource {
			return fmt.Errorf("nothing known makes post %s a candidate", c.Post)
		}
	}
	filters := map[string]bool{}
	for _, f := range r.Verdicts {
		if filters[f.Filter] {
			return fmt.Errorf("filter %s judges twice", f.Filter)
		}
		filters[f.Filter] = true
		judged := map[graph.PostID]bool{}
		for _, v := range f.Verdicts {
			switch {
			case !known[v.Post]:
				return fmt.Errorf("filter %s judges post %s, which is no candidate", f.Filter, v.Post)
			case judged[v.Post]:
				return fmt.Errorf("filter %s judges post %s twice", f.Filter, v.Post)
			case v.Decision <= graph.Keep || v.Decision > graph.Unknown:
				return fmt.Errorf("filter %s has a decision on post %s that no verdict holds", f.Filter, v.Post)
			case v.Reason == "":
				return fmt.Errorf("filter %s gives no reason for its verdict on post %s", f.Filter, v.Post)
			}
			judged[v.Post] = true
		}
	}
	if !samePosts(r.Survivors(), r.Ranked) {
		return errors.New("the ranked posts are not the candidates that the filters left")
	}
	if !samePosts(r.Ranked, r.Served) {
		return errors.New("the served posts are not the ranked ones")
	}
	return nil
}

func samePosts(a, b []graph.PostID) bool {
	if len(a) != len(b) {
		return false
	}
	seen := make(map[graph.PostID]bool, len(a))
	for _, p := range a {
		seen[p] = true
	}
	for _, p := range b {
		if !seen[p] {
			return false
		}
		delete(seen, p)
	}
	return true
}
