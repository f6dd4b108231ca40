package tables

import (
	"database/sql"
	"fmt"

	"candor/graph"
)

// postDocument is a post's text, read and understood once. A CID never changes
// its content, so these are kept across blocks.
type postDocument struct {
	content   graph.PostContent
	embedding graph.Embedding
}

// postDocuments gives the documents of the present ones among the posts, by CID;
// one that was deleted is not in the answer.
func (s *Snapshot) postDocuments(posts []graph.Post) (map[string]*postDocument, error) {
	docs := make(map[string]*postDocument, len(posts))
	var wanted []string
	for _, p := range posts {
		c := p.CID.KeyString()
		if _, seen := docs[c]; seen || p.Status != graph.Present {
			continue
		}
		d, ok := s.m.posts.Get(c)
		if docs[c] = d; !ok {
			wanted = append(wanted, c)
		}
	}
	err := s.documents(wanted, func(c string, body []byte, e *embedding) (err error) {
		d := &postDocument{embedding: e.Embedding}
		if d.content, err = graph.ParsePost(body); err == nil {
			docs[c] = d
			s.m.posts.Add(c, d)
		}
		return err
	})
	return docs, err
}

// profileDocuments is postDocuments for profiles.
func (s *Snapshot) profileDocuments(profiles []graph.Profile) (map[string]graph.ProfileContent, error) {
	docs := make(map[string]graph.ProfileContent, len(profiles))
	var wanted []string
	for _, p := range profiles {
		if p.Status != graph.Present {
			continue
		}
		c := p.CID.KeyString()
		if d, ok := s.m.profiles.Get(c); ok {
			docs[c] = d
		} else {
			wanted = append(wanted, c)
		}
	}
	err := s.documents(wanted, func(c string, body []byte, _ *embedding) error {
		d, err := graph.ParseProfile(body)
		if err == nil {
			docs[c] = d
			s.m.profiles.Add(c, d)
		}
		return err
	})
	return docs, err
}

func (s *Snapshot) documents(wanted []string, take func(c string, body []byte, e *embedding) error) error {
	if len(wanted) == 0 {
		return nil
	}
	set, arg := s.m.db.Dialect.Set(1, keys(wanted, func(c string) []byte { return []byte(c) }))
	return s.read("SELECT cid, body, embedding FROM documents WHERE cid "+set, []any{arg}, func(r *sql.Rows) error {
		var c string
		var body sql.RawBytes
		var e sql.Null[embedding]
		if err := r.Scan(&c, &body, &e); err != nil {
			return err
		}
		if err := take(c, body, &e.V); err != nil {
			return fmt.Errorf("a kept document is damaged (%w): %s, it is indexed again", err, s.m.db.Again)
		}
		return nil
	})
}
