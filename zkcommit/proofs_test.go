package zkcommit

import (
	"slices"
	"strings"
	"testing"
)

// without is the bundle with some of its parts left out.
func without(t *testing.T, drop func(*Bundle)) Finding {
	t.Helper()
	b, tools := exampleBundle(t)
	drop(b)
	return b.Check(tools)
}

// reg changes a bundle's registration.
func reg(change func(*Registration)) func(*Bundle) {
	return func(b *Bundle) {
		r, err := ParseRegistration(b.Registration)
		if err != nil {
			panic(err)
		}
		change(r)
		b.Registration = r.Bytes()
	}
}

// A run proof is worth nothing without the registration that it rests on, nor
// under another model's; a dispute proof says all by itself.
func TestProofsOfABundle(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*Bundle)
		misfit []string // checks that fail; none: valid
		words  string
	}{
		"all":                 {func(*Bundle) {}, nil, "needs no key"},
		"no dispute":          {func(b *Bundle) { b.Dispute, b.DisputeKey = nil, nil }, nil, "needs no key"},
		"a dispute only":      {func(b *Bundle) { b.Proof, b.Registration, b.RegistrationKey = nil, nil, nil }, nil, "only the dispute proof says so"},
		"nothing":             {func(b *Bundle) { *b = bare(b) }, []string{"proof"}, "no proof yet"},
		"no run proof":        {func(b *Bundle) { b.Proof = nil }, []string{"proof"}, "no run proof that rests on it"},
		"no registration":     {func(b *Bundle) { b.Registration = nil }, []string{"registration", "proof"}, "does not hold"},
		"no registration key": {func(b *Bundle) { b.RegistrationKey = nil }, []string{"registration", "proof"}, "does not hold"},
		"neither":             {func(b *Bundle) { b.Registration, b.RegistrationKey = nil, nil }, []string{"registration", "proof"}, "does not hold"},
		"proof":               {func(b *Bundle) { b.Proof.Bytes[0]++ }, []string{"proof"}, "no proof"},
		"proof's version":     {func(b *Bundle) { b.Proof.Version = DigestProof }, []string{"proof"}, "no proof"},
		"proof's kind":        {func(b *Bundle) { b.Proof.Kind = "verdict" }, []string{"proof"}, "no proof"},
		"type":                {func(b *Bundle) { b.Registration[0]++ }, []string{"registration", "proof"}, "does not hold"},
		"end":                 {func(b *Bundle) { b.Registration = append(b.Registration, 0) }, []string{"registration", "proof"}, "does not hold"},
		"shape":               {reg(func(r *Registration) { r.Shape.Shift[0]++ }), []string{"registration", "proof"}, "does not hold"},
		"commitment":          {reg(func(r *Registration) { r.Commitment[0]++ }), []string{"registration", "proof"}, "does not hold"},
		"schema":              {reg(func(r *Registration) { r.Schema[0]++ }), []string{"registration", "proof"}, "does not hold"},
		"link":                {reg(func(r *Registration) { r.Link[0]++ }), []string{"registration", "proof"}, "does not hold"},
		"registration proof":  {reg(func(r *Registration) { r.Proof[0]++ }), []string{"registration", "proof"}, "does not hold"},
		"weights":             {reg(func(r *Registration) { r.Weights[0]++ }), []string{"registration", "proof"}, "does not hold"},
		"key's name":          {reg(func(r *Registration) { r.Key[0]++ }), []string{"registration", "proof"}, "does not hold"},
		"key":                 {func(b *Bundle) { b.RegistrationKey.Key[0]++ }, []string{"registration", "proof"}, "does not hold"},
		"grown up":            {func(b *Bundle) { b.RegistrationKey.Development = false }, []string{"registration", "proof"}, "does not hold"},
		"circuit":             {func(b *Bundle) { b.RegistrationKey.Circuit = "d" }, []string{"registration", "proof"}, "does not hold"},
		"dispute":             {func(b *Bundle) { b.Dispute.Bytes[0]++ }, []string{"dispute"}, "needs no key"},
		"dispute's version":   {func(b *Bundle) { b.Dispute.Version = RunProof }, []string{"dispute"}, "needs no key"},
		"dispute's kind":      {func(b *Bundle) { b.Dispute.Kind = "" }, []string{"dispute"}, "needs no key"},
		"dispute's key":       {func(b *Bundle) { b.Dispute.Key[0]++ }, []string{"dispute"}, "needs no key"},
		"no dispute key":      {func(b *Bundle) { b.DisputeKey = nil }, []string{"dispute"}, "needs no key"},
		"a lonely key":        {func(b *Bundle) { b.Dispute = nil }, []string{"dispute"}, "needs no key"},
		"dispute key":         {func(b *Bundle) { b.DisputeKey.Key[0]++ }, []string{"dispute"}, "needs no key"},
		"dispute grown up":    {func(b *Bundle) { b.DisputeKey.Development = false }, []string{"dispute"}, "needs no key"},
		"dispute circuit":     {func(b *Bundle) { b.DisputeKey.Circuit = "d" }, []string{"dispute"}, "needs no key"},
		"a false dispute only": {func(b *Bundle) {
			b.Proof, b.Registration, b.RegistrationKey = nil, nil, nil
			b.Dispute.Bytes[0]++
		}, []string{"dispute", "proof"}, "does not hold"},
	} {
		f := without(t, x.change)
		var misfit []string
		for _, c := range f.Checks {
			if !c.OK {
				misfit = append(misfit, c.Name)
			}
		}
		if got := slices.Contains(f.Proofs, RunProof); got == slices.Contains(misfit, "proof") && !strings.Contains(name, "dispute only") {
			t.Errorf("%s: the proofs that hold are %v", name, f.Proofs)
		}
		if got := slices.Contains(f.Proofs, DigestProof); got && slices.Contains(misfit, "dispute") {
			t.Errorf("%s: the proofs that hold are %v", name, f.Proofs)
		}
		last := f.Checks[len(f.Checks)-1]
		if f.Valid != (len(x.misfit) == 0) || !slices.Equal(misfit, x.misfit) || last.Name != "proof" || !strings.Contains(last.Detail, x.words) {
			t.Errorf("%s: misfits %v, want %v; %+v", name, misfit, x.misfit, last)
		}
	}
}

// What a bundle's parts owe to each other holds whatever their verifiers say.
func TestProofsThatBelongElsewhere(t *testing.T) {
	for name, change := range map[string]func(*Bundle){
		"model":            reg(func(r *Registration) { r.Commitment[31]++ }),
		"schema":           reg(func(r *Registration) { r.Schema[0]++ }),
		"shift":            reg(func(r *Registration) { r.Shape.Shift[0]++ }),
		"key":              reg(func(r *Registration) { r.Key[0]++ }),
		"development key":  func(b *Bundle) { b.RegistrationKey.Development = false },
		"dispute key":      func(b *Bundle) { b.DisputeKey.Key[0]++ },
		"key of a dispute": func(b *Bundle) { b.Dispute.Key[0]++ },
		"circuit":          func(b *Bundle) { b.DisputeKey.Circuit = "d"; b.Dispute.Key = b.DisputeKey.Hash() },
	} {
		b, tools := exampleBundle(t)
		tools.Register = func(*Registration, *BundleKey) (func(Statement, Proof) error, error) {
			return func(Statement, Proof) error { return nil }, nil
		}
		tools.Dispute = func(*BundleKey, Statement, Proof) error { return nil }
		if f := b.Check(tools); !f.Valid {
			t.Fatalf("verifiers that take everything refuse: %+v", f)
		}
		change(b)
		if f := b.Check(tools); f.Valid {
			t.Errorf("proofs under another %s pass", name)
		}
	}
}

// bare is the bundle of a run that is not proved.
func bare(b *Bundle) Bundle {
	c := *b
	c.Proof, c.Registration, c.RegistrationKey, c.Dispute, c.DisputeKey = nil, nil, nil, nil, nil
	return c
}

// No proof is checked for posts or features that are not the run's.
func TestProofsOfAnotherRun(t *testing.T) {
	for name, change := range map[string]func(*Bundle){
		"order":    func(b *Bundle) { slices.Reverse(b.Ranked) },
		"feature":  func(b *Bundle) { b.Features[0][9]++ },
		"opening":  func(b *Bundle) { b.Opening[0]++ },
		"wide row": func(b *Bundle) { b.Features[0] = append(b.Features[0], 0) },
	} {
		b, tools := exampleBundle(t)
		tools.Register = func(*Registration, *BundleKey) (func(Statement, Proof) error, error) {
			return func(Statement, Proof) error { return nil }, nil
		}
		tools.Dispute = func(*BundleKey, Statement, Proof) error { return nil }
		change(b)
		f := b.Check(tools)
		if last := f.Checks[len(f.Checks)-1]; f.Valid || last.Name != "proof" || last.OK {
			t.Errorf("another %s: %+v", name, f)
		}
	}
}

// One development key makes the whole bundle one.
func TestDevelopmentKeys(t *testing.T) {
	for _, x := range []struct {
		registration, dispute bool
		want                  string
	}{{true, true, "development"}, {true, false, "development"}, {false, true, "development"}, {false, false, ""}} {
		f := without(t, func(b *Bundle) {
			b.RegistrationKey.Development, b.DisputeKey.Development = x.registration, x.dispute
		})
		if f.Keys != x.want {
			t.Errorf("%+v: keys %q", x, f.Keys)
		}
	}
}
