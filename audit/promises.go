package audit

import (
	"fmt"
	"slices"

	"candor/graph"
	"candor/zkcommit"
)

// ProofDelay is how many seconds a proof may be late: after a run of which nobody knows
// what was promised; and after a draw, which a node makes when it gets to it.
const ProofDelay = 600

// CrossDelay is how many seconds after its draw a run's second proof may be missing.
const CrossDelay = 3600

// Promises are what a node announced that it would prove, by its log of epochs, and
// what was drawn.
type Promises struct {
	Report *Report
	// Draws are those of the anchors of the log of runs, by size; an unknown one has no
	// beacon. Made is when its chance was there, seconds.
	Draws []MadeDraw

	lanes map[uint32][]zkcommit.Epoch
}

// MadeDraw is a draw and the time from which it could be made.
type MadeDraw struct {
	zkcommit.Draw
	Made uint64 // seconds
}

// Entry takes the next entry of the log of epochs.
func (p *Promises) Entry(index uint64, entry []byte) {
	fault := func(format string, args ...any) {
		p.Report.Find(Finding{Rule: RulePromise, Says: fmt.Sprintf("entry %d of the log of epochs: ", index) + fmt.Sprintf(format, args...), Evidence: fmt.Sprintf("%x", entry)})
	}
	e, err := zkcommit.ParseEpoch(entry, p.Report.ChainID, p.Report.Genesis, p.Report.Node)
	if err != nil {
		fault("%v", err)
		return
	}
	all := p.lanes[e.Lane]
	if n := len(all); n > 0 && e.First <= all[n-1].First {
		fault("the epoch of run %d was announced after that of run %d", e.First, all[n-1].First)
		return
	}
	if p.lanes == nil {
		p.lanes = map[uint32][]zkcommit.Epoch{}
	}
	p.lanes[e.Lane] = append(all, e)
}

// epoch is the one of a run.
func (p *Promises) epoch(lane uint32, seq uint64) (e zkcommit.Epoch, known bool) {
	for _, e := range slices.Backward(p.lanes[lane]) {
		if e.First <= seq {
			return e, true
		}
	}
	return e, false
}

// draw is the one that decides a run: that of the first anchor which holds it.
func (p *Promises) draw(seq uint64) (d MadeDraw, known bool) {
	i := slices.IndexFunc(p.Draws, func(d MadeDraw) bool { return seq < d.Size })
	if i < 0 || p.Draws[i].Beacon == (graph.Hash{}) {
		return d, false
	}
	return p.Draws[i], true
}

// Network is the beacon that draws under the anchor of so many runs: that which the epoch
// of the last of them names. Zero stands for the hash of the anchor's block.
func (p *Promises) Network(size uint64) graph.Hash {
	e, _ := p.epoch(0, max(size, 1)-1)
	return e.Network
}

// crossed says whether the run was drawn to be proved twice, and from which second on the
// second proof is late. known is false where its draw cannot be made.
func (p *Promises) crossed(run *zkcommit.Run) (late uint64, drawn, known bool) {
	if p == nil {
		return 0, false, true
	}
	e, announced := p.epoch(run.Lane, run.Seq)
	if !announced || e.Cross == 0 {
		return 0, false, true
	}
	d, made := p.draw(run.Seq)
	if !made {
		return 0, false, false
	}
	return d.Made + CrossDelay, d.Crossed(run.Seq, e.Cross), true
}

// owed says whether the run's proof was promised, and from which second on it is late.
// What a reader asked for only that reader knows.
func (p *Promises) owed(run *zkcommit.Run) (late uint64, owed bool) {
	if p == nil {
		return run.Time + ProofDelay, true
	}
	e, known := p.epoch(run.Lane, run.Seq)
	switch {
	case !known: // nothing was announced: then nothing excuses it
		return run.Time + ProofDelay, true
	case e.Mode == zkcommit.ProveAll:
		return run.Time + uint64(e.Due), true
	case e.Mode == zkcommit.ProveSampled:
		d, made := p.draw(run.Seq)
		return d.Made + uint64(e.Due) + ProofDelay, made && d.Drawn(run.Seq, e.Rate)
	}
	return 0, false
}
