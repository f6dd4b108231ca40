package train

// Input is one of the numbers that a trained model reads.
type Input struct{ Name, Meaning, Quantisation string }

// The inputs' places in a row; the rest is zero.
const (
	inWords = iota
	inAll
	inAuthor
	inAuthorRaw
	inAuthorBest
	inAuthorLast
	inAuthorPast
	inSite
	inSiteRaw
	inSitePast
	inAuthorSoFar
	inAuthorGap
	inSiteSoFar
	inSeen
	inNoon
	inMorning
	inWeekend
	inNoLink
	inLength
	inReply
	inFollowers
	inQuestion
	inBracket
	inDigits
	inCapitals
	inPrior
	inputs
)

// Inputs describes them, in their order. A gain stands in units of the standard deviation
// of the gains of the posts trained on, from their mean.
var Inputs = [inputs]Input{
	inWords:       {"words", "gain by the words of text and link and by style (ridge regression)", "64 a deviation"},
	inAll:         {"everything", "gain by words, style, site and author (ridge regression)", "64 a deviation"},
	inAuthor:      {"author", "mean gain of the author's posts, two average posts added", "64 a deviation"},
	inAuthorRaw:   {"author_raw", "the same, half a post added", "48 a deviation"},
	inAuthorBest:  {"author_best", "largest gain of the author's posts", "24 a deviation"},
	inAuthorLast:  {"author_last", "gain of the author's last post trained on", "24 a deviation"},
	inAuthorPast:  {"author_past", "the author's posts trained on", "16·log2(1+n)"},
	inSite:        {"site", "mean gain of posts that link the site, three average posts added", "64 a deviation"},
	inSiteRaw:     {"site_raw", "the same, half a post added", "48 a deviation"},
	inSitePast:    {"site_past", "posts trained on that link the site", "16·log2(1+n)"},
	inAuthorSoFar: {"author_so_far", "the author's posts before this one", "16·log2(1+n)"},
	inAuthorGap:   {"author_gap", "seconds since the author's post before, 127 without one", "5·log2(1+n), at most 126"},
	inSiteSoFar:   {"site_so_far", "posts before this one that link the site", "16·log2(1+n)"},
	inSeen:        {"seen", "the same page was linked before", "127 if so"},
	inNoon:        {"noon", "nearness to noon, UTC", "127 at noon, −127 at midnight, straight between"},
	inMorning:     {"morning", "nearness to six in the morning, UTC", "the same"},
	inWeekend:     {"weekend", "Saturday or Sunday, UTC", "127 if so"},
	inNoLink:      {"no_link", "the post shows no page", "127 if so"},
	inLength:      {"length", "words of the text", "8 a word"},
	inReply:       {"reply", "the post answers another", "127 if so"},
	inFollowers:   {"followers", "followers of the author when the post was written", "16·log2(1+n)"},
	inQuestion:    {"question", "a question mark", "127 if so"},
	inBracket:     {"bracket", "the text ends with a bracket, such as one around a year", "127 if so"},
	inDigits:      {"digits", "ASCII digits", "16 each"},
	inCapitals:    {"capitals", "share of words that begin with a capital letter", "127·share"},
	inPrior:       {"prior", "gain by words, style and site by the prior that ships; 0 unless all posts are younger than it", "64 a deviation"},
}
