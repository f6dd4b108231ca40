package planted

// askingBugs are those of sessions and of what askers may ask for.
var askingBugs = []bug{
	{
		name: "a stranger who names a reader gets its run",
		file: "feeds/request.go",
		old:  `	if own {`,
		new:  `	if own && viewer == (graph.Address{}) {`,
		pkg:  "feeds", test: "TestOwnRuns",
	},
	{
		name: "a made-up cursor opens another's run",
		file: "feeds/hall.go",
		old:  `return row.Key == key(req.Viewer, req.Own(), &r.Manifest.Manifest, filters, snap.Block().Hash)`,
		new:  `return row.Key == key(req.Viewer, !row.Public, &r.Manifest.Manifest, filters, snap.Block().Hash)`,
		pkg:  "feeds", test: "TestOwnRuns",
	},
	{
		name: "a reader's own run is opened to all",
		file: "feeds/lane.go",
		old:  `Public: !w.own,`,
		new:  `Public: true,`,
		pkg:  "feeds", test: "TestOwnRuns",
	},
	{
		name: "a nonce signs in twice",
		file: "web/sessions.go",
		old:  `!own || again ||`,
		new:  `!own || again && end.IsZero() ||`,
		pkg:  "web", test: "TestSignInsThatAreRefused",
	},
	{
		name: "any nonce signs in",
		file: "web/sessions.go",
		old:  `|| !hmac.Equal(b[16:], s.seal(b[:16]))`,
		new:  `|| !hmac.Equal(b[16:], b[16:])`,
		pkg:  "web", test: "TestSignInsThatAreRefused",
	},
	{
		name: "another page's message signs in",
		file: "web/session.go",
		old:  `!ok || host != m.Domain ||`,
		new:  `!ok || !strings.Contains(m.URI, m.Domain) || host == "" ||`,
		pkg:  "web", test: "TestSignInsThatAreRefused",
	},
	{
		name: "another chain's message signs in",
		file: "web/session.go",
		old:  `if m.ChainID != s.Access.ChainID {`,
		new:  `if m.ChainID == 0 {`,
		pkg:  "web", test: "TestSignInsThatAreRefused",
	},
	{
		name: "a session that is over is read as none",
		file: "web/session.go",
		old:  `if c.Get(fiber.HeaderAuthorization) == "" {`,
		new:  `if _, live := s.sessions.find(token(c)); !live {`,
		pkg:  "web", test: "TestSessions",
	},
	{
		name: "one place's sessions push out another's",
		file: "web/sessions.go",
		old:  `if there := s.places[x.place]; len(there) >= mostOfPlace {`,
		new:  `if there := s.places["far"]; len(s.live) > mostOfPlace && len(there) > 0 {`,
		pkg:  "web", test: "TestSessionsAreBounded",
	},
	{
		name: "anyone says where it is",
		file: "web/session.go",
		old:  `i >= 0 && trusted(); i-- {`,
		new:  `i >= 0; i-- {`,
		pkg:  "web", test: "TestPlaces",
	},
	{
		name: "a message's lines come in any order",
		file: "web/siwe/message.go",
		old:  `if l.err == nil && len(l.rest) > 0 {`,
		new:  `if l.err == nil && len(l.rest) > 9 {`,
		pkg:  "web/siwe", test: "TestGrammar",
	},
	{
		name: "a message is signed by anybody",
		file: "web/siwe/message.go",
		old:  `if who != m.Address {`,
		new:  `if who == (graph.Address{}) {`,
		pkg:  "web/siwe", test: "TestSigned",
	},
}
