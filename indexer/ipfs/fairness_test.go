package ipfs

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"candor/internal/torture"
)

// TestHostileDelaysNoGoodPost measures how long good posts take, by turns with
// nothing else to do and beside hostile contents that hang, drip and come to
// nothing. The good gateway takes as long as one does that is not next door.
func TestHostileDelaysNoGoodPost(t *testing.T) {
	const hanging, posts, parallel = 96, 160, 16
	rounds := torture.Count(2, 20)
	bad, good := newStage(t, false), newStage(t, false)
	n, err := Open(t.Context(), Config{Dir: t.TempDir(), Timeout: 3 * time.Second, PrivateGateways: []string{good.URL, bad.URL}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Close() })
	p := newActor(t)
	if err := n.Connect(t.Context(), p.host.Addrs()[0].String()+"/p2p/"+p.host.ID().String()); err != nil {
		t.Fatal(err)
	}
	serial := 0
	round := func(disturbed bool) (p50, p99 time.Duration) {
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		if disturbed {
			for i := range hanging {
				wg.Go(func() {
					for k := 0; ctx.Err() == nil; k++ {
						_, c := post(t, fmt.Sprint("hostile ", serial, " ", i, " ", k))
						act := []http.HandlerFunc{silence, func(w http.ResponseWriter, r *http.Request) { raw(w); drip(w, r, 500*time.Millisecond, []byte("x")) },
							func(w http.ResponseWriter, r *http.Request) { time.Sleep(time.Second); http.NotFound(w, r) }}[i%3]
						good.set(c, act)
						bad.set(c, act)
						_, _ = n.Get(ctx, c)
						good.drop(c)
						bad.drop(c)
					}
				})
			}
			time.Sleep(300 * time.Millisecond) // all of them are under way
		}
		took := make([]time.Duration, posts)
		var workers sync.WaitGroup
		for w := range parallel {
			workers.Go(func() {
				for i := w; i < posts; i += parallel {
					doc, c := post(t, fmt.Sprint("good ", serial, " ", i))
					good.set(c, func(w http.ResponseWriter, r *http.Request) {
						time.Sleep(time.Duration(90+i%40) * time.Millisecond)
						block200(doc)(w, r)
					})
					began := time.Now()
					got, err := n.Get(t.Context(), c)
					took[i] = time.Since(began)
					if err != nil || !bytes.Equal(got, doc) {
						t.Errorf("a good post gives %d bytes, %v", len(got), err)
					}
				}
			})
		}
		workers.Wait()
		stop()
		wg.Wait()
		serial++
		slices.Sort(took)
		return took[posts/2], took[posts*99/100]
	}
	round(false) // connections are made
	var quiet, beside, ratios []float64
	// A busy machine makes single rounds long; more of them say more.
	for i := 0; i < rounds || i < 4*rounds && median(ratios) > 1.10; i++ {
		_, a := round(false)
		_, b := round(true)
		quiet, beside, ratios = append(quiet, float64(a)/1e6), append(beside, float64(b)/1e6), append(ratios, float64(b)/float64(a))
	}
	q, b := median(quiet), median(beside)
	torture.Say(t, "good posts' p99 beside %d hostile contents: %.1f ms, alone %.1f ms, ratio %.3f (limit 1.10), medians of %d rounds", hanging, b, q, median(ratios), len(ratios))
	if r := median(ratios); r > 1.10 {
		t.Errorf("hostile contents make good posts' p99 %.3f times as long: %v", r, ratios)
	}
}

func median(x []float64) float64 {
	s := slices.Sorted(slices.Values(x))
	return s[len(s)/2]
}
