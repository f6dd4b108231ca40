package town

import (
	"fmt"
	"strings"
)

// person is someone of the town.
type person struct {
	did, name, bio string
	home           int // community
	second         int // another one, or the same
	lively         int // how often it writes, from 1
	charm          int // how well it writes, 20 to 95
	spammer        bool
	flood          string
	said           map[string]bool // texts, as the grammar has them
}

var firstNames = strings.Fields(`Ada Amir Anouk Arlo Asha Beatriz Bram Cato Celia Chidi Clara Dario Daphne Edda Elif
Emeka Esther Fabio Farah Felix Fiona Greta Gil Hana Hugo Ida Imran Ines Isak Ivy Jana Jonas Juno Kofi Kaya Kira
Lars Leila Lena Liam Lucia Luka Mara Mateo Maya Milo Mina Nadia Nico Nora Noor Olga Omar Oskar Paula Pavel
Petra Priya Quinn Rafael Rosa Ruben Sami Sanna Selma Signe Sora Stella Tariq Tess Theo Tomas Uma Vera Viktor
Wanda Wim Yara Yusuf Zoe`)

var lastNames = strings.Fields(`Abara Adeyemi Almeida Andersen Asante Bakker Balogh Bauer Becker Bianchi Bloom Bondar
Brandt Calloway Castro Chen Dahl Danso Demir Diallo Dvorak Eriksen Farkas Fischer Fontaine Gallo Garcia Greene
Haddad Hale Hansen Hoang Horvat Ibrahim Ito Jansen Kaplan Keller Kim Kovacs Larsen Laurent Lindqvist Lopez
Marsh Mbeki Mehta Moreau Moss Nakamura Novak Nowak Okafor Olsen Ortega Osei Pereira Petrov Quist Ramos Rao
Reyes Rossi Rowe Sato Schmid Silva Singh Sorensen Stone Strand Tanaka Thorne Toth Vargas Vidal Weber Winter
Yilmaz Zeller`)

// settle makes the people: the first of each community are its liveliest.
func (t *town) settle(n int) {
	used := map[string]bool{}
	spammers := n / 20
	homes := make([]*deck[string], len(t.communities))
	for i, c := range t.communities {
		homes[i] = &deck[string]{cards: append([]string{}, c.bios...)}
	}
	floods := &deck[string]{cards: append([]string{}, t.spam.floods...)}
	for i := range n {
		p := &person{said: map[string]bool{}}
		for p.name == "" || used[p.name] {
			p.name = firstNames[t.rng.IntN(len(firstNames))] + " " + lastNames[t.rng.IntN(len(lastNames))]
			if len(used) > len(firstNames)*len(lastNames)/2 {
				p.name += fmt.Sprintf(" %d", len(used))
			}
		}
		used[p.name] = true
		p.did = "did:example:" + strings.ToLower(strings.ReplaceAll(p.name, " ", "."))
		p.home = i % len(t.communities)
		p.second = p.home
		if t.rng.IntN(3) == 0 {
			p.second = t.rng.IntN(len(t.communities))
		}
		// A few write a lot, most a little.
		p.lively = 1 + 24/(1+t.rng.IntN(24))
		p.charm = 20 + (t.rng.IntN(76)+t.rng.IntN(76))/2
		p.bio = homes[p.home].draw(t.rng)
		if p.second != p.home {
			p.bio += " Also " + t.communities[p.second].tags[0] + "."
		}
		if i >= n-spammers {
			p.spammer, p.charm, p.flood = true, 1, floods.draw(t.rng)
			p.bio = "Best offers!!! Follow for follow"
		}
		t.people = append(t.people, p)
	}
}

// meet lets people follow each other: mostly at home, the charming more often,
// some across. Spammers follow anyone.
func (t *town) meet() {
	folk := make([][]*person, len(t.communities))
	var all []*person
	for _, p := range t.people {
		if p.spammer {
			continue
		}
		all = append(all, p)
		folk[p.home] = append(folk[p.home], p)
		if p.second != p.home {
			folk[p.second] = append(folk[p.second], p)
		}
	}
	for _, p := range t.people {
		seen := map[*person]bool{p: true}
		follow := func(from []*person, n int) {
			for range n {
				// The more charming of two; meeting one twice is meeting nobody.
				a, b := from[t.rng.IntN(len(from))], from[t.rng.IntN(len(from))]
				if b.charm > a.charm {
					a = b
				}
				if seen[a] {
					continue
				}
				seen[a] = true
				t.follows[p] = append(t.follows[p], a)
				at := t.start + hour + t.skewed(10*day)
				t.emit(p, at, "app.bsky.graph.follow", record{"subject": a.did})
			}
		}
		if p.spammer {
			follow(all, 25+t.rng.IntN(20))
			continue
		}
		follow(folk[p.home], 8+t.rng.IntN(9))
		if p.second != p.home {
			follow(folk[p.second], 3+t.rng.IntN(5))
		}
		follow(all, 1+t.rng.IntN(5))
	}
}

// someone is a lively person of the community, or of all when it is negative.
func (t *town) someone(home int) *person {
	total := 0
	for _, p := range t.people {
		if t.writesIn(p, home) {
			total += p.lively
		}
	}
	at := t.rng.IntN(max(total, 1))
	for _, p := range t.people {
		if t.writesIn(p, home) {
			if at -= p.lively; at < 0 {
				return p
			}
		}
	}
	return t.people[0]
}

func (t *town) writesIn(p *person, home int) bool {
	return !p.spammer && (home < 0 || p.home == home || p.second == home)
}
