package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"candor/zkcommit"
	registry "candor/zkcommit/chain"
	"candor/zkcommit/circuit"
	"candor/zkcommit/circuit/ceremony"
	"candor/zkcommit/circuit/verifier"
)

// ceremonyKeys are files of keys that ceremonies made, by the name of their circuit.
type ceremonyKeys map[string]string

// openCeremonies finds the keys in the directories of sealed ceremonies.
func openCeremonies(dirs []string) (ceremonyKeys, error) {
	s := ceremonyKeys{}
	for _, dir := range dirs {
		plan, err := ceremony.PlanOf(dir)
		if err != nil {
			return nil, err
		}
		path := filepath.Join(dir, provingKeyFile)
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("the ceremony in %s has no %s: seal it with candor ceremony seal", dir, provingKeyFile)
		}
		if _, twice := s[plan.Circuit]; twice {
			return nil, fmt.Errorf("two ceremonies are named for the circuit %s: name one", plan.Circuit)
		}
		s[plan.Circuit] = path
	}
	return s, nil
}

// registration loads the keys for registrations of models of the shape; nil when no
// ceremony made any.
func (s ceremonyKeys) registration(shape zkcommit.Shape) (*circuit.RegistrationKeys, error) {
	path, ok := s[verifier.Registration(shape).ID]
	if !ok {
		return nil, nil
	}
	return circuit.CeremonyRegistrationKeys(path, shape)
}

// dispute loads the keys of dispute proofs; nil when no ceremony made any.
func (s ceremonyKeys) dispute() (*circuit.Keys, error) {
	path, ok := s[circuit.ID]
	if !ok {
		return nil, nil
	}
	return circuit.CeremonyKeys(path)
}

// entered says whether the chain's table has the ceremony's key for the built-in
// models, without which proofs under it convince nobody.
func (n *node) entered(ctx context.Context) (bool, error) {
	keys, err := n.ceremonies.registration(zkcommit.Provable)
	if err != nil || keys == nil {
		return false, err
	}
	k, known, err := registry.New(n.client, n.id(), n.at, nil).Key(ctx, keys.Hash())
	if err != nil {
		return false, err
	}
	if !known || k.Development {
		return false, fmt.Errorf("the chain's table does not have the key %s of your ceremony: have the Registry's owner add it with candor ceremony enter", keys.Hash().Hex())
	}
	return true, nil
}

var errNoKeys = errors.New("this is no development chain, and no ceremony's keys are named for this circuit with --ceremony")
