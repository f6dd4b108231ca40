package audit

import (
	"fmt"
	"strings"

	"candor/zkcommit"
)

// RuleWitness is broken when too few of the witnesses that the auditor named cosigned the
// log's head.
const RuleWitness Rule = "witness"

// Shares of the named witnesses that cosigned a log's head.
const (
	OfRuns   = "witnesses"
	OfEpochs = "epochWitnesses"
)

// Witnesses checks who of the named witnesses cosigned a log's head, which the checkpoint
// is, and that they are at least quorum. Nothing is said of witnesses when none is named.
func (r *Report) Witnesses(share string, checkpoint []byte, named []zkcommit.Cosigner, quorum int) {
	if len(named) == 0 {
		return
	}
	signed := 0
	var missing []string
	for _, w := range named {
		if _, err := w.Cosigned(checkpoint); err != nil {
			missing = append(missing, w.Name)
			continue
		}
		signed++
	}
	s := Share{Checked: uint64(signed), Of: uint64(len(named))}
	if len(missing) > 0 {
		s.Why = "not by " + strings.Join(missing, ", ")
	}
	if r.Shares == nil {
		r.Shares = map[string]Share{}
	}
	r.Shares[share] = s
	if signed < quorum {
		log := map[string]string{OfRuns: "the log's head", OfEpochs: "the head of the log of epochs"}[share]
		r.Find(Finding{Rule: RuleWitness, Says: fmt.Sprintf("%s is cosigned by %d of the %d witnesses that were named, and %d are needed: it may not be what others are shown",
			log, signed, len(named), quorum)})
	}
}
