package torture

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/graph"
	"candor/internal/torture"
	"candor/store/postgres"
	"candor/store/postgres/pgtest"
	"candor/store/scan"
	"candor/store/storetest"
	"candor/store/tables"
)

// childURL is the server that a child's mirror is on, in its environment.
const childURL = "CANDOR_TORTURE_URL"

// openPostgres opens the mirror that the directory's name stands for. A server
// may take a moment to see that the client before is dead.
func openPostgres(ctx context.Context, dir string) (mirror, error) {
	prefix := "t" + strings.NewReplacer("/", "_", "-", "_").Replace(filepath.Base(filepath.Dir(dir))+filepath.Base(dir))
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		m, err := postgres.OpenMirror(ctx, os.Getenv(childURL), strings.ToLower(prefix),
			tables.Options{Embed: storetest.Embed, Schema: graph.Hash{1}, Genesis: graph.Hash{2}, Vectors: scan.New()})
		if err == nil {
			return tablesMirror{m}, nil
		}
		if !errors.Is(err, postgres.ErrInUse) || time.Now().After(end) {
			return nil, err
		}
	}
}

// TestKilledPostgres kills the indexer over PostgreSQL, and PostgreSQL itself.
func TestKilledPostgres(t *testing.T) {
	if pgtest.Skip() {
		t.Skip("CANDOR_NO_POSTGRES=1 leaves PostgreSQL out")
	}
	server, err := pgtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Stop()
	t.Setenv(childURL, server.URL(nil))
	killAll(t, "postgres", torture.Count(6, 200), "indexer", "store/tables", "store/postgres", "store/scan")
	killServer(t, server, torture.Count(2, 20))
}

// killServer ends the server's processes while the indexer commits to it.
func killServer(t *testing.T, server *pgtest.Server, total int) {
	seed := torture.Seed(t)
	rng := rand.New(rand.NewPCG(seed, 2))
	kills, lives := 0, 0
	for kills < total {
		l := &life{kind: "postgres", dir: t.TempDir(), seed: seed + uint64(lives)}
		lives++
		line := newTimeline(l.seed, versions)
		for ended := false; !ended; {
			if kills == total || l.kills > 10 {
				if _, err := l.run("", 0, nil); err != nil {
					t.Fatalf("timeline %d: %v", l.seed, err)
				}
				break
			}
			var fell error
			down := false
			killed, err := l.run("", time.Duration(150+rng.Int64N(400))*time.Millisecond, func() {
				down = true
				fell = server.Kill()
			})
			if err != nil || fell != nil {
				t.Fatalf("timeline %d after %d kills of the server: %v, %v", l.seed, kills, err, fell)
			}
			if down {
				if err := server.Run(); err != nil {
					t.Fatal(err)
				}
			}
			if ended = !killed; killed {
				kills++
				if err := l.kept(line, rng); err != nil {
					t.Fatalf("timeline %d after %d kills of the server: %v", l.seed, kills, err)
				}
			}
		}
		if err := l.finished(line, rng); err != nil {
			t.Fatalf("timeline %d: %v", l.seed, err)
		}
	}
	torture.Say(t, "%d kills of PostgreSQL itself in %d timelines, 0 rows lost or doubled", kills, lives)
}
