package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"candor/graph"
	"candor/graph/embed"
	"candor/graph/snapshot"
	"candor/web"
	"candor/zkcommit/tlog"

	"github.com/ipfs/go-cid"
)

// snapshots are those of the index that this node wrote. Each has an entry in a
// log of its own, so that entry n of the other log stays run n.
type snapshots struct {
	*node
	log *tlog.Log

	writing sync.Mutex // one at a time
	mu      sync.RWMutex
	list    []web.MirrorSnapshot // newest first
	blocks  map[string][]cid.Cid // of those that are kept, by CID
}

// made is what is said of a snapshot, on the operator's door and by --json.
type made struct {
	ID         string          `json:"id"`
	Block      uint64          `json:"block"`
	BlockHash  graph.Hash      `json:"blockHash"`
	MirrorRoot graph.Hash      `json:"mirrorRoot"`
	Size       uint64          `json:"size"`
	Counts     snapshot.Counts `json:"counts"`
	Log        logPlace        `json:"log"`
}

type logPlace struct {
	Index uint64 `json:"index"`
	Key   string `json:"key"`
}

func (n *node) openSnapshots(ctx context.Context) error {
	l, err := tlog.Open(ctx, filepath.Join(n.dir, "log-snapshots"),
		tlog.Options{Origin: n.origin() + "/snapshots", Seed: n.keys.logSeed(), Logger: n.log})
	if err != nil {
		return err
	}
	n.closers = append(n.closers, func() error { return l.Close(context.Background()) })
	n.snapshots = &snapshots{node: n, log: l, blocks: map[string][]cid.Cid{}}
	size, err := l.Size(ctx)
	for i := uint64(0); i < size && err == nil; i++ {
		var e []byte
		if e, err = l.Entry(ctx, i, size); err == nil {
			err = n.snapshots.note(e, i)
		}
	}
	if err != nil {
		return err
	}
	return n.snapshots.recall(ctx)
}

// keptSnapshots is how many snapshots, the newest, keep their blocks on IPFS: older
// ones hold what was removed since, and take disk.
const keptSnapshots = 2

// recall finds the blocks of the snapshots that are kept.
func (s *snapshots) recall(ctx context.Context) error {
	for _, old := range s.all()[:min(keptSnapshots, len(s.list))] {
		c, err := cid.Decode(old.ID)
		if err != nil {
			return err
		}
		raw, err := s.ipfs.Kept(ctx, c)
		if err != nil {
			s.node.log.Warn("a snapshot that was written is not kept any more", "snapshot", c, "err", err)
			continue
		}
		root, err := snapshot.ParseRoot(c, raw)
		if err != nil {
			return err
		}
		s.keep(c, root)
	}
	return nil
}

// keep saves the blocks of the snapshot from the collector.
func (s *snapshots) keep(c cid.Cid, root snapshot.Root) {
	all := []cid.Cid{c}
	for _, l := range root.Chunks {
		all = append(all, l.Cid)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocks[c.String()] = all
}

// holds are the hashes of the blocks of the newest snapshots.
func (s *snapshots) holds() map[string]bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	held := map[string]bool{}
	for _, kept := range s.list[:min(keptSnapshots, len(s.list))] {
		for _, c := range s.blocks[kept.ID] {
			held[string(c.Hash())] = true
		}
	}
	return held
}

// note adds an entry of the log to the list.
func (s *snapshots) note(entry []byte, index uint64) error {
	l, err := snapshot.ParseEntry(entry)
	if err != nil {
		return fmt.Errorf("entry %d of the log of snapshots: %w", index, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = slices.Insert(s.list, 0, web.MirrorSnapshot{ID: l.CID.String(), Index: index, Block: l.Block, BlockHash: l.Hash,
		MirrorRoot: l.MirrorRoot, Posts: l.Posts, Size: l.Size})
	return nil
}

func (s *snapshots) all() []web.MirrorSnapshot {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.list)
}

// of says which world this node's snapshots are of.
func (n *node) of() snapshot.Of {
	return snapshot.Of{ChainID: n.chainID, Genesis: n.genesis, Contract: n.at.SocialGraph, Schema: embed.Schema}
}

// write makes the snapshot at the block (0: the newest that the chain will not
// take back), keeps its blocks, and logs it. bytes hears how much was written.
func (s *snapshots) write(ctx context.Context, block uint64, wrote func(bytes uint64)) (m made, err error) {
	if !s.writing.TryLock() {
		return m, errors.New("a snapshot is being written: wait until it is done")
	}
	defer s.writing.Unlock()
	if err := s.sound(); err != nil {
		return m, err
	}
	if block == 0 {
		if block = s.index.Status().Final.Number; block == 0 {
			return m, errors.New("no block of the index is final yet: wait, or name one with --block")
		}
	}
	at, err := s.mirror.Mirror.At(ctx, block)
	if err != nil {
		return m, err
	}
	var size uint64
	root, c, err := snapshot.Write(s.of(), at.Block(), embed.Text,
		func(take func(snapshot.Row) error) error { return s.mirror.Export(ctx, block, take) },
		func(c cid.Cid, b []byte) error {
			size += uint64(len(b))
			wrote(size)
			return s.ipfs.PutBlock(ctx, c, bytes.Clone(b))
		})
	if err != nil {
		return m, err
	}
	s.keep(c, root)
	index, err := s.logged(ctx, root, c)
	return made{ID: c.String(), Block: block, BlockHash: root.Block.Hash, MirrorRoot: root.MirrorRoot, Size: root.Size,
		Counts: root.Counts, Log: logPlace{index, s.log.Verifier().String()}}, err
}

// logged puts the snapshot on the log, once however often it is written.
func (s *snapshots) logged(ctx context.Context, root snapshot.Root, c cid.Cid) (uint64, error) {
	for _, old := range s.all() {
		if old.ID == c.String() {
			return old.Index, nil
		}
	}
	entry := root.Entry(c)
	index, err := s.log.Append(ctx, entry)
	if err != nil {
		return 0, err
	}
	if _, err := s.log.Published(ctx, index+1); err != nil {
		return 0, err
	}
	return index, s.note(entry, index)
}

// A said is a line of the answer to the operator.
type said struct {
	Bytes uint64 `json:"bytes,omitempty"` // written so far
	Made  *made  `json:"made,omitempty"`
	Error string `json:"error,omitempty"`
}

// operatorDoor is where whoever may read the node's keys asks it for work. A
// socket in a directory of mode 0700 needs no password and is on no network.
func operatorDoor(dir string) string { return filepath.Join(dir, "keys", "operator.sock") }

// operate answers the operator until the context ends.
func (s *snapshots) operate(ctx context.Context) error {
	path := operatorDoor(s.dir)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) { // of a process that was killed
		return err
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		// Most often the path is too long for a socket. All else works.
		s.node.log.Warn("candor snapshot cannot reach this node: choose a shorter --data", "err", err)
		return nil
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /snapshot", s.answerSnapshot)
	mux.HandleFunc("GET /block/{cid}", s.answerBlock)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	defer context.AfterFunc(ctx, func() { server.Close() })()
	if err := server.Serve(l); ctx.Err() == nil {
		return fmt.Errorf("the operator's door failed: %w", err)
	}
	return nil
}

func (s *snapshots) answerSnapshot(w http.ResponseWriter, r *http.Request) {
	block, err := strconv.ParseUint(r.URL.Query().Get("block"), 10, 63)
	if err != nil {
		http.Error(w, "send block=N", http.StatusBadRequest)
		return
	}
	out := json.NewEncoder(w)
	say := func(line said) {
		if out.Encode(line) == nil { // else nobody listens any more, and r's context ends the work
			_ = http.NewResponseController(w).Flush()
		}
	}
	m, err := s.write(r.Context(), block, func(n uint64) { say(said{Bytes: n}) })
	if err != nil {
		say(said{Error: err.Error()})
		return
	}
	say(said{Made: &m})
}

func (s *snapshots) answerBlock(w http.ResponseWriter, r *http.Request) {
	c, err := cid.Decode(r.PathValue("cid"))
	if err == nil {
		var b []byte
		if b, err = s.ipfs.GetBlock(r.Context(), c, snapshot.ChunkSize); err == nil {
			_, _ = io.Copy(w, bytes.NewReader(b)) // who hangs up is none of ours
			return
		}
	}
	http.Error(w, err.Error(), http.StatusNotFound)
}
