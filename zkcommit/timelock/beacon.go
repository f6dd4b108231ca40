package timelock

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// ErrTooEarly means that the round has not come yet.
var ErrTooEarly = errors.New("the round has not come yet")

// ErrCiphertext means that a ciphertext is not what its publisher promised.
var ErrCiphertext = errors.New("the ciphertext is bad")

// Beacon asks a network's HTTP endpoints for signatures. It believes none of them.
type Beacon struct {
	*Network
	Endpoints []string         // such as https://api.drand.sh, asked in this order
	Client    *http.Client     // nil: one that waits 10 s for an answer
	Now       func() time.Time // nil: the clock; no round that comes later is asked for
}

// Endpoints are drand's own, for Quicknet.
var Endpoints = []string{"https://api.drand.sh", "https://api2.drand.sh", "https://api3.drand.sh", "https://drand.cloudflare.com"}

// patience is how long an endpoint may take.
const patience = 10 * time.Second

// maxAnswer is the most bytes of an endpoint's answer.
const maxAnswer = 4 << 10

// Signature returns the round's, checked, from the first endpoint that has it.
func (b *Beacon) Signature(ctx context.Context, round uint64) ([]byte, error) {
	now := time.Now
	if b.Now != nil {
		now = b.Now
	}
	if at := b.Time(round); at.After(now()) {
		return nil, fmt.Errorf("%w: round %d comes on %s", ErrTooEarly, round, at.UTC().Format(time.DateTime))
	}
	var failed error
	for _, e := range b.Endpoints {
		s, err := b.ask(ctx, e, round)
		if err == nil {
			return s, nil
		}
		failed = errors.Join(failed, fmt.Errorf("%s: %w", e, err))
	}
	if failed == nil {
		return nil, errors.New("no endpoint of the beacon is named")
	}
	return nil, failed
}

// OpenDue opens a ciphertext of this network whose round has come. What it holds is
// its publisher's word: compare it with the commitment. Errors: ErrTooEarly before the
// round, ErrCiphertext when it will never open here, others when no endpoint answers.
func (b *Beacon) OpenDue(ctx context.Context, ciphertext []byte) ([]byte, error) {
	network, round, err := Inspect(ciphertext)
	if err == nil && network != b.hash {
		err = otherNetwork(network, b.hash)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCiphertext, err)
	}
	signature, err := b.Signature(ctx, round)
	if err != nil {
		return nil, err
	}
	plain, err := b.Open(ciphertext, signature)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCiphertext, err)
	}
	return plain, nil
}

func (b *Beacon) ask(ctx context.Context, endpoint string, round uint64) ([]byte, error) {
	body, err := get(ctx, b.Client, fmt.Sprintf("%s/%s/public/%d", strings.TrimRight(endpoint, "/"), b.info.Hash, round))
	if err != nil {
		return nil, err
	}
	var answer struct {
		Round     uint64 `json:"round"`
		Signature string `json:"signature"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.Round != round {
		return nil, errors.New("the answer is not about the round")
	}
	signature, err := hex.DecodeString(answer.Signature)
	if err != nil {
		return nil, errors.New("the signature is not in hex")
	}
	return signature, b.VerifySignature(round, signature)
}

// Fetch asks an endpoint which network it serves. The answer's hash binds its key;
// whether it is the network that was meant, the caller must know.
func Fetch(ctx context.Context, client *http.Client, endpoint string) (*Network, error) {
	body, err := get(ctx, client, strings.TrimRight(endpoint, "/")+"/info")
	if err != nil {
		return nil, err
	}
	return ParseInfo(body)
}

func get(ctx context.Context, client *http.Client, url string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	if client == nil {
		client = &http.Client{Timeout: patience}
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("the beacon does not answer: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the beacon answers %s", res.Status)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxAnswer {
		return nil, fmt.Errorf("the beacon's answer has more than %d bytes", maxAnswer)
	}
	return body, nil
}
