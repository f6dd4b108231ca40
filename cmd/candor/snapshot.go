package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"candor/graph/snapshot"

	"github.com/ipfs/go-cid"
	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

type snapshotOptions struct {
	data, out string
	block     uint64
	json      bool
}

func snapshotCommand() *cobra.Command {
	var o snapshotOptions
	c := &cobra.Command{
		Use:   "snapshot",
		Short: "Write a snapshot of a running node's index",
		Long: `Write a snapshot of the index of the node that runs on --data: tables, posts and
embeddings as they are at one block, under one CID. The node keeps its blocks on
IPFS and puts the CID on its log of snapshots. Indexing goes on meanwhile.

Nodes that hold the same posts and withhold the same ones write the same bytes at
a block. So a snapshot is checked by indexing the chain from its first block and
asking for the snapshot at that block: the CIDs are equal, or one of the two is
wrong. A snapshot holds what stood at its block: what its authors remove later is
still in it, and whoever has it has that, too.

The node is asked through a socket in its keys' directory, so that only who may
read its keys can ask.`,
		Example: `  candor snapshot
  candor snapshot --data /var/lib/candor --out candor.car
  candor up --data new --from-snapshot candor.car`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return takeSnapshot(c.Context(), o, c.OutOrStdout()) },
	}
	f := c.Flags()
	f.StringVar(&o.data, "data", "data", "directory of the node's data")
	f.Uint64Var(&o.block, "block", 0, "block to write, one of the last 256; 0 is the newest final one")
	f.StringVar(&o.out, "out", "", "write the snapshot to this file, too, as a CAR")
	f.BoolVar(&o.json, "json", false, "print the facts as JSON")
	return c
}

// operator is a client of a node's operator's door.
type operator struct {
	client *http.Client
	data   string
}

func operatorOf(data string) operator {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", operatorDoor(data))
	}
	return operator{&http.Client{Transport: &http.Transport{DialContext: dial}}, data}
}

// ask sends a request; the caller closes the answer.
func (o operator) ask(ctx context.Context, method, path string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://node"+path, nil)
	if err != nil {
		return nil, err
	}
	res, err := o.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("no node answers in %s: start it with candor up, or name its directory with --data", o.data)
	}
	if res.StatusCode != http.StatusOK {
		b, _ := io.ReadAll(io.LimitReader(res.Body, 1<<10))
		res.Body.Close()
		return nil, errors.New(strings.TrimSpace(string(b)))
	}
	return res.Body, nil
}

func (o operator) block(ctx context.Context, c cid.Cid) ([]byte, error) {
	body, err := o.ask(ctx, http.MethodGet, "/block/"+c.String())
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(io.LimitReader(body, snapshot.ChunkSize+1))
}

func takeSnapshot(ctx context.Context, o snapshotOptions, out io.Writer) error {
	node := operatorOf(o.data)
	m, err := node.snapshot(ctx, o.block)
	if err != nil {
		return err
	}
	if o.out != "" {
		if err := node.car(ctx, m.ID, o.out); err != nil {
			return err
		}
	}
	if o.json {
		return json.NewEncoder(out).Encode(m)
	}
	c := m.Counts
	_, err = fmt.Fprintf(out, `snapshot     %s
block        %d %s
mirror root  %s
rows         %d posts, %d profiles, %d follows, %d reactions, %d documents, %d withheld
size         %d bytes
log          entry %d of %s
`, m.ID, m.Block, m.BlockHash, m.MirrorRoot, c.Posts, c.Profiles, c.Follows, c.Reactions, c.Documents, c.Withheld, m.Size, m.Log.Index, m.Log.Key)
	return err
}

// snapshot asks for one and shows its progress.
func (o operator) snapshot(ctx context.Context, block uint64) (m made, err error) {
	body, err := o.ask(ctx, http.MethodPost, fmt.Sprintf("/snapshot?block=%d", block))
	if err != nil {
		return m, err
	}
	defer body.Close()
	show, end := byteBar(os.Stderr, "writing", -1)
	defer end()
	for lines := bufio.NewScanner(body); lines.Scan(); {
		var line said
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return m, fmt.Errorf("the node's answer is none: is it another version of candor? %w", err)
		}
		switch {
		case line.Error != "":
			return m, errors.New(line.Error)
		case line.Made != nil:
			return *line.Made, nil
		}
		show(line.Bytes)
	}
	return m, errors.New("the node ended before the snapshot was done: ask again when it runs")
}

// car writes the snapshot's file: whole, or none.
func (o operator) car(ctx context.Context, id, path string) (err error) {
	c, err := cid.Decode(id)
	if err != nil {
		return err
	}
	raw, err := o.block(ctx, c)
	if err != nil {
		return err
	}
	root, err := snapshot.ParseRoot(c, raw)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return fmt.Errorf("the file %s cannot be written: name another with --out", path)
	}
	defer os.Remove(f.Name())
	show, end := byteBar(os.Stderr, "saving", int64(root.Size))
	defer end()
	w := bufio.NewWriterSize(f, 1<<20)
	var done uint64
	err = snapshot.WriteCAR(w, c, root.Blocks(), func(c cid.Cid) ([]byte, error) {
		b, err := o.block(ctx, c)
		done += uint64(len(b))
		show(done)
		return b, err
	})
	for _, step := range []func() error{w.Flush, f.Sync} {
		if err == nil {
			err = step()
		}
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// byteBar shows bytes going by: as a bar on a terminal (of unknown length when
// total is -1), as a line every few seconds elsewhere.
func byteBar(w *os.File, what string, total int64) (show func(done uint64), end func()) {
	if !term.IsTerminal(int(w.Fd())) {
		last := time.Now()
		return func(done uint64) {
			if time.Since(last) > 5*time.Second {
				last = time.Now()
				fmt.Fprintf(w, "%s: %d MiB\n", what, done>>20)
			}
		}, func() {}
	}
	bar := progressbar.NewOptions64(total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
		progressbar.OptionShowBytes(true), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetWidth(30))
	return func(done uint64) { _ = bar.Set64(int64(done)) }, func() { fmt.Fprintln(w) } // it only decorates
}
