package rankers

import (
	"slices"
	"time"
)

const (
	// Window is how far back figures look.
	Window = 7 * 24 * time.Hour
	// recent is how many answers the figures of time are taken from.
	recent = 512
)

// Record is what a Watch has counted, by the hour, for as long as Window.
type Record struct {
	Hours []Hour          `json:"hours"` // the oldest first; none in which nothing happened
	Took  []time.Duration `json:"took"`  // the last recent answers, in nanoseconds
}

// Hour is what was counted in one.
type Hour struct {
	Began   int64  `json:"began"` // Unix seconds
	Pages   uint64 `json:"pages"` // that readers got
	Asked   uint64 `json:"asked"` // for readers
	Failed  uint64 `json:"failed"`
	Checked uint64 `json:"checked"` // by the node, of its own accord
	Missed  uint64 `json:"missed"`
}

func (h *Hour) asked(err error) {
	h.Asked++
	if err != nil {
		h.Failed++
	}
}

func (h *Hour) checked(err error) {
	h.Checked++
	if err != nil {
		h.Missed++
	}
}

// Figures say how a ranker answered in the Window, or since it is watched.
type Figures struct {
	Since   time.Time // the hour of the first of them; zero: nothing was counted
	Pages   uint64    // that readers got
	Asked   uint64    // for readers
	Failed  uint64    // of those: with an error, or not in time
	Checked uint64    // by the node, of its own accord
	Missed  uint64    // of those
	Answers int       // that the times are taken from, the last ones
	Median  time.Duration
	Slow    time.Duration // 99 in 100 take at most this
}

// forget drops what the Window has left behind.
func (r *Record) forget(now time.Time) {
	least := now.Add(-Window).Unix()
	r.Hours = slices.DeleteFunc(r.Hours, func(h Hour) bool { return h.Began < least })
}

// hour is the one to count in.
func (r *Record) hour(now time.Time) *Hour {
	began := now.Truncate(time.Hour).Unix()
	if n := len(r.Hours); n == 0 || r.Hours[n-1].Began < began {
		r.forget(now)
		r.Hours = append(r.Hours, Hour{Began: began})
	}
	return &r.Hours[len(r.Hours)-1]
}

func (r *Record) figures(now time.Time) (f Figures) {
	r.forget(now)
	for _, h := range r.Hours {
		if f.Since.IsZero() {
			f.Since = time.Unix(h.Began, 0)
		}
		f.Pages, f.Asked, f.Failed = f.Pages+h.Pages, f.Asked+h.Asked, f.Failed+h.Failed
		f.Checked, f.Missed = f.Checked+h.Checked, f.Missed+h.Missed
	}
	if n := len(r.Took); n > 0 {
		took := slices.Sorted(slices.Values(r.Took))
		f.Answers, f.Median, f.Slow = n, took[n/2], took[(n*99-1)/100]
	}
	return f
}

func (r Record) clone() Record { return Record{slices.Clone(r.Hours), slices.Clone(r.Took)} }
