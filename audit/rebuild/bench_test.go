package rebuild_test

import (
	"syscall"
	"testing"

	"candor/audit/rebuild"
	"candor/feeds/candidates"
	"candor/graph"
	"candor/graph/embed"
	"candor/rankers/features"
	"candor/spamfilter"
	"candor/store/storetest"
	"candor/zkcommit"
)

// BenchmarkRebuild compares runs of one viewer each over a graph of so many posts.
func BenchmarkRebuild(b *testing.B) {
	stream := storetest.NewStream(1, 100)
	bs := stream.Next(450) // 45,000 events, of which 20,000 are posts
	s := rebuild.New(embed.Text, []uint64{449, 450})
	for _, x := range bs {
		if err := s.Apply(x.Block, x.Events); err != nil {
			b.Fatal(err)
		}
	}
	for _, x := range bs {
		for c, doc := range x.Contents {
			if err := s.Provide(c, doc); err != nil {
				b.Fatal(err)
			}
		}
	}
	s.Seal()
	for name, anonymous := range map[string]bool{"nobody": true, "viewer": false} {
		b.Run(name, func(b *testing.B) {
			before := cpu()
			defer func() { b.ReportMetric(float64(cpu()-before)/float64(b.N)/1e3, "cpu-ms/op") }()
			for i := 0; b.Loop(); i++ {
				snap, err := s.At(450)
				if err != nil {
					b.Fatal(err)
				}
				viewer := graph.Address{}
				if !anonymous {
					viewer = storetest.Person(i % 500)
				}
				rec := zkcommit.Record{}
				if rec.Candidates, err = candidates.Gather(snap, viewer, candidates.Default()); err != nil {
					b.Fatal(err)
				}
				for _, f := range spamfilter.Catalogue() {
					if _, err := f.Judge(snap, rec.Candidates); err != nil {
						b.Fatal(err)
					}
				}
				if _, err := features.Build(features.Schema(), snap, viewer, rec.Candidates[:50]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// cpu is the time that the process had, in microseconds.
func cpu() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return (u.Utime.Sec+u.Stime.Sec)*1e6 + int64(u.Utime.Usec+u.Stime.Usec)
}
