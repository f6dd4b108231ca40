package worker

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"candor/graph"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// Protocol is the version of the messages.
const Protocol = 1

// Limits of what one side reads of the other, before it parses.
const (
	MaxRows     = 16384   // of one request
	MaxHello    = 2 << 10 // bytes
	MaxRegister = 1 << 20
	maxDisputed = 64 << 10
	maxTask     = 1 << 20 // a run of the dispute circuit, with its rows
	maxAsk      = 1<<10 + (MaxRows*maxWidth+2)/3*4
	maxWidth    = 448
	maxName     = 64
	maxText     = 200
	maxCapacity = 4096
	maxSigned   = 160 // bytes of a row's signature in an answer
	// Beat is how often a worker says that it is there.
	Beat = 2 * time.Second
	// silence is after how many beats without a word it is not.
	silence = 5
	// longest is what a request may take at most.
	longest = time.Minute
	// Group is the queue group of an operator's workers.
	Group = "workers"
)

// Hello is what a worker says of itself, once a Beat. Its subject says which model and
// operator it is of.
type Hello struct {
	V        int        `json:"v"`
	Worker   string     `json:"worker"`  // tells an operator's processes apart
	Version  uint32     `json:"version"` // of the ranker
	Schema   graph.Hash `json:"schema"`  // of the features that it reads
	Capacity int        `json:"capacity"`
	Rows     int        `json:"rows"`   // the most that it takes at once
	State    string     `json:"state"`  // Ready or Bye
	Engine   string     `json:"engine"` // in words, for people
}

// The states of a worker.
const (
	Ready = "ready"
	Bye   = "bye" // it takes no rows: it drains, or ranks nothing
)

// Welcome answers a Hello.
type Welcome struct {
	V       int    `json:"v"`
	Refused string `json:"refused,omitempty"` // why it is not asked
	// Register says that the model's runs cannot be proven before a Registration is
	// there: who can make one sends it.
	Register bool `json:"register,omitempty"`
	// Dispute is a run whose dispute proof is wanted: who can make one asks for its Task.
	Dispute *graph.Hash `json:"dispute,omitempty"`
}

// Ask has rows ranked.
type Ask struct {
	V       int        `json:"v"`
	ID      string     `json:"id"` // of this question, 32 hexadecimal digits
	Model   graph.Hash `json:"model"`
	Version uint32     `json:"version"`
	Schema  graph.Hash `json:"schema"`
	Count   int        `json:"count"`  // of rows
	Rows    []byte     `json:"rows"`   // Count times the same number of int8, in base64
	Within  int64      `json:"within"` // milliseconds; nobody waits longer
}

// Reply answers an Ask: with a score a row, or with an error.
type Reply struct {
	V       int        `json:"v"`
	ID      string     `json:"id"`
	Model   graph.Hash `json:"model"`
	Version uint32     `json:"version"`
	Scores  []int32    `json:"scores,omitempty"` // of a tower: the numbers of a vector for each row
	// Of a tower: who signs its vectors, and a signature a row.
	Delegate   *zkcommit.Delegate `json:"delegate,omitempty"`
	Signatures []hexutil.Bytes    `json:"signatures,omitempty"`
	Error      string             `json:"error,omitempty"` // in one sentence
}

// Register brings what proofs of a model rest on.
type Register struct {
	V            int    `json:"v"`
	Registration []byte `json:"registration"` // canonical bytes
	Circuit      string `json:"circuit"`
	Development  bool   `json:"development"` // whoever made the key could forge
	Key          []byte `json:"key"`         // verifying key, canonical bytes
}

// Registered answers it.
type Registered struct {
	V       int    `json:"v"`
	Refused string `json:"refused,omitempty"`
}

// Dispute asks for the Task of a run that a Welcome named.
type Dispute struct {
	V   int        `json:"v"`
	Run graph.Hash `json:"run"`
}

// Task answers it. Without a statement another worker has it.
type Task struct {
	V         int                 `json:"v"`
	Refused   string              `json:"refused,omitempty"`
	Statement *zkcommit.Statement `json:"statement,omitempty"`
}

// Disputed brings the run's dispute proof with the key that it is under, or why there is
// none; a Registered answers it.
type Disputed struct {
	V           int        `json:"v"`
	Run         graph.Hash `json:"run"`
	Proof       []byte     `json:"proof,omitempty"` // encoded
	Circuit     string     `json:"circuit,omitempty"`
	Development bool       `json:"development,omitempty"` // whoever made the key could forge
	Key         []byte     `json:"key,omitempty"`         // verifying key, canonical bytes
	Error       string     `json:"error,omitempty"`       // in one sentence
}

// subject of a message; model and operator are "*" for all.
func subject(node, what, model, operator string) string {
	s := "candor." + node + "." + what + "." + model
	if operator != "" {
		s += "." + operator
	}
	return s
}

// nodeName is a node's address in subjects: hexadecimal, small letters, no 0x.
func nodeName(a graph.Address) string { return hex.EncodeToString(a[:]) }

func modelName(m graph.Hash) string { return hex.EncodeToString(m[:]) }

// parts are the model and the operator that a subject names.
func parts(subject string) (model graph.Hash, operator string, ok bool) {
	s := strings.Split(subject, ".")
	if len(s) < 4 || len(s) > 5 {
		return model, "", false
	}
	b, err := hex.DecodeString(s[3])
	if err != nil || len(b) != len(model) {
		return model, "", false
	}
	if len(s) == 5 {
		operator = s[4]
	}
	return graph.Hash(b), operator, true
}

// Subjects are those that a worker of an operator may write to and read.
func Subjects(node graph.Address, model graph.Hash, operator string) (write, read []string) {
	n, m := nodeName(node), modelName(model)
	for _, what := range []string{"hello", "register", "dispute", "disputed"} {
		write = append(write, subject(n, what, m, operator))
	}
	return write, []string{subject(n, "rank", m, operator)}
}

// inbox is where a worker is answered.
func inbox(model graph.Hash) string { return "_INBOX_" + modelName(model) }

// parse reads one JSON object of at most so many bytes, with the fields that it knows and
// no others.
func parse(raw []byte, most int, into any) error {
	if len(raw) > most {
		return fmt.Errorf("a message of %d bytes, where at most %d are read", len(raw), most)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("a message that is not of this protocol: %w", err)
	}
	if d.More() {
		return errors.New("a message with something behind it")
	}
	return nil
}

// words makes foreign text fit to be shown.
func words(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s)
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "")
	}
	return s
}
