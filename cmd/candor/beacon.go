package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"time"

	"candor/local/beacon"
	"candor/zkcommit/timelock"

	"github.com/spf13/cobra"
)

// localPeriod is how many seconds pass between rounds of a local beacon.
const localPeriod = 1

// beaconOptions say whose beacon opens what is locked.
type beaconOptions struct {
	drand   []string
	network string
}

func (o *beaconOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringSliceVar(&o.drand, "drand", nil, "URLs of a drand network to lock models with, such as https://api.drand.sh; without one the development chain has a beacon of its own, and other chains take drand's quicknet")
	f.StringVar(&o.network, "drand-network", "", "hash of the network at --drand, if it is not drand's quicknet")
}

func (o beaconOptions) check() error {
	if o.network != "" && len(o.drand) == 0 {
		return errors.New("--drand-network goes with --drand: name the network's endpoints")
	}
	return checkEndpoints(o.drand, "--drand")
}

func checkEndpoints(all []string, flag string) error {
	for _, e := range all {
		if u, err := url.Parse(e); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return fmt.Errorf("%s %q is no URL: send one such as https://api.drand.sh", flag, e)
		}
	}
	return nil
}

// openBeacon finds the network that this node locks to and opens with.
func (n *node) openBeacon(ctx context.Context, o beaconOptions, r revealOptions) (err error) {
	n.revealAfter = r.after
	if n.chain == nil || len(o.drand) > 0 {
		n.dates, err = drand(ctx, o.drand, o.network)
		return err
	}
	if n.beacon, err = beacon.Open(filepath.Join(n.dir, "beacon"), localPeriod, time.Now); err != nil {
		return err
	}
	n.dates = &timelock.Beacon{Network: n.beacon.Network} // its endpoint is this node's, once that is known
	return nil
}

// drand is a network with its endpoints: quicknet, whose key is built in, or the one
// with the hash, whose key an endpoint tells and the hash binds.
func drand(ctx context.Context, endpoints []string, network string) (*timelock.Beacon, error) {
	b := &timelock.Beacon{Endpoints: endpoints}
	if len(endpoints) == 0 {
		b.Endpoints = timelock.Endpoints
	}
	if network == "" || network == timelock.Quicknet.Hash {
		var err error
		b.Network, err = timelock.NewNetwork(timelock.Quicknet)
		return b, err
	}
	found, err := fetchNetwork(ctx, endpoints)
	if err != nil {
		return nil, err
	}
	if found.Info().Hash != network {
		return nil, fmt.Errorf("the endpoints of --drand are of the network %s, not %s", found.Info().Hash, network)
	}
	b.Network = found
	return b, nil
}

// fetchNetwork asks the endpoints which network they serve.
func fetchNetwork(ctx context.Context, endpoints []string) (*timelock.Network, error) {
	var failed error
	for _, e := range endpoints {
		found, err := timelock.Fetch(ctx, nil, e)
		if err == nil {
			return found, nil
		}
		failed = errors.Join(failed, fmt.Errorf("%s: %w", e, err))
	}
	return nil, fmt.Errorf("no beacon tells which network it is, check the URLs: %w", failed)
}

// beaconFacts is what /api/v1/chain says of the beacon.
type beaconFacts struct {
	Endpoints   []string      `json:"endpoints"`
	Info        timelock.Info `json:"info"`
	Development bool          `json:"development"` // this node's own: it can open everything early
}

func (n *node) beaconFacts() beaconFacts {
	return beaconFacts{n.dates.Endpoints, n.dates.Info(), n.beacon != nil}
}

// serveBeacon is the handler of /beacon/, nil when the beacon is elsewhere.
func (n *node) serveBeacon() http.Handler {
	if n.beacon == nil {
		return nil
	}
	return n.beacon
}

func beaconCommand() *cobra.Command {
	var data, at string
	var period uint32
	c := &cobra.Command{
		Use:   "beacon",
		Short: "Run a development beacon alone",
		Long: `Run the development beacon of a data directory without its node: drand's HTTP
interface with a network of one, which candor up has under /beacon on a development
chain. It goes on signing rounds of the network whose key is in DATA/beacon, so that
models which were locked to it open on their dates, whatever became of the node.

Whoever has its key opens everything early. It is for development: elsewhere models are
locked to drand's own networks, which candor up --drand names.`,
		Example: `  candor beacon --data data --listen 127.0.0.1:8090`,
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if period == 0 {
				return errors.New("--period 0 is no time between rounds: send at least 1")
			}
			b, err := beacon.Open(filepath.Join(data, "beacon"), period, time.Now)
			if err != nil {
				return err
			}
			l, err := listen(at)
			if err != nil {
				return err
			}
			info, err := json.Marshal(b.Info())
			if err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "http://%s\n%s\n", l.Addr(), info)
			s := &http.Server{Handler: b, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, IdleTimeout: 30 * time.Second}
			defer context.AfterFunc(c.Context(), func() { _ = s.Close() })()
			if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				return err
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&data, "data", "data", "directory of the node, whose beacon it is; a network is founded where there is none")
	f.StringVar(&at, "listen", "127.0.0.1:8090", "address to serve at")
	f.Uint32Var(&period, "period", localPeriod, "seconds between the rounds of a network that is founded")
	return c
}
