package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"candor/contracts"
	"candor/graph"
	"candor/internal/crashpoint"
	"candor/rankers/publish"
	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/circuit"
	"candor/zkcommit/parts"
	"candor/zkcommit/timelock"

	"github.com/spf13/cobra"
)

func rankerPublishCommand() *cobra.Command {
	var p publication
	var asJSON bool
	c := &cobra.Command{
		Use:   "publish DIR",
		Short: "Publish a ranker on the chain, locked to its date, and hand it to a node",
		Long: `Publish the ranker in a directory as the next version of its plugin, on the chain of a
node. The steps, each of which is done once however often this is started again:

  check      what candor ranker check looks at, and the chain's terms
  secrets    DIR/secrets: the publisher's key, and the salt that hides this model
  plan       the manifest with its date, signed, in DIR/published
  pin        the manifest on IPFS, through the node
  commit     the plugin, then the version: commitment, bond, and the model itself under a
             time lock, so that anyone opens it on its date
  hand over  DIR/published/SLUG-VERSION.ranker, with which a node serves the ranker

A tower's draft goes the same way: its file stays here, and candor worker serves it.

A node needs the parcel that is handed over, and with it has the secret model: give it to
nodes that you trust, such as your own. With --data it is put where the node of that
directory finds it, and this waits until readers can choose it. Elsewhere the operator
starts candor up --host FILE. The node registers the model and proves its runs. With --worker
the node gets the manifest alone, and candor worker does all that needs the model.

The account pays gas and bond, and has to be funded first; on a development chain --fund
names an account of the node's that does. Keep DIR/secrets: who has it is the publisher.`,
		Example: `  candor ranker publish kindling --node http://127.0.0.1:8080 --data data --fund data/keys/publisher.key
  candor ranker publish kindling --node https://node.example --key publisher.key`,
		Args: one("name one directory that candor ranker new made"),
		RunE: func(c *cobra.Command, args []string) error {
			p.dir, p.progress = args[0], c.ErrOrStderr()
			done, err := p.run(c.Context())
			var found *unready
			if errors.As(err, &found) {
				_ = printCheck(c.ErrOrStderr(), found.draft, found.report)
				return exit{1}
			}
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(c.OutOrStdout(), done)
			}
			return done.print(c.OutOrStdout())
		},
	}
	f := c.Flags()
	f.StringVar(&p.node, "node", "http://127.0.0.1:8080", "URL of a node on the chain to publish on")
	f.StringVar(&p.key, "key", "", "file of the publisher's key; without one DIR/secrets/publisher.key, made when it is not there")
	f.StringVar(&p.fund, "fund", "", "key file of an account that sends the publisher what it lacks")
	f.StringVar(&p.data, "data", "", "data directory of your own node, which then serves the ranker")
	f.StringArrayVar(&p.custodians, "custodian", nil, "URL of a node besides --node that keeps the locked model until its date, if it is too large for the chain; may be repeated")
	f.DurationVar(&p.wait, "wait", 5*time.Minute, "with --data: how long to wait until the node serves it; 0 is not at all")
	f.BoolVar(&p.worker, "worker", false, "hand over the manifest alone: the model stays here, and candor worker serves it")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// publication is what candor ranker publish is asked, and has at hand.
type publication struct {
	dir, node, key, fund, data string
	custodians                 []string
	wait                       time.Duration
	worker                     bool // the model stays here
	progress                   io.Writer

	draft      *publish.Draft
	place      *place
	account    wallet
	terms      contracts.RegistryTerms
	secret     zkcommit.Secret
	shape      publish.Shape
	commitment graph.Hash
}

// done is what it answers.
type done struct {
	Plugin     graph.Hash    `json:"plugin"`
	Slug       string        `json:"slug"`
	Version    uint32        `json:"version"`
	Publisher  graph.Address `json:"publisher"`
	Commitment graph.Hash    `json:"commitment"`
	Manifest   string        `json:"manifest"` // CID
	RevealBy   uint64        `json:"revealBy"` // seconds; 0: public at once
	Bond       string        `json:"bond"`     // wei
	Parcel     string        `json:"parcel"`   // file with the model
	HandOver   string        `json:"handOver"` // file for the node: the parcel, or the manifest alone
	Served     bool          `json:"served"`   // by the node of --data
	Notes      []string      `json:"notes,omitempty"`
}

// unready is the answer for a draft with problems.
type unready struct {
	draft  *publish.Draft
	report *publish.Report
}

func (u *unready) Error() string { return u.report.Err().Error() }

func (p *publication) say(step, format string, a ...any) {
	fmt.Fprintf(p.progress, "%-9s %s\n", step, fmt.Sprintf(format, a...))
}

func (p *publication) run(ctx context.Context) (*done, error) {
	if err := p.prepare(ctx); err != nil {
		return nil, err
	}
	defer p.place.close()
	signed, notes, err := p.plan(ctx)
	if err != nil {
		return nil, err
	}
	crashpoint.Here("publish.planned")
	m := &signed.Manifest
	d := &done{Plugin: m.ID(), Slug: m.Slug, Version: m.Version, Publisher: m.Publisher, Commitment: m.Commitment, RevealBy: m.RevealBy, Notes: notes}
	parcel, err := p.pack(signed)
	if err != nil {
		return nil, err
	}
	d.Manifest = parcel.CID.String()
	if err := p.pin(ctx, parcel); err != nil {
		return nil, err
	}
	crashpoint.Here("publish.pinned")
	if err := p.commit(ctx, parcel, d); err != nil {
		return nil, err
	}
	crashpoint.Here("publish.committed")
	if err := p.open(ctx, parcel); err != nil {
		return nil, err
	}
	return d, p.handOver(ctx, parcel, d)
}

// open has nodes serve a tower that has no date: no ciphertext of it is anywhere.
func (p *publication) open(ctx context.Context, parcel *publish.Parcel) error {
	m := &parcel.Signed.Manifest
	if parcel.Tower == nil || m.RevealBy != 0 {
		return nil
	}
	f, blocks, err := parts.Cut(p.secret.Bytes())
	if err != nil {
		return err
	}
	want := zkcommit.Custody{Plugin: m.ID(), Commitment: m.Commitment, Ciphertext: f.Name}
	var refused []string
	k := p.keepers("")
	for _, n := range k.nodes {
		if _, err := k.ask(ctx, n, want, f, blocks); err != nil {
			refused = append(refused, fmt.Sprintf("%s: %v", n, err))
		}
	}
	if len(refused) == len(k.nodes) {
		return fmt.Errorf("the tower is on the chain and no node serves its file: name one more with --custodian and start this again (%s)", strings.Join(refused, "; "))
	}
	p.say("open", "%d of %d nodes serve the tower's file, which is %s", len(k.nodes)-len(refused), len(k.nodes), f.Name)
	return nil
}

// keepers are the nodes that are asked to keep what is locked, which waits in the file.
func (p *publication) keepers(locked string) keepers {
	return keepers{domain: zkcommit.RegistryDomain(p.place.facts.ChainID, p.place.facts.Contracts.Registry),
		nodes: append(slices.Clone(p.custodians), p.node), told: p.progress, locked: locked}
}

// prepare checks everything, and makes the secrets before anything is made of them.
func (p *publication) prepare(ctx context.Context) (err error) {
	if p.draft, err = publish.Read(p.dir); err != nil {
		return err
	}
	b, err := bounds(ctx, p.node)
	if err != nil {
		return err
	}
	if r := p.draft.Check(b); len(r.Problems) > 0 {
		return &unready{p.draft, r}
	}
	p.say("check", "the draft is ready")
	if p.account, err = openWallet(p.keyFile()); err != nil {
		return err
	}
	if err := p.hide(); err != nil {
		return err
	}
	if p.commitment, err = p.secret.Commitment(); err != nil {
		return err
	}
	p.say("secrets", "the publisher is %s", p.account.address)
	if p.place, err = openPlace(ctx, p.node, p.account.key); err != nil {
		return err
	}
	terms, err := p.place.calls.Terms(ctx)
	p.terms = terms.Registry
	return err
}

// hide makes what the version commits to: the model, or a tower's file, with its salt.
func (p *publication) hide() error {
	if p.draft.IsTower() {
		file, shape, err := p.draft.OpenTower()
		if err != nil {
			return err
		}
		sum := sha256.Sum256(file)
		salt, err := secret(filepath.Join(p.dir, "secrets", fmt.Sprintf("%x.salt", sum[:8])))
		p.secret, p.shape, p.worker = &zkcommit.Tower{Salt: salt, File: file}, shape, true
		return err
	}
	model, err := p.draft.OpenModel()
	if err != nil {
		return err
	}
	_, held, err := openDraft(p.dir)
	if err != nil {
		return err
	}
	salt, err := secret(filepath.Join(p.dir, "secrets", held.Fingerprint()[:16]+".salt"))
	p.secret, p.shape = &zkcommit.Reveal{Schema: p.draft.Schema, Salt: zkcommit.NewSalt(salt), Model: model}, model.Shape
	return err
}

// pack is the parcel with the secret.
func (p *publication) pack(signed *zkcommit.SignedManifest) (*publish.Parcel, error) {
	switch s := p.secret.(type) {
	case *zkcommit.Tower:
		return publish.PackTower(signed, s)
	case *zkcommit.Reveal:
		return publish.Pack(signed, s)
	}
	return nil, errors.New("there is no secret to pack")
}

// kind is the plugin's on the chain.
func kind(m *zkcommit.Manifest) registry.Kind {
	return map[string]registry.Kind{"ranker": registry.Ranker, "filter": registry.Filter, "tower": registry.Tower}[m.Kind]
}

func (p *publication) keyFile() string {
	if p.key != "" {
		return p.key
	}
	return filepath.Join(p.dir, "secrets", "publisher.key")
}

// plan is the signed manifest of this model's version. It is kept before anything of it is
// published, so that whoever goes on publishes the same; a plan that nothing came of yet
// and that does not fit any more is made anew.
func (p *publication) plan(ctx context.Context) (*zkcommit.SignedManifest, []string, error) {
	path := filepath.Join(p.dir, "published", p.commitment.Hex()[2:18]+".manifest")
	id := zkcommit.PluginID(p.account.address, p.draft.Slug)
	on, err := p.place.calls.VersionOf(ctx, id, p.commitment)
	if err != nil {
		return nil, nil, err
	}
	plugin, _, err := p.place.calls.Plugin(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	old, err := readPlan(path)
	if err != nil {
		return nil, nil, err
	}
	now, err := p.place.now(ctx)
	if err != nil {
		return nil, nil, err
	}
	if on != 0 {
		if old == nil || old.Manifest.Version != on {
			return nil, nil, fmt.Errorf("the chain has this model as version %d of %s, and the plan that says how is not in %s: put it back", on, p.draft.Slug, path)
		}
		p.say("plan", "version %d is on the chain already", on)
		var notes []string
		if now := p.manifest(on, old.Manifest.RevealBy); !same(now, old.Manifest) {
			notes = append(notes, fmt.Sprintf("what changed in %s since is not published: a version's words are fixed, train a new version", publish.File))
		}
		return old, notes, nil
	}
	next := plugin.Versions + 1
	if old != nil && same(p.manifest(next, old.Manifest.RevealBy), old.Manifest) && (old.Manifest.RevealBy == 0) == (p.draft.Delay() == 0) &&
		(old.Manifest.RevealBy == 0 || time.Unix(int64(old.Manifest.RevealBy), 0).Sub(now) > leastDelay(p.terms)) {
		p.say("plan", "version %d goes on as it was planned", next)
		return old, nil, nil
	}
	date := uint64(0)
	if p.draft.Delay() > 0 {
		network, err := p.network()
		if err != nil {
			return nil, nil, err
		}
		// The date is a round's own, so that the lock opens on it.
		date = uint64(network.Time(network.Round(now.Add(p.draft.Delay()))).Unix())
	}
	signed, err := p.manifest(next, date).Sign(p.account.key)
	if err != nil {
		return nil, nil, err
	}
	doc, _, err := signed.Encode()
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o755)
	}
	if err == nil {
		err = writeFile(path, doc)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("the plan cannot be kept: %w", err)
	}
	p.say("plan", "version %d, %s", next, dated(date))
	return signed, nil, nil
}

func (p *publication) manifest(version uint32, date uint64) zkcommit.Manifest {
	return p.draft.Manifest(p.account.address, version, p.shape, circuit.ID, p.commitment, date)
}

// same compares manifests by their bytes.
func same(a, b zkcommit.Manifest) bool {
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && bytes.Equal(x, y)
}

func readPlan(path string) (*zkcommit.SignedManifest, error) {
	doc, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	signed, _, err := zkcommit.ParseManifest(doc)
	if err != nil {
		return nil, fmt.Errorf("the plan in %s is damaged, put the right file back: %w", path, err)
	}
	return signed, nil
}

func dated(date uint64) string {
	if date == 0 {
		return "public at once"
	}
	return "secret until " + time.Unix(int64(date), 0).UTC().Format("2006-01-02 15:04:05") + " UTC"
}

// leastDelay is the least time from a plan to its date: the commit's block comes a little later.
func leastDelay(t contracts.RegistryTerms) time.Duration {
	return time.Duration(t.MinDelay)*time.Second + 5*time.Second
}

// network is the drand network that this chain's models are locked to.
func (p *publication) network() (*timelock.Network, error) {
	n, err := timelock.NewNetwork(p.place.facts.Beacon.Info)
	if err != nil {
		return nil, fmt.Errorf("the node names no beacon to lock the model to: %w", err)
	}
	return n, nil
}

// pin puts the manifest on IPFS through the node.
func (p *publication) pin(ctx context.Context, parcel *publish.Parcel) error {
	name, err := postBlock(ctx, p.node, parcel.Document())
	if err != nil {
		return err
	}
	if name != parcel.CID.String() {
		return fmt.Errorf("the node keeps the manifest as %s and it is %s: use another node", name, parcel.CID)
	}
	p.say("pin", "the manifest is %s", name)
	return nil
}

// postBlock sends a document to a node.
func postBlock(ctx context.Context, node string, doc []byte) (cid string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(node, "/")+"/api/v1/blocks", bytes.NewReader(doc))
	if err != nil {
		return "", fmt.Errorf("%q is no URL of a node: send one such as http://127.0.0.1:8080", node)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", fmt.Errorf("the node at %s does not answer: check the URL and that it runs", node)
	}
	defer res.Body.Close()
	var answer struct{ CID, Detail, Error string }
	if err := json.NewDecoder(io.LimitReader(res.Body, 1<<16)).Decode(&answer); err != nil {
		return "", fmt.Errorf("the node at %s answers what cannot be read: it is of another version", node)
	}
	if why := answer.Detail + answer.Error; why != "" || res.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the node does not keep the document: %.500s", plain(why))
	}
	return answer.CID, nil
}

// commit puts plugin and version on the chain, if they are not there.
func (p *publication) commit(ctx context.Context, parcel *publish.Parcel, d *done) error {
	m := &parcel.Signed.Manifest
	calls := p.place.calls
	version, err := p.put(ctx, parcel)
	// On a busy chain gas may have become dearer since the account was funded.
	for tries := 0; p.fund != "" && err != nil && strings.Contains(err.Error(), "insufficient funds") && tries < 20; tries++ {
		version, err = p.put(ctx, parcel)
	}
	if err != nil {
		return whyRefused(err, p.terms)
	}
	if version != m.Version {
		return fmt.Errorf("the chain made it version %d and its manifest says %d: another publication with this key came between; withdraw that version and train a new one", version, m.Version)
	}
	standing, _, err := calls.Standing(ctx, m.ID(), version)
	if err != nil {
		return err
	}
	d.Bond = standing.Bond.String()
	p.say("commit", "version %d of %s is on the chain as plugin %s, its bond is %s wei", version, m.Slug, m.ID(), d.Bond)
	return nil
}

// put names the plugin and commits the version, each if that is not done yet.
func (p *publication) put(ctx context.Context, parcel *publish.Parcel) (version uint32, err error) {
	m := &parcel.Signed.Manifest
	calls := p.place.calls
	on, err := calls.VersionOf(ctx, m.ID(), m.Commitment)
	if err != nil {
		return 0, err
	}
	if on == 0 {
		bond := new(big.Int)
		if m.RevealBy != 0 {
			bond = p.terms.MinBond
		}
		if err := p.place.funded(ctx, p.account.address, bond, p.fund); err != nil {
			return 0, err
		}
	}
	if _, err := calls.EnsurePlugin(ctx, m.Slug, kind(m)); err != nil {
		return 0, err
	}
	crashpoint.Here("publish.named")
	network, err := p.network()
	if err != nil && m.RevealBy != 0 {
		return 0, err
	}
	return commitModel(ctx, calls, network,
		registry.Model{Plugin: m.ID(), Commitment: m.Commitment, ShapeID: m.ShapeID, Manifest: parcel.CID, RevealBy: m.RevealBy}, p.secret,
		p.keepers(filepath.Join(p.dir, "published", fmt.Sprintf("%s-%d.locked", m.Commitment.Hex()[2:18], m.RevealBy))))
}

// whyRefused says what to do about the contract's no.
func whyRefused(err error, t contracts.RegistryTerms) error {
	for name, what := range map[string]string{
		"(TooSoon)":  fmt.Sprintf("a version lives at least %s on this chain: publish the next one later, or withdraw the newest", time.Duration(t.MinLife)*time.Second),
		"(Overdue)":  "a model of this publisher is past its date and not revealed on the chain: candor reveal submit does that first",
		"(BadDelay)": "the date is too near by now: start this again",
	} {
		if strings.Contains(err.Error(), name) {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	return err
}

// handOver writes the parcel, and has the node of --data serve it.
func (p *publication) handOver(ctx context.Context, parcel *publish.Parcel, d *done) error {
	m := &parcel.Signed.Manifest
	d.Parcel = filepath.Join(p.dir, "published", fmt.Sprintf("%s-%d%s", m.Slug, m.Version, parcelSuffix))
	if err := writeFile(d.Parcel, parcel.Bytes()); err != nil {
		return fmt.Errorf("the parcel cannot be written: %w", err)
	}
	crashpoint.Here("publish.packed")
	d.HandOver = d.Parcel
	if p.worker {
		d.HandOver = filepath.Join(p.dir, "published", fmt.Sprintf("%s-%d.json", m.Slug, m.Version))
		if err := writeFile(d.HandOver, parcel.Document()); err != nil {
			return fmt.Errorf("the manifest cannot be written: %w", err)
		}
	}
	if p.data == "" {
		p.say("hand over", "a node serves it with: candor up --host %s", d.HandOver)
		return nil
	}
	if p.worker {
		alone, err := publish.Pack(parcel.Signed, nil)
		if err != nil {
			return err
		}
		parcel = alone
	}
	if err := host(p.data, parcel); err != nil {
		return err
	}
	if p.worker {
		p.say("hand over", "the node of %s serves it as soon as its worker is there: candor worker %s --node %s", p.data, p.dir, p.node)
		return nil
	}
	p.say("hand over", "the node of %s registers the model and serves it", p.data)
	if p.wait == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, p.wait)
	defer cancel()
	for {
		x, err := findRanker(ctx, p.node, m.ID().Hex())
		if err == nil && x != nil && x.Version == m.Version {
			d.Served = true
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the ranker is on the chain and the node at %s does not serve it yet: its log says why, and this command waits again", p.node)
		case <-time.After(300 * time.Millisecond):
		}
	}
}

func (d *done) print(w io.Writer) error {
	fmt.Fprintf(w, "PUBLISHED  version %d of %s, %s\nplugin     %s\nmanifest   %s\nparcel     %s (it holds the model: hand it to nodes that you trust)\n",
		d.Version, d.Slug, dated(d.RevealBy), d.Plugin, d.Manifest, d.Parcel)
	if d.HandOver != d.Parcel {
		fmt.Fprintf(w, "hand over  %s (it holds the manifest alone)\n", d.HandOver)
	}
	for _, n := range d.Notes {
		fmt.Fprintf(w, "note       %s\n", n)
	}
	if d.Served {
		fmt.Fprintf(w, "served     /api/v1/feed?ranker=%s\n", d.Plugin)
	}
	return nil
}
