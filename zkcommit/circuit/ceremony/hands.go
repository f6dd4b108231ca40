package ceremony

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	gnark "github.com/consensys/gnark/backend/groth16"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// Contribution is one pair of hands.
type Contribution struct {
	Phase  string `json:"phase"`
	Number int    `json:"number"`
	SHA256 string `json:"sha256"` // of its file: what a contributor publishes
}

// Seal says how a phase ended: a public random value that nobody could know when
// the last contribution was made, mixed in as a last contribution without a secret.
type Seal struct {
	Beacon        string `json:"beacon"` // hex
	Source        string `json:"source"` // where anybody can look the beacon up
	Contributions int    `json:"contributions"`
}

func sealName(phase string) string { return phase + ".json" }

// minBeacon is the least number of bytes of a beacon.
const minBeacon = 16

// Phase is the one that contributions go to now; empty when all is sealed.
func (m *Ceremony) Phase() (string, error) {
	sealed, err := m.has(sealName(KeysOf))
	if err != nil || sealed {
		return "", err
	}
	if powers, err := m.has(fileName(KeysOf, 0)); err != nil || powers {
		return KeysOf, err
	}
	return Powers, nil
}

// Contribute adds fresh randomness to the phase that is open, on top of the newest
// contribution, whose own correctness Verify checks. The randomness lives in this
// process's memory only, which ends with it.
func (m *Ceremony) Contribute() (c Contribution, err error) {
	phase, err := m.Phase()
	if err != nil {
		return c, err
	}
	if phase == "" {
		return c, errors.New("the ceremony is sealed: nobody can contribute any more")
	}
	n, err := m.hands(phase)
	if err != nil {
		return c, err
	}
	var write func(io.Writer) (int64, error)
	m.progress(fmt.Sprintf("contributing to the phase %s, number %d", phase, n+1))
	if phase == Powers {
		p, _, err := m.phase1(n)
		if err != nil {
			return c, err
		}
		p.Contribute()
		write = p.WriteTo
	} else {
		p, _, err := m.phase2(n)
		if err != nil {
			return c, err
		}
		p.Contribute()
		write = p.WriteTo
	}
	var b bytes.Buffer
	if _, err := write(&b); err != nil {
		return c, err
	}
	c = Contribution{phase, n + 1, digest(b.Bytes())}
	return c, m.write(fileName(phase, n+1), b.WriteTo)
}

// Keys are a sealed circuit's.
type Keys struct {
	Proving   gnark.ProvingKey
	Verifying gnark.VerifyingKey
}

// Seal ends the phase that is open with a beacon, after checking every contribution.
// It returns the keys when that was the last phase, else nil.
func (m *Ceremony) Seal(beacon []byte, source string) (*Keys, error) {
	phase, err := m.Phase()
	if err != nil {
		return nil, err
	}
	if phase == "" {
		return nil, errors.New("the ceremony is sealed already")
	}
	if len(beacon) < minBeacon || source == "" {
		return nil, fmt.Errorf("a beacon has at least %d bytes and a source where it can be looked up: take a drand round after the last contribution", minBeacon)
	}
	n, err := m.hands(phase)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, fmt.Errorf("nobody has contributed to the phase %s: run candor ceremony contribute first", phase)
	}
	seal := Seal{hex.EncodeToString(beacon), source, n}
	if phase == Powers {
		_, commons, err := m.checkPhase1(seal)
		if err != nil {
			return nil, err
		}
		if err := m.write(powersName, commons.WriteTo); err != nil {
			return nil, err
		}
		if err := m.writeJSON(sealName(Powers), seal); err != nil {
			return nil, err
		}
		return nil, m.begin(commons)
	}
	commons, _, err := m.commons()
	if err != nil {
		return nil, err
	}
	_, keys, err := m.checkPhase2(commons, seal)
	if err != nil {
		return nil, err
	}
	return keys, m.writeJSON(sealName(KeysOf), seal)
}

// checkPhase1 goes through the contributions and returns what the beacon makes of
// the last.
func (m *Ceremony) checkPhase1(seal Seal) (all []Contribution, _ *groth16.SrsCommons, err error) {
	beacon, err := m.beacon(Powers, seal)
	if err != nil {
		return nil, nil, err
	}
	last, _, err := m.phase1(0)
	if err != nil {
		return nil, nil, err
	}
	for i := 1; i <= seal.Contributions; i++ {
		m.progress(fmt.Sprintf("checking contribution %d of %d to the powers", i, seal.Contributions))
		next, b, err := m.phase1(i)
		if err != nil {
			return nil, nil, err
		}
		if err := last.Verify(next); err != nil {
			return nil, nil, fmt.Errorf("contribution %d to the powers does not build on the one before: %w", i, err)
		}
		all, last = append(all, Contribution{Powers, i, digest(b)}), next
	}
	commons := last.Seal(beacon)
	return all, &commons, nil
}

// checkPhase2 does the same with the keys, from the powers on.
func (m *Ceremony) checkPhase2(commons *groth16.SrsCommons, seal Seal) (all []Contribution, _ *Keys, err error) {
	beacon, err := m.beacon(KeysOf, seal)
	if err != nil {
		return nil, nil, err
	}
	m.progress("putting the circuit into the powers")
	last := &groth16.Phase2{}
	evaluations := last.Initialize(m.circuit.System, commons)
	for i := 1; i <= seal.Contributions; i++ {
		m.progress(fmt.Sprintf("checking contribution %d of %d to the keys", i, seal.Contributions))
		next, b, err := m.phase2(i)
		if err != nil {
			return nil, nil, err
		}
		if err := last.Verify(next); err != nil {
			return nil, nil, fmt.Errorf("contribution %d to the keys does not build on the one before: %w", i, err)
		}
		all, last = append(all, Contribution{KeysOf, i, digest(b)}), next
	}
	pk, vk := last.Seal(commons, &evaluations, beacon)
	return all, &Keys{pk, vk}, nil
}

// beacon reads a seal's beacon and refuses one that leaves contributions out.
func (m *Ceremony) beacon(phase string, seal Seal) ([]byte, error) {
	n, err := m.hands(phase)
	if err != nil {
		return nil, err
	}
	b, err := hex.DecodeString(seal.Beacon)
	if err != nil || len(b) < minBeacon || seal.Source == "" || seal.Contributions < 1 || seal.Contributions != n {
		return nil, fmt.Errorf("the seal of the phase %s does not fit its %d contributions", phase, n)
	}
	return b, nil
}

// Report is what Verify found to hold.
type Report struct {
	Plan
	Contributions []Contribution  `json:"contributions"`
	Seals         map[string]Seal `json:"seals"`
	PtauChecked   bool            `json:"ptauChecked"` // whether phase 1 was compared with its file
}

// Verify computes a sealed ceremony again from its contributions and returns its
// keys. The keys' files are the caller's to compare. ptau is the file that phase 1
// was read from; without it the report says that this was not checked.
func (m *Ceremony) Verify(ptau string) (r Report, _ *Keys, err error) {
	r = Report{Plan: m.Plan, Seals: map[string]Seal{}}
	sealed, err := m.has(sealName(KeysOf))
	if err != nil {
		return r, nil, err
	}
	if !sealed {
		return r, nil, errors.New("the ceremony is not sealed yet: run candor ceremony seal when all have contributed")
	}
	commons, raw, err := m.commons()
	if err != nil {
		return r, nil, err
	}
	if m.Ptau == nil {
		var seal Seal
		if err := m.readJSON(sealName(Powers), &seal); err != nil {
			return r, nil, err
		}
		all, own, err := m.checkPhase1(seal)
		if err != nil {
			return r, nil, err
		}
		if err := same(own, raw, "the contributions"); err != nil {
			return r, nil, err
		}
		r.Contributions, r.Seals[Powers] = all, seal
	} else if ptau != "" {
		own, facts, err := m.readPtau(ptau)
		if err != nil {
			return r, nil, err
		}
		if *facts != *m.Ptau {
			return r, nil, fmt.Errorf("%s is another file than the one that the ceremony took its powers from: its SHA-256 is %s, not %s", ptau, facts.SHA256, m.Ptau.SHA256)
		}
		if err := same(own, raw, "the file"); err != nil {
			return r, nil, err
		}
		r.PtauChecked = true
	} else if err := checkPowers(commons); err != nil {
		return r, nil, err
	}
	var seal Seal
	if err := m.readJSON(sealName(KeysOf), &seal); err != nil {
		return r, nil, err
	}
	all, keys, err := m.checkPhase2(commons, seal)
	if err != nil {
		return r, nil, err
	}
	r.Contributions, r.Seals[KeysOf] = append(r.Contributions, all...), seal
	return r, keys, nil
}

// same compares powers with the bytes that the ceremony keeps.
func same(c *groth16.SrsCommons, raw []byte, source string) error {
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return err
	}
	if !bytes.Equal(b.Bytes(), raw) {
		return fmt.Errorf("the ceremony's powers are not those of %s", source)
	}
	return nil
}
