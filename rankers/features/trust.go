package features

import "candor/graph"

// EigenTrust's numbers. They are part of the schema.
const (
	maxTrustEdges = 8_192 // follows by the circle, the newest
	maxTrusted    = 64    // of one person of the circle
	trustRounds   = 8
	allTrust      = 1 << 40
	trustUnit     = 1 << 20 // the feature's, a millionth of all
	restart       = 5       // one part in so many goes back to the viewer in each round
)

// readTrust is EigenTrust (Kamvar, Schlosser and Garcia-Molina 2003) with the viewer as the
// only one whom it trusts before: trust flows from the viewer to those whom the viewer
// follows, from them to those whom they follow, and what reaches somebody of whom no
// follows are read flows back to the viewer. Nobody gains any by following, only by being
// followed by those who have some.
func readTrust(s Snapshot, v *viewer) (map[graph.Address]int64, error) {
	if len(v.circle) == 0 {
		return nil, nil
	}
	follows, err := s.Follows(graph.FollowQuery{From: v.circle, Limit: maxTrustEdges})
	if err != nil {
		return nil, err
	}
	people := append([]graph.Address{v.address}, v.circle...) // those who pass trust on
	to := map[graph.Address][]graph.Address{v.address: v.circle}
	for _, f := range follows {
		if out := to[f.From]; len(out) < maxTrusted {
			to[f.From] = append(out, f.To)
		}
	}
	trust := map[graph.Address]int64{v.address: allTrust}
	for range trustRounds {
		next, passed := map[graph.Address]int64{}, int64(0)
		for _, a := range people {
			if n := int64(len(to[a])); n > 0 {
				part := (trust[a] - trust[a]/restart) / n
				for _, b := range to[a] {
					next[b] += part
				}
				passed += n * part
			}
		}
		next[v.address] += allTrust - passed
		trust = next
	}
	return trust, nil
}
