package town

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
)

// Options say which town. Zero values mean the default town.
type Options struct {
	Seed   uint64 // 0 means 1
	People int    // 20 to 5,000; 0 means 240
	Posts  int    // up to 200,000, spam and replies included; 0 means 2,500
}

// Microseconds.
const (
	second int64 = 1_000_000
	minute       = 60 * second
	hour         = 60 * minute
	day          = 24 * hour
	span         = 14 * day
	// end is when the town's story ends: 2025-06-14 20:00 UTC. Importers shift it to now.
	end = 1_749_931_200 * second
)

// names are the files of the communities.
var names = []string{"cycling", "baking", "opensource", "astronomy", "gardening", "townhall", "chess", "film", "books"}

type town struct {
	rng         *rand.Rand
	start       int64
	communities []*community
	everyone    *community
	spam        *community
	people      []*person
	follows     map[*person][]*person
	posts       []*post
	events      []event
	used        map[int64]bool // times taken: no two events share one
	said        map[string]bool
	picked      map[string]int // how often replies took a text
}

// Write writes the town's Jetstream file. It fails when w does, or when the
// options are out of range.
func Write(w io.Writer, o Options) error {
	t, err := found(o)
	if err != nil {
		return err
	}
	return t.print(w)
}

// found makes the town up; its events stand in the order of time.
func found(o Options) (*town, error) {
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.People == 0 {
		o.People = 240
	}
	if o.Posts == 0 {
		o.Posts = 2500
	}
	if o.People < 20 || o.People > 5000 || o.Posts < 0 || o.Posts > 200_000 {
		return nil, fmt.Errorf("a town has 20 to 5,000 people and up to 200,000 posts, not %d and %d", o.People, o.Posts)
	}
	t := &town{rng: rand.New(rand.NewPCG(o.Seed, 0x656c6d666f7264)), start: end - span,
		follows: map[*person][]*person{}, used: map[int64]bool{}, said: map[string]bool{}, picked: map[string]int{}}
	if err := t.learn(); err != nil {
		return nil, err
	}
	t.settle(o.People)
	for _, p := range t.people {
		at := t.start + t.rng.Int64N(hour)
		t.emit(p, at, "app.bsky.actor.profile", record{"displayName": p.name, "description": p.bio})
	}
	t.meet()
	spam := o.Posts * 11 / 100
	replies := o.Posts * 30 / 100
	t.write(o.Posts - spam - replies)
	t.answer(replies)
	t.flood(spam)
	t.applaud()
	slices.SortFunc(t.events, func(a, b event) int { return cmp.Compare(a.time, b.time) })
	return t, nil
}

func (t *town) learn() (err error) {
	for _, n := range names {
		c, err := load(n)
		if err != nil {
			return err
		}
		t.communities = append(t.communities, c)
	}
	if t.everyone, err = load("everyone"); err != nil {
		return err
	}
	t.spam, err = load("spam")
	return err
}

// event is a line to be.
type event struct {
	who        *person
	time       int64
	collection string
	rkey       string
	record     record
	cid        string
}

// emit takes note of an event at the first free microsecond from then on, but
// never after the end, and gives back its URI, CID and time.
func (t *town) emit(p *person, at int64, collection string, r record) (e event) {
	at = min(at, end-minute) + t.rng.Int64N(second)
	for t.used[at] {
		at++
	}
	t.used[at] = true
	r["$type"] = collection
	r["createdAt"] = stamp(at)
	e = event{who: p, time: at, collection: collection, rkey: tid(at), record: r, cid: r.cid()}
	if collection == "app.bsky.actor.profile" {
		e.rkey = "self"
	}
	t.events = append(t.events, e)
	return e
}

func (e event) uri() string { return "at://" + e.who.did + "/" + e.collection + "/" + e.rkey }

// skewed is a time below most, mostly early.
func (t *town) skewed(most int64) int64 {
	return t.rng.Int64N(t.rng.Int64N(most) + 1)
}

// moment is a time in the story, at which people are awake.
func (t *town) moment() int64 {
	hours := [24]int{1, 1, 0, 0, 0, 2, 6, 12, 12, 9, 8, 9, 12, 10, 8, 8, 9, 12, 14, 16, 16, 13, 8, 3}
	total := 0
	for _, w := range hours {
		total += w
	}
	for {
		at := t.rng.IntN(total)
		h := 0
		for at >= hours[h] {
			at -= hours[h]
			h++
		}
		days := t.start - t.start%day + t.rng.Int64N(span/day+1)*day
		m := days + int64(h)*hour + t.rng.Int64N(hour)
		if m > t.start+3*hour && m < end-10*minute {
			return m
		}
	}
}

func (t *town) print(w io.Writer) error {
	type commit struct {
		Rev        string `json:"rev"`
		Operation  string `json:"operation"`
		Collection string `json:"collection"`
		RKey       string `json:"rkey"`
		Record     record `json:"record"`
		CID        string `json:"cid"`
	}
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for _, e := range t.events {
		err := enc.Encode(struct {
			DID    string `json:"did"`
			TimeUS int64  `json:"time_us"`
			Kind   string `json:"kind"`
			Commit commit `json:"commit"`
		}{e.who.did, e.time, "commit", commit{tid(e.time), "create", e.collection, e.rkey, e.record, e.cid}})
		if err != nil {
			return err
		}
	}
	return b.Flush()
}
