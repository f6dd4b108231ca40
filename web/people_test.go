package web

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"candor/graph"
	"candor/graph/embed/embedtest"
)

// town is a server over a world that the test has made.
func town(t *testing.T, w *embedtest.World) *Server {
	t.Helper()
	s := server(t, nil)
	s.Mirror = mirror{w.Snapshot()}
	return s
}

func read(t *testing.T, s *Server, path string, into any) {
	t.Helper()
	status, body, _ := ask(t, s, "GET", path, "", "")
	if err := json.Unmarshal([]byte(body), into); err != nil || status != 200 {
		t.Fatalf("%s: %d %s", path, status, body)
	}
}

func person(n int) string { return strings.ToLower(embedtest.Person(n).Hex()) }

func TestRequestsPaged(t *testing.T) {
	w := embedtest.New(t)
	w.Profile(1, graph.ProfileContent{DisplayName: "Ada"})
	w.Act(graph.ActApproval, 0, 0)
	var want []string
	for who := 1; who <= 5; who++ {
		id := w.Act(graph.ActRequest, who, 0)
		if who != 2 && who != 3 {
			want = append([]string{fmt.Sprint(id, " ", person(who))}, want...)
		}
	}
	w.Act(graph.ActApprove, 0, 2)
	w.Act(graph.ActRefuse, 0, 3)
	w.Act(graph.ActRequest, 0, 5) // to somebody else
	s := town(t, w)
	for _, size := range []int{1, 2, 3, 100} {
		var got []string
		pages := 0
		for cursor := ""; pages < 9; pages++ { // a list that has no end is caught
			var page struct {
				Items []struct {
					ID      string
					Time    uint64
					Profile struct{ Address, Name string }
				}
				Cursor string
			}
			read(t, s, fmt.Sprintf("/api/v1/requests/%s?limit=%d&cursor=%s", person(0), size, cursor), &page)
			for _, i := range page.Items {
				got = append(got, i.ID+" "+i.Profile.Address)
				if i.Time != embedtest.Start || (i.Profile.Name == "Ada") != (i.Profile.Address == person(1)) {
					t.Errorf("a request is %+v", i)
				}
			}
			if cursor = page.Cursor; cursor == "" {
				break
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) || pages != (len(want)-1)/size {
			t.Errorf("pages of %d give %v in %d further pages, want %v", size, got, pages, want)
		}
	}
	if status, body, _ := ask(t, s, "GET", "/api/v1/requests/"+person(9), "", ""); status != 200 || body != `{"items":[],"cursor":""}` {
		t.Errorf("nobody's requests: %d %s", status, body)
	}
}

func TestProfilesSayWhoMayFollow(t *testing.T) {
	w := embedtest.New(t)
	w.Act(graph.ActApproval, 1, 0)
	w.Profile(2, graph.ProfileContent{DisplayName: "Hidden", HideFromAlgorithmicRecommendations: true})
	w.Act(graph.ActClosed, 2, 0)
	w.Profile(3, graph.ProfileContent{DisplayName: "Open"})
	w.Act(graph.ActRequest, 0, 1)
	w.Act(graph.ActFollow, 2, 0)
	w.Act(graph.ActBlock, 0, 3)
	w.Act(graph.ActBlock, 4, 0)
	w.Act(graph.ActFollow, 0, 5)
	s := town(t, w)
	for who, want := range map[int]string{
		1: "approval false {false true false false false}", 2: "closed true {false false false true false}",
		3: "open false {false false true false false}", 4: "open false {false false false false true}",
		5: "open false {true false false false false}",
	} {
		var got struct {
			Profile struct {
				Policy string
				Hidden bool `json:"hideFromAlgorithmicRecommendations"`
			}
			Relation *relationView
		}
		read(t, s, "/api/v1/profiles/"+person(who)+"?viewer="+person(0), &got)
		if line := fmt.Sprint(got.Profile.Policy, " ", got.Profile.Hidden, " ", *got.Relation); line != want {
			t.Errorf("person %d is %q, want %q", who, line, want)
		}
		got.Relation = nil
		read(t, s, "/api/v1/profiles/"+person(who), &got)
		if got.Relation != nil {
			t.Errorf("without a viewer person %d's relation is %+v", who, got.Relation)
		}
	}
	var all struct{ Items []profileView }
	read(t, s, "/api/v1/profiles", &all)
	if len(all.Items) != 2 || all.Items[0].Policy != "closed" || !all.Items[0].Hidden || all.Items[1].Policy != "open" {
		t.Errorf("all profiles: %+v", all.Items)
	}
}

// A post's JSON says that it was edited, what it shows and whom it names, and
// nothing of what it said before or of what is withheld.
func TestPostsSayWhatTheyAre(t *testing.T) {
	const file = "bafkreifzjut3te7nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"
	w := embedtest.New(t)
	rich := w.Publish(1, graph.PostContent{Text: "rich", Mentions: []graph.Address{embedtest.Person(2)},
		Media: []graph.Media{{Alt: "A heron", CID: file, MIME: "image/png", Size: 9, Width: 4, Height: 3}}}, graph.PostID{}, graph.PostID{})
	edited, withheld := w.Post(1, "an old secret"), w.Post(1, "a withheld secret")
	w.Edit(1, edited, "what it says now")
	w.Withhold(withheld, false)
	s := town(t, w)
	_, body, _ := ask(t, s, "GET", "/api/v1/posts/"+rich.String(), "", "")
	for _, want := range []string{`"edited":null`, `"mentions":["` + person(2) + `"]`,
		`"media":[{"alt":"A heron","cid":"` + file + `","height":3,"mime":"image/png","size":9,"width":4}]`} {
		if !strings.Contains(body, want) {
			t.Errorf("the post is without %s: %s", want, body)
		}
	}
	_, body, _ = ask(t, s, "GET", "/api/v1/posts/"+edited.String(), "", "")
	if !strings.Contains(body, `"text":"what it says now"`) || !strings.Contains(body, `"edited":"`) || strings.Contains(body, "secret") ||
		!strings.Contains(body, `"media":[]`) || !strings.Contains(body, `"mentions":[]`) {
		t.Errorf("the edited post is %s", body)
	}
	_, body, _ = ask(t, s, "GET", "/api/v1/posts/"+withheld.String(), "", "")
	if !strings.Contains(body, `"status":"withheld"`) || strings.Contains(body, "secret") {
		t.Errorf("the withheld post is %s", body)
	}
	_, body, _ = ask(t, s, "GET", "/api/v1/profiles/"+person(1), "", "")
	if strings.Contains(body, "secret") || !strings.Contains(body, "what it says now") {
		t.Errorf("the author's page is %s", body)
	}
}

// The API's description names every action that may be signed, and no other.
func TestDescriptionNamesTheActions(t *testing.T) {
	var doc struct {
		Components struct {
			Schemas struct {
				SignedIntent struct {
					Properties struct {
						Intent struct {
							Properties struct{ Action struct{ Enum []string } }
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal(openapi, &doc); err != nil {
		t.Fatal(err)
	}
	var want []string
	for a := graph.ActProfile; a.Signed(); a++ {
		want = append(want, a.String())
	}
	if got := doc.Components.Schemas.SignedIntent.Properties.Intent.Properties.Action.Enum; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("openapi.json names the actions %v, want %v", got, want)
	}
}
