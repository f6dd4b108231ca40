package main

import f "candor/rankers/features"

// learnt are, for each ranker that can learn from what people liked, the units that are its
// goal: fit.go fits their pulls, and leaves all others as they stand below. None of these reads how
// new a post is by itself, or how many follow its author: people like what is new and who is known anyway, and
// three rankers that learn that are one (docs/evaluation.md).
var learnt = map[string][]string{
	"network":   {"crowd", "several", "passed on", "liked", "talk", "followed", "friend", "answers you", "second circle"},
	"interests": {"related", "close", "on your mind", "your field", "your own words"},
	"hybrid": {"picking up speed", "lasting", "talked about", "crowd", "passed on", "followed", "friend", "second circle", "answers you",
		"related", "your field", "on your mind", "known voice"},
}

// goals are the built-in rankers' goals in their units: what each looks for, and how much
// that counts, by hand.
func goals() map[string][]unit {
	return map[string][]unit{
		"latest": nil, // every post ties, and a tie goes to the newest

		// what the people whom the viewer follows stand behind
		"network": append([]unit{
			{"crowd", map[int]int8{f.CirclePeople: 127}, 0, 120},                          // one person of the circle is 15, three 31, fifteen 63
			{"several", map[int]int8{f.CirclePeople: 127}, 20, 120},                       // more than one counts twice
			{"passed on", map[int]int8{f.CircleReposts: 127, f.CircleReplies: 96}, 0, 60}, // stronger than a like
			{"liked", map[int]int8{f.CircleLikes: 127}, 0, 40},
			{"talk", map[int]int8{f.ReplyToFollowed: one / 2, f.Followed: one / 2}, 64, 20}, // one whom you follow answers another
			{"fresh and backed", map[int]int8{f.CirclePeople: 127, f.CircleLikes: one, f.Fresh1d: one}, 110, 60},
			{"followed", map[int]int8{f.Followed: one}, 0, 16},
			{"friend", map[int]int8{f.Mutual: one}, 0, 8},
			{"answers you", map[int]int8{f.ReplyToViewer: one}, 0, 20},
			{"second circle", map[int]int8{f.SecondDegree: 127}, 0, 30},
			{"reactions", map[int]int8{f.Likes: 96, f.Reposts: one}, 0, 24},
			{"reactions lately", map[int]int8{f.EngagementWeek: one, f.EngagementDay: one / 2}, 0, 14},
			{"reach", map[int]int8{f.AuthorFollowers: one}, 0, 6},
			lost(-60), shouting(-10), peddling(-10),
		}, scales(3, 4, 6, 4)...),

		// what a post is about
		"interests": append([]unit{
			// Unrelated texts reach a similarity of 6 by chance, the best of 64 some 18; related ones 25 to 60.
			{"related", map[int]int8{f.SimilarMax: 127}, 36, 120},
			{"close", map[int]int8{f.SimilarMax: 127}, 80, 100},
			{"on your mind", map[int]int8{f.SimilarRecent: 127}, 30, 80},
			{"your field", map[int]int8{f.SimilarMean: 127}, 8, 100},
			{"your own words", map[int]int8{f.SimilarOwn: 127}, 8, 60},
			{"known voice", map[int]int8{f.AuthorEngaged: 127}, 0, 50},
			{"your language", map[int]int8{f.Language: one / 2}, 0, 40},
			{"substance", map[int]int8{f.TextLength: one, f.TextWords: one}, 40, 10},
			{"shows a page", map[int]int8{f.LinkCard: one / 4}, 0, 8},
			{"talked about", map[int]int8{f.Replies: 127, f.Quotes: 127}, 0, 16},
			{"argued over", map[int]int8{f.Conversation: one / 2, f.Replies: one}, 40, 8},
			{"a thread's middle", map[int]int8{f.Reply: one}, 0, -12}, // a reply is hard to read alone
			lost(-100), shouting(-30), peddling(-30),
		}, scales(1, 2, 4, 5)...),

		// all of it
		"hybrid": append([]unit{
			{"picking up speed", map[int]int8{f.Velocity: one, f.EngagementDay: one}, 0, 36},
			{"right now", map[int]int8{f.EngagementHour: 127, f.Fresh6h: one / 2}, 32, 24},
			{"fresh and noticed", map[int]int8{f.Engagement: 127, f.Fresh1d: one}, 100, 40}, // both, not either
			{"lasting", map[int]int8{f.Engagement: one, f.EngagementWeek: one}, 0, 16},
			{"talked about", map[int]int8{f.Replies: one, f.Quotes: one, f.Conversation: one / 4}, 0, 10},
			{"crowd", map[int]int8{f.CirclePeople: 127}, 0, 60},
			{"passed on", map[int]int8{f.CircleReposts: 127, f.CircleReplies: one}, 0, 24},
			{"followed", map[int]int8{f.Followed: one}, 0, 14},
			{"friend", map[int]int8{f.Mutual: one}, 0, 6},
			{"second circle", map[int]int8{f.SecondDegree: 127}, 0, 12},
			{"answers you", map[int]int8{f.ReplyToViewer: one}, 0, 24},
			{"related", map[int]int8{f.SimilarMax: 127}, 36, 50},
			{"your field", map[int]int8{f.SimilarMean: 127}, 12, 30},
			{"on your mind", map[int]int8{f.SimilarRecent: 127}, 40, 20},
			{"known voice", map[int]int8{f.AuthorEngaged: 127}, 0, 40},
			{"your language", map[int]int8{f.Language: one / 2}, 0, 20},
			{"well liked author", map[int]int8{f.AuthorLikesPerPost: one, f.AuthorFollowers: one / 4}, 0, 12},
			{"substance", map[int]int8{f.TextLength: one, f.TextWords: one / 2}, 30, 8},
			{"a thread's middle", map[int]int8{f.Reply: one}, 0, -8},
			{"nobody yet", map[int]int8{f.AuthorNew: one, f.AuthorFollowers: -127}, 64, -4},
			lost(-100), shouting(-24), peddling(-24),
		}, scales(8, 14, 20, 12)...),

		// who agrees on a post, not how many
		"bridging": append([]unit{
			{"both sides", map[int]int8{f.Bridge: 127}, 0, 120}, // of the lesser side, one person is 63, three 87
			{"several of each", map[int]int8{f.Bridge: 127}, 64, 120},
			{"both sides, of late", map[int]int8{f.Bridge: 127, f.Fresh1w: one}, 110, 60},
			{"one side alone", map[int]int8{f.Likes: 127, f.Bridge: -127}, 16, -40}, // three likes and more
			{"talked about", map[int]int8{f.Replies: one, f.Quotes: one}, 0, 6},
			{"substance", map[int]int8{f.TextLength: one, f.TextWords: one / 2}, 30, 8},
			{"a thread's middle", map[int]int8{f.Reply: one}, 0, -12},
			lost(-100), shouting(-40), peddling(-40),
		}, scales(1, 2, 4, 4)...),

		// who vouches for an author
		"trust": append([]unit{
			{"trusted", map[int]int8{f.Trust: one}, 0, 120},
			{"much trusted", map[int]int8{f.Trust: 127}, 120, 60},
			{"nobody vouches", map[int]int8{f.Trust: -127}, -60, -60},
			{"trusted, of late", map[int]int8{f.Trust: one, f.Fresh1d: one}, 110, 40},
			{"passed on", map[int]int8{f.Reposts: 127, f.Quotes: 127}, 0, 20}, // whoever does it vouches for the post
			{"answered", map[int]int8{f.Replies: 127}, 0, 20},
			{"a thread's middle", map[int]int8{f.Reply: one}, 0, -8},
			lost(-100), shouting(-30), peddling(-30),
		}, scales(2, 3, 4, 4)...),

		// who hardly ever speaks
		"slow": append([]unit{
			{"the author's last word", map[int]int8{f.AuthorLater: -127}, -127, 60}, // one more since costs 16, three 32
			{"said more since", map[int]int8{f.AuthorLater: 127}, 16, -60},
			{"rare voice", map[int]int8{f.AuthorRate: -127}, -127, 60},
			{"followed", map[int]int8{f.Followed: one}, 0, 60},
			{"friend", map[int]int8{f.Mutual: one}, 0, 10},
			{"answers you", map[int]int8{f.ReplyToViewer: one}, 0, 40},
			{"a thread's middle", map[int]int8{f.Reply: one}, 0, -60},
			{"substance", map[int]int8{f.TextLength: one, f.TextWords: one / 2}, 30, 8},
			lost(-100), shouting(-40), peddling(-40),
		}, scales(1, 1, 8, 8)...),
	}
}
