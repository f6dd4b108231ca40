package year

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"

	"candor/zkcommit/tlog"
	"candor/zkcommit/tlog/witness"
)

// openWitnesses starts the witnesses of both logs, under the URL, which cosign each head that
// grew out of the one before. The last of them was shown another log of runs by the node.
func (w *World) openWitnesses(ctx context.Context, m *http.ServeMux, url string) (err error) {
	var peers []witness.Peer
	for i := range 3 {
		k, err := witness.NewKey(fmt.Sprintf("witness-%d.example", i))
		if err != nil {
			return err
		}
		one, err := witness.Open(filepath.Join(w.dir, k.Name), k, []tlog.Verifier{w.log.Verifier(), w.epochs.Verifier()}, nil)
		if err != nil {
			return err
		}
		at := fmt.Sprintf("/witness-%d", i)
		m.Handle(at+"/", http.StripPrefix(at, one.Handler()))
		peers = append(peers, witness.Peer{URL: url + at, Cosigner: k.Cosigner})
		w.Witnesses = append(w.Witnesses, k.String())
		if i == 2 {
			if err := w.split(ctx, one); err != nil {
				return err
			}
		}
	}
	if w.ofRuns, err = witness.NewCollector(w.log, peers); err != nil {
		return err
	}
	w.ofEpochs, err = witness.NewCollector(w.epochs, peers)
	return err
}

// witnessed takes the newest heads to the witnesses.
func (w *World) witnessed(ctx context.Context) error {
	return errors.Join(w.ofRuns.Step(ctx), w.ofEpochs.Step(ctx))
}

// split shows a witness another log of the node's.
func (w *World) split(ctx context.Context, to *witness.Witness) (err error) {
	other, err := tlog.Open(ctx, filepath.Join(w.dir, "log-other"), tlog.Options{Origin: w.log.Verifier().Origin, Seed: logSeed})
	if err != nil {
		return err
	}
	if _, err = other.Append(ctx, []byte("what nobody else sees")); err != nil {
		return err
	}
	head, err := other.Published(ctx, 1)
	if err != nil {
		return err
	}
	if _, err = to.Add(0, nil, head.Note); err != nil {
		return err
	}
	w.tampered(split, &Tampering{Head: true})
	return other.Close(ctx)
}

var logSeed = sha256.Sum256([]byte("candor/year/log"))
