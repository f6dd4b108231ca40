package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/parts"
	"candor/zkcommit/timelock"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// keepers are the nodes that are asked to keep a ciphertext that is too large for the chain.
type keepers struct {
	domain zkcommit.Domain // of their words
	nodes  []string        // their URLs
	own    *custody        // of the node that publishes; nil: no node does
	told   io.Writer       // hears how far an upload is; nil: nobody
	// locked is a file in which the ciphertext waits, with its hash behind it, so that who goes
	// on sends the same, which nodes may have in part; "": it is made anew.
	locked string
}

// lock is the secret under its time lock: that of before, if it opens on the date.
func (k keepers) lock(dates *timelock.Network, revealBy uint64, secret zkcommit.Secret) ([]byte, error) {
	date := time.Unix(int64(revealBy), 0)
	if old, err := os.ReadFile(k.locked); err == nil && len(old) > sha256.Size {
		b := old[:len(old)-sha256.Size]
		// One that the disk spoilt would open on no date, and cost the bond.
		if sum := sha256.Sum256(b); bytes.Equal(sum[:], old[len(b):]) && dates.CheckPromise(b, date) == nil {
			return b, nil
		}
	}
	b, err := dates.Lock(dates.Round(date), secret.Bytes())
	if err == nil && k.locked != "" && len(b) > registry.MaxCiphertext {
		sum := sha256.Sum256(b)
		err = writeFile(k.locked, append(b[:len(b):len(b)], sum[:]...))
	}
	return b, err
}

// pledge is what goes with the commit of a secret model: the bond, and its ciphertext
// or, where that is too large, the word of as many nodes as the chain asks for. Where it asks
// for none one keeps it all the same, or nothing would open.
func pledge(ctx context.Context, calls *registry.Client, terms contracts.Terms, m registry.Model, ciphertext []byte, k keepers) (registry.Pledge, error) {
	p := registry.Pledge{Bond: terms.Registry.MinBond}
	if len(ciphertext) <= registry.MaxCiphertext {
		p.Ciphertext = ciphertext
		return p, nil
	}
	f, blocks, err := parts.Cut(ciphertext)
	if err != nil {
		return p, err
	}
	p.CiphertextCID = f.Name
	want := zkcommit.Custody{Plugin: m.Plugin, Commitment: m.Commitment, RevealBy: m.RevealBy, Ciphertext: f.Name}
	seen := map[graph.Address]bool{}
	var refused []string
	least := int(terms.Registry.Custodians)
	if least == 0 && k.own == nil {
		least = 1
	}
	for _, n := range k.nodes {
		if len(p.Custody) == least {
			break
		}
		word, err := k.ask(ctx, n, want, f, blocks)
		if err == nil {
			var known bool
			if _, known, err = calls.Node(ctx, word.Node); err == nil && (!known || seen[word.Node]) {
				err = fmt.Errorf("%s is no other registered node", word.Node)
			}
		}
		if err != nil {
			refused = append(refused, fmt.Sprintf("%s: %v", n, err))
			continue
		}
		seen[word.Node] = true
		p.Custody = append(p.Custody, word)
	}
	if missing := least - len(p.Custody); missing > 0 {
		return p, fmt.Errorf("the ciphertext has %d bytes, too many for the chain, and %d of %d nodes keep it: name %d more with --custodian (%s)",
			len(ciphertext), len(p.Custody), least, missing, strings.Join(refused, "; "))
	}
	p.Custody = p.Custody[:terms.Registry.Custodians]
	return p, nil
}

// ask has a node keep a ciphertext, or the document of what has no date; its word is checked.
func (k keepers) ask(ctx context.Context, node string, want zkcommit.Custody, f *parts.File, blocks [][]byte) (word zkcommit.Custody, err error) {
	base := strings.TrimSuffix(node, "/") + "/api/v1/custody"
	q := url.Values{"plugin": {want.Plugin.Hex()}, "commitment": {want.Commitment.Hex()}, "revealBy": {fmt.Sprint(want.RevealBy)}}
	kind, head := "application/octet-stream", blocks[0]
	if f.List != nil {
		kind, head = "application/vnd.ipld.dag-pb", f.List
	}
	for began := false; ; began = true {
		b, status, err := postBytes(ctx, base+"?"+q.Encode(), kind, head)
		if err != nil {
			return word, err
		}
		if status == http.StatusOK {
			if err := json.Unmarshal(b, &word); err != nil {
				return word, fmt.Errorf("its answer cannot be read: %w", err)
			}
			break
		}
		var answer struct{ Missing []int }
		if err := json.Unmarshal(b, &answer); err != nil || f.List == nil || began || len(answer.Missing) == 0 {
			return word, errors.New("it asks for more than there is, or for the same again")
		}
		if err := k.send(ctx, base, f, blocks, answer.Missing); err != nil {
			return word, err
		}
	}
	if word.Plugin != want.Plugin || word.Commitment != want.Commitment || word.RevealBy != want.RevealBy || !word.Ciphertext.Equals(want.Ciphertext) {
		return word, errors.New("its word is for something else")
	}
	return word, word.Check(k.domain)
}

// send sends the parts that a node lacks.
func (k keepers) send(ctx context.Context, base string, f *parts.File, blocks [][]byte, missing []int) error {
	show, end := sending(k.told, base, len(missing))
	defer end()
	for done, i := range missing {
		if i < 0 || i >= len(blocks) {
			return fmt.Errorf("it asks for a part %d, and there are %d", i, len(blocks))
		}
		q := url.Values{"ciphertext": {f.Name.String()}, "part": {fmt.Sprint(i)}}
		if _, _, err := postBytes(ctx, base+"/parts?"+q.Encode(), "application/octet-stream", blocks[i]); err != nil {
			return fmt.Errorf("part %d of %d: %w", i+1, len(blocks), err)
		}
		show(done + 1)
	}
	return nil
}

// sending shows how many MiB a node was sent: as a bar on a terminal, as a line now and then
// elsewhere.
func sending(w io.Writer, to string, most int) (show func(done int), end func()) {
	if w == nil {
		return func(int) {}, func() {}
	}
	host := to
	if u, err := url.Parse(to); err == nil {
		host = u.Host
	}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		bar := progressbar.NewOptions(most, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription("MiB to "+host),
			progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true), progressbar.OptionSetWidth(30))
		// It only decorates: that it cannot be drawn is no reason to stop.
		return func(done int) { _ = bar.Set(done) }, func() { fmt.Fprintln(w) }
	}
	last := time.Now()
	return func(done int) {
		if now := time.Now(); now.Sub(last) >= 5*time.Second {
			last = now
			fmt.Fprintf(w, "%-9s %d of %d MiB to %s\n", "send", done, most, host)
		}
	}, func() {}
}

// postBytes sends bytes to a node, and gives what it answers if that is no refusal.
func postBytes(ctx context.Context, to, kind string, body []byte) (answer []byte, status int, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return nil, 0, fmt.Errorf("%q is no URL of a node", to)
	}
	req.Header.Set("Content-Type", kind)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, 0, fmt.Errorf("it does not answer: %w", bare(err))
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<16))
	if err != nil {
		return nil, 0, err
	}
	if res.StatusCode < 200 || res.StatusCode > 204 {
		var problem struct{ Detail string }
		_ = json.Unmarshal(b, &problem) // the status says enough without it
		return nil, res.StatusCode, fmt.Errorf("it refuses (%s) %.200s", res.Status, problem.Detail)
	}
	return b, res.StatusCode, nil
}
