package main

import "testing"

func TestEther(t *testing.T) {
	for s, want := range map[string]string{"": "0", "0": "0", "5": "5000000000000000000", "0.25": "250000000000000000", "0.000000000000000001": "1"} {
		if got, err := ether(s); err != nil || got.String() != want {
			t.Errorf("%q is %v wei, %v", s, got, err)
		}
	}
	for _, bad := range []string{"-1", "1e9", "1/3", "0.0000000000000000001", "five", ".", "1.2.3", "0x5", "1000000000000000000000000000000"} {
		if got, err := ether(bad); err == nil {
			t.Errorf("%q is %v wei", bad, got)
		}
	}
}
