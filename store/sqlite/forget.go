package sqlite

import "fmt"

// A document that no post or profile standing after the block ?1 names.
const unnamed = ` AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.cid = documents.cid AND p.removed_at > ?1)
	AND NOT EXISTS (SELECT 1 FROM profiles p WHERE p.cid = documents.cid AND p.to_block > ?1)`

// sweep deletes the texts that the last Window snapshots do not need.
func (w *writer) sweep() error {
	end := seconds(horizon(w.block))
	if end == 0 {
		return nil
	}
	err := each(w, `DELETE FROM documents WHERE cid IN (SELECT cid FROM expiring WHERE at_block <= ?1)`+unnamed+` RETURNING cid`,
		[]any{end}, func(c string) { w.forgotten = append(w.forgotten, c) })
	if err != nil {
		return fmt.Errorf("delete texts: %w", err)
	}
	return w.exec(`DELETE FROM expiring WHERE at_block <= ?`, end)
}

// rollback undoes all that happened above w.block. Texts that are gone by then
// stay gone: their posts are unavailable until they are fetched again.
func (w *writer) rollback() error {
	n, bound := seconds(w.block), after(w.block)
	var named []string
	for _, table := range []string{"posts", "profiles"} {
		if err := each(w, `SELECT DISTINCT cid FROM `+table+` WHERE id >= ?`, []any{bound},
			func(c string) { named = append(named, c) }); err != nil {
			return err
		}
	}
	for _, table := range []string{"posts", "profiles", "follows", "reactions", "accounts"} {
		if err := w.exec(`DELETE FROM `+table+` WHERE id >= ?`, bound); err != nil {
			return err
		}
	}
	const gone = ` AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.cid = `
	for _, step := range []string{
		`UPDATE posts SET present_from = 9223372036854775807, digest = NULL
			WHERE present_from > ?1 AND present_from < 9223372036854775807`,
		`UPDATE posts SET present_from = 9223372036854775807, digest = NULL
			WHERE removed_at > ?1 AND removed_at < 9223372036854775807` + gone + `posts.cid)`,
		`UPDATE posts SET removed_at = 9223372036854775807 WHERE removed_at > ?1 AND removed_at < 9223372036854775807`,
		`UPDATE profiles SET present_from = 9223372036854775807
			WHERE present_from > ?1 AND present_from < 9223372036854775807`,
		`UPDATE profiles SET present_from = 9223372036854775807
			WHERE to_block > ?1 AND to_block < 9223372036854775807` + gone + `profiles.cid)`,
		`UPDATE profiles SET to_block = 9223372036854775807 WHERE to_block > ?1 AND to_block < 9223372036854775807`,
		`UPDATE follows SET to_block = 9223372036854775807 WHERE to_block > ?1 AND to_block < 9223372036854775807`,
		`UPDATE reactions SET to_block = 9223372036854775807 WHERE to_block > ?1 AND to_block < 9223372036854775807`,
		`DELETE FROM expiring WHERE at_block > ?1`,
		`DELETE FROM blocks WHERE number > ?1`,
	} {
		if err := w.exec(step, n); err != nil {
			return err
		}
	}
	return w.exec(`DELETE FROM documents WHERE cid IN (SELECT unhex(value) FROM json_each(?2))`+unnamed,
		seconds(horizon(w.block)), list(named, func(c string) []byte { return []byte(c) }))
}
