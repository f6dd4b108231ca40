package main

import (
	"crypto/ecdsa"
	"errors"
	"os"

	"candor/rankers/onnx"
	"candor/rankers/worker"
	"candor/zkcommit"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
)

// delegate makes a key that signs a tower's vectors in the operator's name, and has the
// publisher say so.
func delegate(c *worker.Credentials, publisher *ecdsa.PrivateKey) error {
	key, err := crypto.GenerateKey()
	if err != nil {
		return err
	}
	c.Delegate = &zkcommit.Delegate{Tower: c.Model, Operator: c.Operator, Key: crypto.PubkeyToAddress(key.PublicKey)}
	c.Key = crypto.FromECDSA(key)
	return c.Delegate.Sign(publisher)
}

// tower is a tower's side of the protocol.
func (s *workerServe) tower(v versionAt) (w *worker.Server, done func(), err error) {
	if s.proveOnly {
		return nil, nil, errors.New("a tower has nothing to prove: leave --prove-only out")
	}
	key, err := crypto.ToECDSA(v.Key)
	if err != nil || v.Delegate == nil || v.Delegate.Key != crypto.PubkeyToAddress(key.PublicKey) {
		return nil, nil, errors.New("the credentials have no key that signs the tower's vectors: have candor worker permit write them again")
	}
	runs, err := onnx.ServeTower(v.Tower.File, s.wish())
	if err != nil {
		return nil, nil, err
	}
	host, _ := os.Hostname()
	m := &v.Signed.Manifest
	w = &worker.Server{Credentials: v.Credentials, Scorer: runs, Name: worker.NameOf(host, os.Getpid()), Capacity: s.capacity, Log: s.log,
		Told: func(refused string) { s.say(m, v.Operator, runs.Engine(), refused) },
		Sign: func(row []int8, numbers []int32) (hexutil.Bytes, error) {
			vector := make([]int8, len(numbers))
			for i, n := range numbers {
				vector[i] = int8(n)
			}
			return zkcommit.SignVector(key, m.Commitment, row, vector)
		}}
	return w, runs.Close, nil
}
