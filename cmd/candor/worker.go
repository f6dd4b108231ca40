package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"candor/graph"
	"candor/rankers/publish"
	"candor/rankers/worker"
	"candor/zkcommit"

	"github.com/spf13/cobra"
)

func workerCommand() *cobra.Command {
	var o workerServe
	c := &cobra.Command{
		Use:   "worker DIR|FILE",
		Short: "Serve a published ranker from here: its model goes nowhere",
		Long: `Serve the ranker or tower of a publisher's directory, or of a file that candor ranker publish
wrote, from this process and machine. The node has the manifest alone: it sends the rows
of each page over NATS and gets scores, and the worker makes the model's registration and
its runs' proofs, too. All published versions of the directory are served side by side.

With --node and the publisher's key in DIR/secrets nothing else is to be said. Elsewhere
--credentials names what candor worker permit wrote: it lets one operator's workers serve
one version on one node, until it expires. Workers of one operator share its load.

What it was asked before SIGTERM or Ctrl-C it answers, and takes no more. With
--onnxruntime it ranks in ONNX Runtime, on a CUDA card where there is one, else in pure Go:
the scores are the same on every bit. Requests that wait go into the next run together. A
card that is absent, wrong, hangs or has no memory left costs one line, and the CPU takes
over; start the worker again to try the card again. docs/worker-protocol.md says how to write another.`,
		Example: `  candor worker kindling --node http://127.0.0.1:8080
  candor worker kindling-1.ranker --credentials credentials.json --device cuda --onnxruntime libonnxruntime.so.1
  candor worker permit kindling --node https://node.example --operator north --out credentials.json`,
		Args: one("name one directory of a publisher, or one .ranker file"),
		RunE: func(c *cobra.Command, args []string) error {
			o.out, o.log = c.OutOrStdout(), quietly()
			all, err := o.find(c.Context(), args[0])
			if err != nil {
				return err
			}
			return interrupted(c.Context(), o.run(c.Context(), all))
		},
	}
	f := c.Flags()
	o.access.flags(c)
	f.StringArrayVar(&o.files, "credentials", nil, "file that candor worker permit wrote; may be repeated, for other versions; without one the publisher's key permits")
	f.StringVar(&o.operator, "operator", "publisher", "with the publisher's key: the operator's name, a slug")
	f.IntVar(&o.capacity, "capacity", worker.DefaultCapacity(), "how many requests it takes at once")
	f.StringVar(&o.device, "device", "auto", "what ranks: go, cpu or cuda (both ONNX Runtime), or auto, the best that there is")
	f.IntVar(&o.card, "card", 0, "number of the CUDA card")
	f.StringVar(&o.library, "onnxruntime", os.Getenv("CANDOR_ONNXRUNTIME"), "file of ONNX Runtime's library, or CANDOR_ONNXRUNTIME")
	f.IntVar(&o.cores, "prove-cores", max(1, runtime.NumCPU()/2), "how many processor cores it gives to proofs; 0 makes none")
	f.BoolVar(&o.proveOnly, "prove-only", false, "make registrations and proofs, and leave ranking to others, such as a worker in Python")
	f.StringArrayVar(&o.ceremonies, "ceremony", nil, "directory of a sealed ceremony, whose keys make the registration; without one development keys do, made here once; may be repeated")
	f.BoolVar(&o.asJSON, "json", false, "print a line of JSON each time that a node begins or stops to ask it")
	c.AddCommand(workerPermitCommand())
	return c
}

// access is how a worker finds its node.
type access struct{ node, at, key string }

func (a *access) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&a.node, "node", "http://127.0.0.1:8080", "URL of the node")
	f.StringVar(&a.at, "nats", "", "URL of the node's NATS server, such as tls://node.example:4222?pin=HEX; without one as the node says")
	f.StringVar(&a.key, "key", "", "file of the publisher's key; without one DIR/secrets/publisher.key")
}

// ofNode are the node's address and where its NATS server is, as the node says.
func (a *access) ofNode(ctx context.Context) (address graph.Address, at string, err error) {
	b, err := fetch(ctx, a.node, "/api/v1/chain")
	if err != nil {
		return address, "", err
	}
	var facts struct {
		Node    graph.Address
		Workers string
	}
	if err := json.Unmarshal(b, &facts); err != nil {
		return address, "", fmt.Errorf("the node at %s says nothing of workers: it is of another version", a.node)
	}
	if at = a.at; at == "" {
		at, err = reachedFrom(a.node, facts.Workers)
	}
	return facts.Node, at, err
}

// reachedFrom puts the node's own host where its NATS server names all of its addresses.
func reachedFrom(node, at string) (string, error) {
	if at == "" {
		return "", errors.New("the node takes its jobs from another NATS server: ask its operator, and name it with --nats")
	}
	u, err := url.Parse(at)
	home, err2 := url.Parse(node)
	if err := errors.Join(err, err2); err != nil {
		return "", fmt.Errorf("the node's NATS server %.80q cannot be read: name it with --nats", at)
	}
	switch ip := net.ParseIP(u.Hostname()); {
	case ip != nil && ip.IsUnspecified():
		u.Host = net.JoinHostPort(home.Hostname(), u.Port())
	case ip != nil && ip.IsLoopback() && home.Hostname() != "localhost" && !net.ParseIP(home.Hostname()).IsLoopback():
		return "", fmt.Errorf("the node at %s lets no workers in from other machines: its operator starts candor up with --workers", node)
	}
	return u.String(), nil
}

// published are the parcels of a directory or of one file, the newest version last.
func publishedOf(path string) ([]*publish.Parcel, error) {
	files := []string{path}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		if files, err = filepath.Glob(filepath.Join(path, "published", "*"+parcelSuffix)); err != nil || len(files) == 0 {
			return nil, errors.Join(err, fmt.Errorf("nothing of %s is published: candor ranker publish does that", path))
		}
	}
	var all []*publish.Parcel
	for _, file := range files {
		p, err := readParcel(file)
		if err != nil {
			return nil, err
		}
		if p.Secret == nil && p.Tower == nil {
			return nil, fmt.Errorf("%s holds no model: name its publisher's directory or .ranker file", file)
		}
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *publish.Parcel) int {
		return int(a.Signed.Manifest.Version) - int(b.Signed.Manifest.Version)
	})
	return all, nil
}

// permit signs an operator's permit for a version.
func (a *access) permit(ctx context.Context, dir, operator string, p *publish.Parcel, until time.Duration) (c worker.Credentials, err error) {
	key := a.key
	if key == "" {
		key = filepath.Join(dir, "secrets", "publisher.key")
	}
	if _, err := os.Stat(key); err != nil {
		return c, fmt.Errorf("there is no publisher's key in %s: name it with --key, or what candor worker permit wrote with --credentials", key)
	}
	w, err := openWallet(key)
	if err != nil {
		return c, err
	}
	m := &p.Signed.Manifest
	if w.address != m.Publisher {
		return c, fmt.Errorf("the key in %s is that of %s, and the publisher is %s", key, w.address, m.Publisher)
	}
	node, at, err := a.ofNode(ctx)
	if err != nil {
		return c, err
	}
	permit := &zkcommit.Permit{Node: node, Model: m.Commitment, Operator: operator, Expires: uint64(time.Now().Add(until).Unix())}
	if err := permit.Sign(w.key); err != nil {
		return c, err
	}
	c = worker.NewCredentials(at, permit, m.Version, m.FeatureSchema)
	if m.Kind == "tower" {
		err = delegate(&c, w.key)
	}
	return c, err
}

func workerPermitCommand() *cobra.Command {
	var a access
	var operator, out string
	var until time.Duration
	c := &cobra.Command{
		Use:   "permit DIR",
		Short: "Let an operator's workers serve your ranker's newest version on a node",
		Long: `Write credentials with which an operator's workers serve the newest version of a
directory's ranker on a node, until they expire. Whoever has the file gets in as that
operator, so keep it as you would a password. The operator's name is your word that it is one
hand: where several operators serve a ranker, a node asks several the same, and cuts off the
one that answers otherwise. A Go worker of another operator needs the .ranker file, too,
which holds the model; others bring a model of their own that does the same.`,
		Example: "  candor worker permit kindling --node http://127.0.0.1:8080 --operator north --out credentials.json",
		Args:    one("name one directory of a publisher"),
		RunE: func(c *cobra.Command, args []string) error {
			if until <= 0 {
				return errors.New("--for is how long the permit is good: send one such as 720h")
			}
			all, err := publishedOf(args[0])
			if err != nil {
				return err
			}
			x, err := a.permit(c.Context(), args[0], operator, all[len(all)-1], until)
			if err != nil {
				return err
			}
			doc, err := x.Encode()
			if err != nil {
				return err
			}
			if out == "" {
				_, err = c.OutOrStdout().Write(doc)
				return err
			}
			if err := writeFile(out, doc); err != nil {
				return fmt.Errorf("the credentials cannot be written: %w", err)
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "PERMITTED  %s serves version %d until %s: %s\n", operator, x.Version, time.Unix(int64(x.Expires), 0).UTC().Format("2006-01-02"), out)
			return err
		},
	}
	f := c.Flags()
	a.flags(c)
	f.StringVar(&operator, "operator", "publisher", "the operator's name, a slug")
	f.DurationVar(&until, "for", 90*24*time.Hour, "how long it is good")
	f.StringVar(&out, "out", "", "file to write; without one it is printed")
	return c
}

// readCredentials reads one file.
func readCredentials(path string) (c worker.Credentials, err error) {
	err = reading(path, func(r io.Reader) error {
		b, err := io.ReadAll(io.LimitReader(r, worker.MaxCredentials+1))
		if err == nil {
			c, err = worker.ParseCredentials(b)
		}
		return err
	})
	if err != nil {
		return c, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}
