package planted

// chainBugs are those of following forks, of several endpoints and of documents
// that do not come.
var chainBugs = []bug{
	{
		name: "a fork is believed without its proof",
		file: "indexer",
		old:  `if err == nil && other.Parent != mine.Hash {`,
		new:  `if err == nil && other.Parent == mine.Parent {`,
		pkg:  "indexer", test: "TestForksNeedAProof",
	},
	{
		name: "final blocks are taken back",
		file: "indexer",
		old:  `if n < final.Number {`,
		new:  `if n+1 < final.Number {`,
		pkg:  "indexer", test: "TestFinalBlocksAreNotTakenBack",
	},
	{
		name: "another branch's final block is believed",
		file: "indexer",
		old:  `if kept && (final.Hash == graph.Hash{} || final.Hash == mine.Hash) {`,
		new:  `if kept {`,
		pkg:  "indexer", test: "TestWhatIsFinal",
	},
	{
		name: "beyond the window nobody else is heard",
		file: "indexer",
		old:  `if x.doubt(ctx, mine) {`,
		new:  `if x.doubt(ctx, mine) && n == 0 {`,
		pkg:  "indexer", test: "TestBeyondTheWindowOthersAreHeard",
	},
	{
		name: "what was never compared with the chain is served",
		file: "indexer",
		old:  `case !x.compared:`,
		new:  `case !x.compared && x.started:`,
		pkg:  "indexer", test: "TestOnlyWhatWasComparedIsSound",
	},
	{
		name: "beyond the window the index is served",
		file: "indexer",
		old:  `case errors.Is(x.done, ErrBeyondWindow):`,
		new:  `case errors.Is(x.done, ErrBeyondWindow) && !x.compared:`,
		pkg:  "indexer", test: "TestOnlyWhatWasComparedIsSound",
	},
	{
		name: "what is denied is fetched",
		file: "indexer",
		old:  `if !e.Names() || denied[e.CID] {`,
		new:  `if !e.Names() {`,
		pkg:  "indexer", test: "TestWhatIsDeniedIsWithheldAndNotFetched",
	},
	{
		name: "what is no longer denied stays withheld",
		file: "indexer",
		old:  `if known[c] = true; !denied[c] {`,
		new:  `if known[c] = true; !denied[c] && len(denied) > 0 {`,
		pkg:  "indexer", test: "TestWhatIsDeniedIsWithheldAndNotFetched",
	},
	{
		name: "what is withheld is withheld again with each block",
		file: "indexer",
		old:  `if !known[c] {`,
		new:  `if c.Defined() {`,
		pkg:  "indexer", test: "TestWhatIsDeniedIsWithheldAndNotFetched",
	},
	{
		name: "who makes blocks wait makes them wait again",
		file: "indexer",
		old:  `return !bad`,
		new:  `return !bad || len(p.bad.order) > 0`,
		pkg:  "indexer", test: "TestSlowAuthorsAreWaitedForBriefly",
	},
	{
		name: "a few slow authors make all blocks wait",
		file: "indexer",
		old:  `most := times[(len(times)*19-1)/20]`,
		new:  `most := times[len(times)-1]`,
		pkg:  "indexer", test: "TestSlowAuthorsAreWaitedForBriefly",
	},
	{
		name: "documents that come just after their block are dropped",
		file: "indexer",
		old:  `h.x.retry.deliver(a.cid, a.doc)`,
		new:  `_ = a.doc`,
		pkg:  "indexer", test: "TestStragglersComeWithTheNextBlock",
	},
	{
		name: "forks are looked for block by block",
		file: "indexer",
		old:  `for back := uint64(1); ; back *= 2 {`,
		new:  `for back := uint64(1); ; {`,
		pkg:  "indexer", test: "TestForksAreFoundWithFewQuestions",
	},
	{
		name: "a liar is asked again at once",
		file: "indexer/evm",
		old:  `e.cfg.Distrust*time.Duration(min(1<<min(e.lies-1, 16), longestDistrust))`,
		new:  `0*time.Duration(min(1<<min(e.lies-1, 16), longestDistrust))`,
		pkg:  "indexer/evm", test: "TestLiarIsNamedAndNotAskedAgain",
	},
	{
		name: "a Retry-After is not obeyed",
		file: "indexer/evm",
		old:  `max(e.pause, min(e.told, longestWait))`,
		new:  `max(e.pause, 0*min(e.told, longestWait))`,
		pkg:  "indexer/evm", test: "TestRetryAfterIsObeyed",
	},
	{
		name: "headers need not follow each other",
		file: "indexer/evm",
		old:  `if err == nil && i > 0 && answers[i].ParentHash != answers[i-1].hash {`,
		new:  `if err == nil && i > 0 && answers[i].ParentHash == answers[i-1].ParentHash {`,
		pkg:  "indexer/evm", test: "TestBlocksFollowEachOther",
	},
	{
		name: "an endpoint on another chain is taken",
		file: "indexer/evm",
		old:  `if h.hash != e.cfg.Genesis || h.Number.Sign() != 0 {`,
		new:  `if h.Number.Sign() != 0 {`,
		pkg:  "indexer/evm", test: "TestAnotherChainIsRefused",
	},
	{
		name: "a chain's id is not looked at",
		file: "indexer/evm",
		old:  `if uint64(id) != e.cfg.ChainID {`,
		new:  `if uint64(id) == 0 {`,
		pkg:  "indexer/evm", test: "TestClientTurnsToTheNextEndpoint",
	},
	{
		name: "who says no to a transaction is left",
		file: "indexer/evm",
		old:  `if saysNo(err) {`,
		new:  `if saysNo(err) && kindOf(err) == Throttled {`,
		pkg:  "indexer/evm", test: "TestClientTurnsToTheNextEndpoint",
	},
	{
		name: "a client asks the first endpoint only",
		file: "indexer/evm",
		old:  `		result, no = nil, nil`,
		new: `		result, no = nil, nil
		if e != a.endpoints[0] {
			return absent("it is not asked")
		}`,
		pkg: "indexer/evm", test: "TestClientTurnsToTheNextEndpoint",
	},
	{
		name: "an endpoint that refuses much is asked for as much again",
		file: "indexer/evm",
		old:  `if kind == TooLarge || kind == TimedOut || kind == Cut {`,
		new:  `if kind == TimedOut || kind == Cut {`,
		pkg:  "indexer/evm", test: "TestSizesAdapt",
	},
	{
		name: "the keys in endpoints' addresses are told",
		file: "indexer/evm",
		old:  `if u := (*url.Error)(nil); errors.As(err, &u) {`,
		new:  `if u := (*url.Error)(nil); errors.As(err, &u) && u.Op == "" {`,
		pkg:  "indexer/evm", test: "TestKeysAreNotTold",
	},
	{
		name: "absent receipts are an empty block's",
		file: "indexer/evm",
		old:  `if receipts == nil {`,
		new: `if receipts == nil && h != nil {
		return nil
	}
	if receipts == nil {`,
		pkg: "indexer/evm", test: "TestEachFault",
	},
	{
		name: "an endpoint that is far behind is never left",
		file: "indexer/evm",
		old:  `h.Number.Uint64() > head+lagSlack {`,
		new:  `h.Number.Uint64() > head+lagSlack && n == current {`,
		pkg:  "indexer/evm", test: "TestEndpointThatIsFarBehindIsLeft",
	},
	{
		name: "nobody contradicts who denies what is indexed",
		file: "indexer/evm",
		old:  `if err != nil || h.hash != b.Hash {`,
		new:  `if err != nil || h.hash == b.Hash {`,
		pkg:  "indexer/evm", test: "TestDeepForkNeedsEveryWord",
	},
	{
		name: "a redirect is followed",
		file: "indexer/evm",
		old:  `return http.ErrUseLastResponse`,
		new:  `return nil`,
		pkg:  "indexer/evm", test: "TestRedirectsAreNotFollowed",
	},
}
