package features

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"candor/graph"
	"candor/graph/embed"
)

// Version of the function. Whatever changes a row changes it.
const Version = 1

// The features, by their place in a row.
const (
	Fresh10m = iota
	Fresh1h
	Fresh6h
	Fresh1d
	Fresh1w
	Fresh30d
	Fresh1y
	Age
	Followed
	FollowsBack
	Mutual
	SecondDegree
	AuthorEngaged
	CirclePeople
	CircleLikes
	CircleReposts
	CircleReplies
	Likes
	Reposts
	Replies
	Quotes
	Engagement
	EngagementWeek
	EngagementDay
	EngagementHour
	Velocity
	Conversation
	AuthorFollowers
	AuthorBalance
	AuthorPosts
	AuthorLikes
	AuthorLikesPerPost
	AuthorAge
	AuthorNew
	SimilarMax
	SimilarMean
	SimilarRecent
	SimilarOwn
	TextLength
	TextWords
	TextLinks
	LinkCard
	Tags
	Mentions
	Capitals
	Exclamations
	Questions
	Digits
	Emoji
	Reply
	ReplyToViewer
	ReplyToFollowed
	Quote
	Available
	Language
	SourceFollowing
	SourceCircle
	SourceNear
	SourceTrending
	SourceNewest
	Bridge
	Trust
	AuthorRate
	AuthorLater
	Used // how many places are in use: all of them
)

// Feature describes one place in a row.
type Feature struct {
	Name     string
	Meaning  string
	Unit     string
	Min, Max int8
	Quantum  string // how the number becomes an int8
}

// Ways of quantisation, named in Table.
const (
	flag     = "127 if so, else 0"
	logEight = "log8"
	sixteen  = "16·n, at most 127"
	share    = "127·share, rounded down"
)

// Table describes the features in use, in the order of a row.
var Table = [Used]Feature{
	Fresh10m: fresh("fresh_10m", "10 minutes", tenMinutes),
	Fresh1h:  fresh("fresh_1h", "1 hour", hour),
	Fresh6h:  fresh("fresh_6h", "6 hours", 6*hour),
	Fresh1d:  fresh("fresh_1d", "1 day", day),
	Fresh1w:  fresh("fresh_1w", "1 week", week),
	Fresh30d: fresh("fresh_30d", "30 days", 30*day),
	Fresh1y:  fresh("fresh_1y", "365 days", 365*day),
	Age:      {"age", "age of the post", "seconds", 0, 127, "half of log8 before its cut at 127, rounded down"},

	Followed:      yes("followed", "the viewer follows the author"),
	FollowsBack:   yes("follows_back", "the author follows the viewer"),
	Mutual:        yes("mutual", "both follow each other"),
	SecondDegree:  count("second_degree", "people of the circle who follow the author", "people"),
	AuthorEngaged: count("author_engaged", "the viewer's latest engagements that went to this author, this post left out", "actions"),

	CirclePeople:  count("circle_people", "people of the circle who reacted to the post, answered or quoted it", "people"),
	CircleLikes:   count("circle_likes", "likes by the circle", "likes"),
	CircleReposts: count("circle_reposts", "reposts by the circle", "reposts"),
	CircleReplies: count("circle_replies", "replies and quotes among the circle's latest posts", "posts"),

	Likes:          count("likes", "likes", "likes"),
	Reposts:        count("reposts", "reposts", "reposts"),
	Replies:        count("replies", "replies", "posts"),
	Quotes:         count("quotes", "quotes", "posts"),
	Engagement:     count("engagement", "likes + 2·(replies + reposts + quotes)", "points"),
	EngagementWeek: count("engagement_week", "engagement by actions of the last 7 days", "points"),
	EngagementDay:  count("engagement_day", "engagement by actions of the last 24 hours", "points"),
	EngagementHour: count("engagement_hour", "engagement by actions of the last hour", "points"),
	Velocity:       {"velocity", "engagement a day since the post is there, two hours added to its age", "quarter points a day", 0, 127, logEight},
	Conversation:   {"conversation", "share of replies and quotes among likes, reposts, replies and quotes", "share", 0, 127, share},

	AuthorFollowers:    count("author_followers", "followers of the author", "people"),
	AuthorBalance:      {"author_balance", "followers against followed", "octaves", -127, 127, "log8(followers) − log8(following)"},
	AuthorPosts:        count("author_posts", "posts of the author, replies included", "posts"),
	AuthorLikes:        count("author_likes", "likes that the author's posts have", "likes"),
	AuthorLikesPerPost: {"author_likes_per_post", "likes that the author has for each post", "eighths of a like", 0, 127, logEight},
	AuthorAge:          {"author_age", "time since the author's first action", "hours", 0, 127, logEight},
	AuthorNew:          yes("author_new", "the author's first action is less than 7 days old, or unknown"),

	SimilarMax:    similar("similar_max", "largest similarity to a post that the viewer engaged with", "dot/127"),
	SimilarMean:   similar("similar_mean", "mean similarity to the posts that the viewer engaged with", "2·dot/127"),
	SimilarRecent: similar("similar_recent", "largest similarity to one of the 8 posts that the viewer engaged with last", "dot/127"),
	SimilarOwn:    similar("similar_own", "mean similarity to the viewer's own latest posts", "2·dot/127"),

	TextLength:   {"text_length", "length of the text", "code points", 0, 127, logEight},
	TextWords:    {"text_words", "words of the text, cut at white space", "words", 0, 127, logEight},
	TextLinks:    {"text_links", "http:// and https:// in the text", "links", 0, 127, sixteen},
	LinkCard:     yes("link_card", "the post shows a page"),
	Tags:         {"tags", "tags: those of the post, and words with # before a letter", "tags", 0, 127, sixteen},
	Mentions:     {"mentions", "words with @ before a letter", "words", 0, 127, sixteen},
	Capitals:     {"capitals", "share of capitals among the Latin, Greek and Cyrillic letters", "share", 0, 127, share},
	Exclamations: {"exclamations", "exclamation marks", "marks", 0, 127, sixteen},
	Questions:    {"questions", "question marks", "marks", 0, 127, sixteen},
	Digits:       {"digits", "share of 0 to 9 among the code points", "share", 0, 127, share},
	Emoji:        {"emoji", "pictograms (U+2600–27BF, U+1F000–1FAFF)", "pictograms", 0, 127, sixteen},

	Reply:           yes("reply", "the post answers another"),
	ReplyToViewer:   yes("reply_to_viewer", "it answers or quotes a post of the viewer's"),
	ReplyToFollowed: yes("reply_to_followed", "it answers or quotes a post of someone whom the viewer follows"),
	Quote:           yes("quote", "the post quotes another"),
	Available:       yes("available", "the mirror holds the post's content"),
	Language:        {"language", "one of the post's languages is one of the viewer's: those of the posts that the viewer wrote and engaged with", "", 0, 127, "127 if so, 0 if not, 64 if either has none"},

	SourceFollowing: yes("source_following", "a candidate as by someone whom the viewer follows"),
	SourceCircle:    yes("source_circle", "a candidate as engaged with by someone whom the viewer follows"),
	SourceNear:      yes("source_near", "a candidate as near in meaning to what the viewer engaged with"),
	SourceTrending:  yes("source_trending", "a candidate as much engaged with lately"),
	SourceNewest:    yes("source_newest", "a candidate as simply new"),

	Bridge:      {"bridge", "people on the side that likes the post less, of the two sides of the likes", "sixteenths of a person", 0, 127, logEight},
	Trust:       {"trust", "trust that flows from the viewer to the author", "2^-20 of all trust", 0, 127, logEight},
	AuthorRate:  {"author_rate", fmt.Sprintf("posts of the last 7 days, replies included, among the author's newest %d", graph.PaceLately), "posts", 0, 127, logEight},
	AuthorLater: {"author_later", fmt.Sprintf("root posts among the %d posts that the author wrote next", graph.PaceLater), "posts", 0, 127, logEight},
}

func fresh(name, scale string, seconds uint64) Feature {
	return Feature{name, "freshness on the scale of " + scale, "", 0, 127, fmt.Sprintf("127·%d / (%d + age in seconds), rounded down", seconds, seconds)}
}

func yes(name, meaning string) Feature { return Feature{name, meaning, "", 0, 127, flag} }

func count(name, meaning, unit string) Feature {
	return Feature{name, meaning, unit, 0, 127, logEight}
}

func similar(name, meaning, quantum string) Feature {
	return Feature{name, meaning, "inner product of embeddings", -127, 127, quantum + ", rounded towards zero"}
}

// rules are the words behind Table: part of the schema and of its page.
var rules = []string{
	"*Now* is the time of the block, the *age* of a post is now minus the post's time.",
	"`log8(n)` is 8·log2(1+n) with a straight line inside each octave, rounded down and at most 127: with m = n + 1 and 2^e the largest power of two in m, it is 8·e + ⌊8·m/2^e⌋ − 8.",
	"Every value is cut to the range −127 … 127.",
	fmt.Sprintf("The *circle* are the %d people whom the viewer followed last; the circle's latest posts are the newest %d posts by them.", maxCircle, maxCirclePosts),
	fmt.Sprintf("The viewer's *engagements* are the newest %d reactions and the replies and quotes among the viewer's newest %d posts, by position, newest first, at most the first %d different posts; similarities leave out the post itself and posts without an embedding, and are 0 when nothing is left.",
		maxReactions, maxOwn, maxEngaged),
	fmt.Sprintf("The viewer's own latest posts, for similarity, are the newest %d.", maxOwn),
	fmt.Sprintf("The *sides* are those of the likes among the newest %d reactions, at most the newest %d of a person; of posts with one such like, and of people with one like for another post, nothing is read. People begin at the first four bytes, signed, of SHA-256(`candor/bridge/v1`, address). In each of %d rounds the mean is taken off; a post gets the sum of its likers divided by their number + %d; a person the sum of its posts divided by their number + %d; then the farthest is put at 2^30. A person weighs %d·|x| / mean |x|, at most %d, on the side of its sign; divisions round towards zero. An author's own like does not count.",
		maxLatest, maxLikes, rounds, fewLikers, fewLikes, person, person),
	fmt.Sprintf("*Trust* begins with the viewer, 2^40. In each of %d rounds everybody keeps nothing, passes what is left after a %dth in equal parts, rounded down, to the circle (the viewer) or to the %d whom one followed last (people of the circle, by the newest %d follows of all of them); all else goes to the viewer.",
		trustRounds, restart, maxTrusted, maxTrustEdges),
	"Without a viewer all features that name the viewer or the circle are 0, and `language` is 64.",
	"Of a post whose content is not available, the features of text, similarity and language are those of an empty text.",
}

// schema identifies the function: what the table and the rules say, the limits
// that the code obeys and the embedding that it reads.
var schema = func() graph.Hash {
	s := embed.Schema
	return sha256.Sum256(fmt.Appendf(nil, "candor/features/v%d\x00%x\x00%s", Version, s[:], body()))
}()

// Schema is the hash that a model's commitment and a run name.
func Schema() graph.Hash { return schema }

// OfViewer says whether the feature depends on who reads.
func OfViewer(feature int) bool {
	switch feature {
	case Followed, FollowsBack, Mutual, SecondDegree, Trust, AuthorEngaged, CirclePeople, CircleLikes, CircleReposts, CircleReplies,
		SimilarMax, SimilarMean, SimilarRecent, SimilarOwn, ReplyToViewer, ReplyToFollowed, Language, SourceFollowing, SourceCircle, SourceNear:
		return true
	}
	return false
}

// Markdown is the page that describes the features.
func Markdown() string {
	return fmt.Sprintf(`# Features, version %d

What a ranker sees of a post: 64 int8, made by %s from public data at one block. This page is
generated from the code; a test holds them together. The schema, which every model commitment and every run
names, is %s; it covers this page's table and rules and the schema of the embedding.

%s
%s`, Version, "`rankers/features`", "`"+schema.Hex()+"`", body(), widePage())
}

func body() string {
	var b strings.Builder
	for _, r := range rules {
		fmt.Fprintf(&b, "- %s\n", r)
	}
	b.WriteString("\n| # | name | meaning | unit | range | quantisation |\n|---|---|---|---|---|---|\n")
	for i, f := range Table {
		fmt.Fprintf(&b, "| %d | `%s` | %s | %s | %d … %d | %s |\n", i, f.Name, f.Meaning, f.Unit, f.Min, f.Max, f.Quantum)
	}
	return b.String()
}
