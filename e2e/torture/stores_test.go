package torture

import (
	"context"
	"fmt"
	"path/filepath"

	"candor/graph"
	"candor/store/scan"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"
)

// openStore opens the mirror of the kind in the directory, with its vectors.
func openStore(ctx context.Context, kind, dir string) (mirror, error) {
	switch kind {
	case "sqlite":
		m, err := sqlite.OpenMirror(ctx, filepath.Join(dir, "mirror.db"),
			tables.Options{Embed: storetest.Embed, Schema: graph.Hash{1}, Genesis: graph.Hash{2}, Vectors: scan.New()})
		return tablesMirror{m}, err
	case "postgres":
		return openPostgres(ctx, dir)
	}
	return nil, fmt.Errorf("there is no store %q", kind)
}

type tablesMirror struct{ *tables.Mirror }

func (m tablesMirror) Snapshot(ctx context.Context, block uint64) (storetest.Snapshot, error) {
	return m.At(ctx, block)
}
