package rankers

import (
	"embed"

	f "candor/rankers/features"
	"candor/zkcommit"
)

// models are the built-in rankers', as rankers/train/builtins makes them of their goals.
//
//go:embed models/*.bin
var models embed.FS

// Where weights come from, which a test of rankers/train/builtins compares with what it fits.
const (
	byHand = "Weights set by hand, unit by unit; no data was used."
	learnt = "Units laid out by hand; how those of its goal share its weight was learnt from what people of made-up sample towns liked, reposted and answered next. No real person's data was used."
)

// shipped is a built-in ranker's model.
func shipped(id string) *zkcommit.Model {
	b, err := models.ReadFile("models/" + id + ".bin")
	if err != nil {
		panic("rankers: " + err.Error()) // a test reads them all
	}
	m, err := zkcommit.ParseModel(b)
	if err != nil {
		panic("rankers: the model of " + id + ": " + err.Error())
	}
	return m
}

// Catalogue lists the rankers that ship; the first is the default.
func Catalogue() []*Builtin {
	all := []*Builtin{hybrid(), latest(), network(), interests(), bridging(), trust(), slow()}
	for _, b := range all {
		b.info.Version, b.info.Schema = 1, f.Schema()
		b.model = shipped(b.info.ID)
	}
	return all
}

// latest is the model without any weight: every post ties, and a tie goes to the newest.
func latest() *Builtin {
	return &Builtin{info: Info{
		ID: "latest", Name: "Latest",
		Description: "Every post in the order in which it reached the chain, newest first. Nothing else counts.",
		Goal:        "Show what is new, without any judgement.",
		Training:    byHand,
		Rule:        "plain/v1",
	}}
}

// network asks what the people whom the viewer follows stand behind.
func network() *Builtin {
	return &Builtin{info: Info{
		ID: "network", Name: "Your network",
		Description: "What the people you follow like, repost and talk about comes first, then what they write themselves, then people whom several of them follow. Without a viewer: what many people react to of late.",
		Goal:        "Let the people you chose choose for you.",
		Training:    learnt, Personalised: true,
		Rule: "diverse/v1",
	}}
}

// interests asks what a post is about.
func interests() *Builtin {
	return &Builtin{info: Info{
		ID: "interests", Name: "Your interests",
		Description: "Posts near in meaning to those you liked, reposted, answered and wrote. Who wrote them counts little, popularity hardly, and answers in a thread stand behind. Without a viewer: new posts that others talk about, that show a page or have something to say.",
		Goal:        "Find what you care about, from people you may not know.",
		Training:    learnt, Personalised: true,
		Rule: "diverse/v1",
	}}
}

// hybrid weighs all of it.
func hybrid() *Builtin {
	return &Builtin{info: Info{
		ID: "hybrid", Name: "Balanced",
		Description: "A bit of everything: your people, your topics, what is picking up speed now, and fresh posts before old ones. Shouting and link dumps sink. Without a viewer: fresh posts, above all those that people react to.",
		Goal:        "A good first page for most people on most days.",
		Training:    learnt, Personalised: true,
		Rule: "diverse/v1", Parameters: balance(),
	}}
}

// bridging asks who agrees on a post, not how many.
func bridging() *Builtin {
	return &Builtin{info: Info{
		ID: "bridging", Name: "Common ground",
		Description: "Posts liked on both sides: by people who otherwise like different things. What one side alone cheers is pushed back, however loud. Who reads does not matter.",
		Goal:        "Show what people agree on who mostly do not.",
		Training:    byHand,
		Rule:        "diverse/v1",
	}}
}

// trust asks who vouches for an author.
func trust() *Builtin {
	return &Builtin{info: Info{
		ID: "trust", Name: "Chain of trust",
		Description: "Authors you follow, then those whom they follow, and so on: trust starts with you and thins out on its way. A thousand accounts that only follow each other have none. Without a viewer: what people pass on and answer of late.",
		Goal:        "Hear from people vouched for by people you vouch for.",
		Training:    byHand, Personalised: true,
		Rule: "diverse/v1",
	}}
}

// slow asks who hardly ever speaks.
func slow() *Builtin {
	return &Builtin{info: Info{
		ID: "slow", Name: "Slow",
		Description: "One post of a person among any twenty, the last word first; those who seldom write before those who always do, people you follow before others, answers in a thread last. Likes do not count.",
		Goal:        "Catch up with your people in one sitting, and stop.",
		Training:    byHand, Personalised: true,
		Rule: "single/v1",
	}}
}
