package embed

import "testing"

func BenchmarkText(b *testing.B) {
	const post = "We moved our little bakery's ordering page from a spreadsheet to PostgreSQL over the weekend: fewer lost orders, " +
		"and I finally sleep. Notes on the migration, the indexes and the mistakes: https://example.org"
	b.Logf("%d bytes", len(post))
	for b.Loop() {
		Text(post)
	}
}
