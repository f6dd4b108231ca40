package tables

import "strings"

// A document that no post or profile standing after the block $1 names.
const unnamed = ` AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.cid = documents.cid AND p.removed_at > $1 AND p.edited_at > $1)
	AND NOT EXISTS (SELECT 1 FROM edits e WHERE e.cid = documents.cid AND e.to_block > $1)
	AND NOT EXISTS (SELECT 1 FROM profiles p WHERE p.cid = documents.cid AND p.to_block > $1)`

// rollback undoes all that happened above the block. Texts that are gone by then
// stay gone: their posts are unavailable until they are fetched again.
func rollback(t *tx, block uint64) error {
	n, bound := seconds(block), after(block)
	var named [][]byte
	for _, table := range []string{"posts", "edits", "profiles"} {
		if err := column(t, `SELECT DISTINCT cid FROM `+table+` WHERE id >= $1`, []any{bound},
			func(c []byte) { named = append(named, c) }); err != nil {
			return err
		}
	}
	for _, table := range []string{"posts", "edits", "profiles", "edges", "policies", "reactions", "accounts"} {
		if err := t.exec(`DELETE FROM `+table+` WHERE id >= $1`, bound); err != nil {
			return err
		}
	}
	lost := int64(0)
	const gone = ` AND NOT EXISTS (SELECT 1 FROM documents d WHERE d.cid = `
	const reset = ` SET present_from = 9223372036854775807, digest = NULL WHERE `
	for _, step := range []string{
		`UPDATE posts` + reset + `present_from > $1 AND present_from < 9223372036854775807`,
		`UPDATE posts` + reset + `removed_at > $1 AND removed_at < 9223372036854775807 AND edited_at > $1` + gone + `posts.cid)`,
		`UPDATE posts` + reset + `edited_at > $1 AND edited_at < 9223372036854775807 AND removed_at > $1` + gone + `posts.cid)`,
		`UPDATE posts SET removed_at = 9223372036854775807 WHERE removed_at > $1 AND removed_at < 9223372036854775807`,
		`UPDATE posts SET edited_at = 9223372036854775807 WHERE edited_at > $1 AND edited_at < 9223372036854775807`,
		`UPDATE edits` + reset + `present_from > $1 AND present_from < 9223372036854775807`,
		`UPDATE edits` + reset + `to_block > $1 AND to_block < 9223372036854775807` + gone + `edits.cid)`,
		`UPDATE edits SET to_block = 9223372036854775807 WHERE to_block > $1 AND to_block < 9223372036854775807`,
		`UPDATE profiles SET present_from = 9223372036854775807
			WHERE present_from > $1 AND present_from < 9223372036854775807`,
		`UPDATE profiles SET present_from = 9223372036854775807
			WHERE to_block > $1 AND to_block < 9223372036854775807` + gone + `profiles.cid)`,
		`UPDATE profiles SET to_block = 9223372036854775807 WHERE to_block > $1 AND to_block < 9223372036854775807`,
		`UPDATE edges SET to_block = 9223372036854775807 WHERE to_block > $1 AND to_block < 9223372036854775807`,
		`UPDATE policies SET to_block = 9223372036854775807 WHERE to_block > $1 AND to_block < 9223372036854775807`,
		`UPDATE reactions SET to_block = 9223372036854775807 WHERE to_block > $1 AND to_block < 9223372036854775807`,
		`DELETE FROM withheld WHERE from_block > $1`,
		`UPDATE withheld SET to_block = 9223372036854775807 WHERE to_block > $1 AND to_block < 9223372036854775807`,
		`DELETE FROM expiring WHERE at_block > $1`,
		`DELETE FROM blocks WHERE number > $1`,
	} {
		rows, err := t.change(step, n)
		if err != nil {
			return err
		}
		if strings.Contains(step, gone) {
			lost += rows
		}
	}
	if lost > 0 { // the block is not what it was: its root is made anew
		if err := t.exec(`UPDATE blocks SET root = $1 WHERE number = $2`, make([]byte, 32), n); err != nil {
			return err
		}
	}
	set, arg := t.Set(2, named)
	if err := t.exec(`DELETE FROM documents WHERE cid `+set+unnamed, seconds(horizon(block)), arg); err != nil {
		return err
	}
	return t.remind(named, n, seconds(horizon(block)))
}

// remind notes again when texts lost who named them. A text whose turn to go came
// above the block, while something named it that is now undone, was kept and its
// notes were dropped; without them it would stay for ever.
func (t *tx) remind(named [][]byte, n, horizon int64) error {
	set, arg := t.Set(3, named)
	for _, ended := range []string{
		`SELECT removed_at, cid FROM posts WHERE removed_at > $1 AND removed_at <= $2 AND edited_at > removed_at`,
		`SELECT edited_at, cid FROM posts WHERE edited_at > $1 AND edited_at <= $2`,
		`SELECT to_block, cid FROM edits WHERE to_block > $1 AND to_block <= $2`,
		`SELECT to_block, cid FROM profiles WHERE to_block > $1 AND to_block <= $2`,
	} {
		if err := t.exec(`INSERT INTO expiring (at_block, cid) `+ended+` AND cid `+set+` ON CONFLICT DO NOTHING`, horizon, n, arg); err != nil {
			return err
		}
	}
	return nil
}
