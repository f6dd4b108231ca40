package planted

// revealBugs are those of models that become public on their dates.
var revealBugs = []bug{
	{
		name: "the round of a ciphertext is not checked before use",
		file: "zkcommit/timelock/timelock.go",
		old:  `if at := n.Time(round); at.Before(from) || at.After(by) {`,
		new:  `if at := n.Time(round); at.Before(from) && at.After(by) {`,
		pkg:  "cmd/candor", test: "TestPromisesAreCheckedBeforeUse",
	},
	{
		name: "a ciphertext that opens too early keeps the promise",
		file: "zkcommit/timelock/timelock.go",
		old:  `n.CheckDue(ciphertext, date.Add(-Early), date)`,
		new:  `n.CheckDue(ciphertext, time.Time{}, date)`,
		pkg:  "local/beacon", test: "TestPromises",
	},
	{
		name: "the network of a ciphertext is not checked before use",
		file: "zkcommit/timelock/timelock.go",
		old: `	if network != n.hash {
		return otherNetwork(network, n.hash)
	}
	if at :=`,
		new: `	if network == (graph.Hash{}) {
		return otherNetwork(network, n.hash)
	}
	if at :=`,
		pkg: "cmd/candor", test: "TestPromisesAreCheckedBeforeUse",
	},
	{
		name: "the promise is not checked before use",
		file: "cmd/candor/sealed.go",
		old:  `if err := n.CheckPromise(b, v.date()); err != nil {`,
		new:  `if err := n.CheckPromise(b, v.date()); err != nil && len(b) == 0 {`,
		pkg:  "cmd/candor", test: "TestPromisesAreCheckedBeforeUse",
	},
	{
		name: "the commitment of an opened model is not recomputed",
		file: "cmd/candor/sealed.go",
		old:  `if err := r.Opens(v.model.Commitment); err != nil {`,
		new:  `if err := r.Model.Validate(); err != nil {`,
		pkg:  "cmd/candor", test: "TestOpenedModelsAreTheCommittedOnes",
	},
	{
		name: "a commitment is opened by any salt",
		file: "zkcommit/reveal.go",
		old:  `if got != commitment {`,
		new:  `if got != commitment && r.Schema == (graph.Hash{}) {`,
		pkg:  "zkcommit", test: "TestRevealRoundTrip",
	},
	{
		name: "the shape of an opened model is not compared",
		file: "cmd/candor/sealed.go",
		old:  `if r.Model.Shape.ID() != v.model.ShapeID {`,
		new:  `if r.Model.Shape.ID() == (graph.Hash{}) {`,
		pkg:  "cmd/candor", test: "TestOpenedModelsAreTheCommittedOnes",
	},
	{
		name: "a node opens a model before its date",
		file: "cmd/candor/reveals.go",
		old:  `if now.Before(v.date()) {`,
		new:  `if now.Before(v.date()) && v.keepsPromise(ctx, r.dates.Network, r.blocks()) != nil {`,
		pkg:  "cmd/candor", test: "TestPromisesAreCheckedBeforeUse",
	},
	{
		name: "a development beacon signs rounds before their time",
		file: "local/beacon/beacon.go",
		old:  `if round == 0 || b.now().Before(b.Time(round)) {`,
		new:  `if round == 0 {`,
		pkg:  "local/beacon", test: "TestLockAndOpen",
	},
	{
		name: "a beacon's signature is believed",
		file: "zkcommit/timelock/network.go",
		old:  `n.scheme.VerifyBeacon(&common.Beacon{Round: round, Signature: signature}, n.key); err != nil {`,
		new:  `n.scheme.VerifyBeacon(&common.Beacon{Round: round, Signature: signature}, n.key); err != nil && round == 0 {`,
		pkg:  "local/beacon", test: "TestHostileCiphertexts",
	},
	{
		name: "what IPFS gives for a ciphertext is not hashed",
		file: "zkcommit/parts/parts.go",
		old:  `err != nil || !got.Equals(c) {`,
		new:  `err != nil || !got.Defined() {`,
		pkg:  "cmd/candor", test: "TestCiphertextsOnIPFS",
	},
	{
		name: "a part of a file is not hashed",
		file: "zkcommit/parts/parts.go",
		old:  `b, err := checked(ctx, f.Parts[i], f.PartSize(i), get)`,
		new:  `b, err := get(ctx, f.Parts[i], f.PartSize(i))`,
		pkg:  "zkcommit/parts", test: "TestBlocksAreChecked",
	},
	{
		name: "a file's size is not looked at before its parts are fetched",
		file: "zkcommit/parts/parts.go",
		old:  `if err == nil && f.Size > limit {`,
		new:  `if err == nil && f.Size > limit && limit < 0 {`,
		pkg:  "zkcommit/parts", test: "TestSizesAreBoundedBeforeFetching",
	},
	{
		name: "a list of parts has other spellings",
		file: "zkcommit/parts/parts.go",
		old:  `if f.Size == 0 || !bytes.Equal(list(f.Parts, f.Size), block) {`,
		new:  `if f.Size == 0 || bytes.Equal(nil, block) {`,
		pkg:  "zkcommit/parts", test: "TestHostileTrees",
	},
	{
		name: "a list may name more parts than there are",
		file: "zkcommit/parts/parts.go",
		old:  `n < 2+nameSize || len(f.Parts) == Most {`,
		new:  `n < 2+nameSize || len(f.Parts) == 2*Most {`,
		pkg:  "zkcommit/parts", test: "TestHostileTrees",
	},
	{
		name: "a part may be shorter than its list says",
		file: "zkcommit/parts/parts.go",
		old:  `if err == nil && len(b) != f.PartSize(i) {`,
		new:  `if err == nil && len(b) > f.PartSize(i) {`,
		pkg:  "zkcommit/parts", test: "TestHostileTrees",
	},
	{
		name: "before its date a large ciphertext is fetched whole",
		file: "cmd/candor/sealed.go",
		old:  `b, err := v.ciphertext(ctx, get, true)`,
		new:  `b, err := v.ciphertext(ctx, get, false)`,
		pkg:  "cmd/candor", test: "TestCiphertextsGoInParts",
	},
	{
		name: "a kept reveal is served unread",
		file: "cmd/candor/reveals.go",
		old:  `if _, err := v.read(b); err == nil {`,
		new:  `if _, err := v.read(b); err == nil || len(b) > 0 {`,
		pkg:  "cmd/candor", test: "TestPromisesAreCheckedBeforeUse",
	},
	{
		name: "a silent beacon is the publisher's fault",
		file: "zkcommit/timelock/beacon.go",
		old: `	signature, err := b.Signature(ctx, round)
	if err != nil {
		return nil, err
	}`,
		new: `	signature, err := b.Signature(ctx, round)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCiphertext, err)
	}`,
		pkg: "local/beacon", test: "TestOpenDue",
	},
}
