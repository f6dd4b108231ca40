package tables

import (
	"cmp"
	"database/sql"
	"maps"
	"slices"

	"candor/graph"
)

// PostTallies counts, for each of the posts, the standing reactions, replies and
// quotes with Time ≥ since. Every id asked for has an entry.
func (s *Snapshot) PostTallies(ids []graph.PostID, since uint64) (map[graph.PostID]graph.PostTally, error) {
	out := make(map[graph.PostID]graph.PostTally, len(ids))
	for _, id := range ids {
		out[id] = graph.PostTally{}
	}
	if len(ids) == 0 {
		return out, nil
	}
	d := s.m.db.Dialect
	set, arg := d.Set(1, positions(ids))
	common := ` ` + set + ` AND id < $2 AND time >= $4 AND `
	err := s.read(`SELECT subject, count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2), 0, 0
			FROM `+d.Using("reactions", "reactions_subject")+` WHERE subject`+common+`to_block > $3 GROUP BY subject
		UNION ALL
		SELECT parent, 0, 0, count(*), 0 FROM `+d.Using("posts", "posts_parent")+`
			WHERE parent IS NOT NULL AND parent`+common+`removed_at > $3 GROUP BY parent
		UNION ALL
		SELECT quote, 0, 0, 0, count(*) FROM `+d.Using("posts", "posts_quote")+`
			WHERE quote IS NOT NULL AND quote`+common+`removed_at > $3 GROUP BY quote`,
		[]any{arg, after(s.block.Number), seconds(s.block.Number), seconds(since)},
		func(r *sql.Rows) error {
			var id position
			var t graph.PostTally
			if err := r.Scan(&id, &t.Likes, &t.Reposts, &t.Replies, &t.Quotes); err != nil {
				return err
			}
			sum := out[id.Position]
			out[id.Position] = graph.PostTally{Likes: sum.Likes + t.Likes, Reposts: sum.Reposts + t.Reposts,
				Replies: sum.Replies + t.Replies, Quotes: sum.Quotes + t.Quotes}
			return nil
		})
	return out, err
}

// AuthorTallies counts what each of the addresses has. Every address asked for
// has an entry; FirstSeen is 0 for one that never did anything. Likes count
// whether or not the liked post still stands.
func (s *Snapshot) AuthorTallies(addresses []graph.Address) (map[graph.Address]graph.AuthorTally, error) {
	out := make(map[graph.Address]graph.AuthorTally, len(addresses))
	for _, a := range addresses {
		out[a] = graph.AuthorTally{}
	}
	if len(addresses) == 0 {
		return out, nil
	}
	d := s.m.db.Dialect
	asked := make([][]any, 0, len(out))
	for a := range out {
		asked = append(asked, []any{a.Bytes()})
	}
	from, args := d.Rows(3, "b", asked)
	err := s.read(`SELECT k.a,
			(SELECT count(*) FROM `+d.Using("edges", "edges_to")+` WHERE to_addr = k.a AND kind = 1 AND id < $1 AND to_block > $2),
			(SELECT count(*) FROM `+d.Using("edges", "edges_from")+` WHERE from_addr = k.a AND kind = 1 AND id < $1 AND to_block > $2),
			(SELECT count(*) FROM `+d.Using("posts", "posts_author")+` WHERE author = k.a AND id < $1 AND removed_at > $2),
			(SELECT count(*) FROM `+d.Using("reactions", "reactions_receiver")+` WHERE receiver = k.a AND kind = 1 AND id < $1 AND to_block > $2),
			coalesce((SELECT time FROM accounts WHERE address = k.a AND id < $1), 0)
		FROM `+from+` AS k`,
		append([]any{after(s.block.Number), seconds(s.block.Number)}, args...),
		func(r *sql.Rows) error {
			var who address
			var t graph.AuthorTally
			if err := r.Scan(&who, &t.Followers, &t.Following, &t.Posts, &t.LikesReceived, &t.FirstSeen); err != nil {
				return err
			}
			out[who.Address] = t
			return nil
		})
	return out, err
}

// Paces says of each of the posts how it stands among those of its author. Every id
// asked for has an entry, that of no post is zero.
func (s *Snapshot) Paces(ids []graph.PostID, since uint64) (map[graph.PostID]graph.Pace, error) {
	out := make(map[graph.PostID]graph.Pace, len(ids))
	for _, id := range ids {
		out[id] = graph.Pace{}
	}
	if len(ids) == 0 {
		return out, nil
	}
	d := s.m.db.Dialect
	set, arg := d.Set(1, positions(ids))
	by := d.Using("posts", "posts_author")
	err := s.read(`SELECT p.id,
			(SELECT count(*) FROM (SELECT time FROM `+by+` WHERE author = p.author AND id < $2 AND removed_at > $3
				ORDER BY id DESC LIMIT $5) AS newest WHERE time >= $4),
			(SELECT count(*) FROM (SELECT parent FROM `+by+` WHERE author = p.author AND id > p.id AND id < $2 AND removed_at > $3
				ORDER BY id LIMIT $6) AS next WHERE parent IS NULL)
		FROM posts AS p WHERE p.id `+set+` AND p.id < $2`,
		[]any{arg, after(s.block.Number), seconds(s.block.Number), seconds(since), graph.PaceLately, graph.PaceLater},
		func(r *sql.Rows) error {
			var id position
			var pace graph.Pace
			if err := r.Scan(&id, &pace.Lately, &pace.Later); err != nil {
				return err
			}
			out[id.Position] = pace
			return nil
		})
	return out, err
}

// trend names an answer of Trending.
type trend struct {
	block, gone, since uint64
	limit              int
}

// Trending are the present root posts with any engagement by actions with
// Time ≥ since: most engagement first, then newest. The answer is kept, since
// every reader of a block asks the same.
func (s *Snapshot) Trending(since uint64, limit int) ([]graph.PostID, error) {
	key := trend{s.block.Number, s.gone, since, max(limit, 0)}
	if ids, ok := s.m.trends.Get(key); ok {
		return append([]graph.PostID(nil), ids...), s.m.still(s)
	}
	weights, err := s.weights(since)
	if err != nil {
		return nil, err
	}
	order := slices.SortedFunc(maps.Keys(weights), func(a, b graph.PostID) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), b.Compare(a))
	})
	var ids []graph.PostID
	for len(order) > 0 && len(ids) < key.limit {
		some := order[:min(len(order), 2*key.limit)]
		order = order[len(some):]
		roots, err := s.roots(some)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			if roots[id] && len(ids) < key.limit {
				ids = append(ids, id)
			}
		}
	}
	return append([]graph.PostID(nil), ids...), s.keep(func() { s.m.trends.Add(key, ids) })
}

// weights is the engagement of every post that has any, by the weights of
// graph.PostTally.Engagement. The sums are made here: SQLite takes twice as long.
func (s *Snapshot) weights(since uint64) (map[graph.PostID]uint32, error) {
	sums := map[graph.PostID]uint32{}
	d := s.m.db.Dialect
	return sums, s.read(`SELECT subject, CASE kind WHEN 1 THEN 1 ELSE 2 END FROM `+d.Using("reactions", "reactions_time")+`
			WHERE time >= $3 AND id < $1 AND to_block > $2
		UNION ALL
		SELECT parent, 2 FROM `+d.Using("posts", "posts_parent")+` WHERE parent IS NOT NULL AND time >= $3 AND id < $1 AND removed_at > $2
		UNION ALL
		SELECT quote, 2 FROM `+d.Using("posts", "posts_quote")+` WHERE quote IS NOT NULL AND time >= $3 AND id < $1 AND removed_at > $2`,
		[]any{after(s.block.Number), seconds(s.block.Number), seconds(since)}, func(r *sql.Rows) error {
			var id position
			var weight uint32
			err := r.Scan(&id, &weight)
			sums[id.Position] += weight
			return err
		})
}

// roots are those of the posts that are present and no replies.
func (s *Snapshot) roots(ids []graph.PostID) (map[graph.PostID]bool, error) {
	found := map[graph.PostID]bool{}
	posts, err := s.Posts(graph.PostQuery{IDs: ids, Roots: true, Limit: len(ids)})
	for _, p := range posts {
		found[p.ID] = p.Status == graph.Present
	}
	return found, err
}
