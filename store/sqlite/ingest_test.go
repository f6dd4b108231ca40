package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"candor/graph/embed"
	"candor/store/scan"
	"candor/store/sqlite"
	"candor/store/storetest"
	"candor/store/tables"
)

// BenchmarkCommitAll is groups of five blocks of 200 events.
func BenchmarkCommitAll(b *testing.B) {
	ctx := context.Background()
	m, err := sqlite.OpenMirror(ctx, filepath.Join(b.TempDir(), "mirror.db"),
		tables.Options{Embed: embed.Text, Vectors: scan.New()})
	if err != nil {
		b.Fatal(err)
	}
	defer m.Close()
	stream := storetest.NewStream(1, 200)
	for b.Loop() {
		b.StopTimer()
		bs := stream.Next(5)
		b.StartTimer()
		if err := m.CommitAll(ctx, bs); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "events/s")
}
