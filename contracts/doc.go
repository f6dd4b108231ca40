// Package contracts holds Candor's Solidity contracts as Go sees them.
//
// What enters: src/*.sol, compiled by the pinned solc (generate.sh; check.sh
// fails when the two differ). What leaves: abigen's typed bindings of
// SocialGraph, Registry and RunLog, and Deploy, which puts all three on a chain.
//
// In this form nodes, plugins, committed models, verifying keys and anchors are
// recorded; bonds, reveals and disputes are not judged, and so no bond is taken.
package contracts
