// Command builtins makes the models of the built-in rankers.
//
// What enters: the goals of goals.go, and what people of sample towns like next, to which the
// pulls of three rankers are fitted (fit.go). What leaves: a file of canonical bytes for each
// ranker, the same on every machine, in the directory that it is told, from where package rankers embeds them.
//
//	go run ./rankers/train/builtins rankers/models
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	err := errors.New("name the directory to write to")
	if len(os.Args) == 2 {
		var all map[string][]unit
		if all, err = fitted(); err == nil {
			err = write(os.Args[1], all)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "builtins:", err)
		os.Exit(2)
	}
}

// fitted are the goals, with the pulls that people of towns taught.
func fitted() (map[string][]unit, error) {
	var all []page
	for _, seed := range lessons {
		p, err := pages(seed)
		if err != nil {
			return nil, err
		}
		all = append(all, p...)
	}
	out := goals()
	for id, goal := range learnt {
		out[id] = learn(all, out[id], goal)
	}
	return out, nil
}

// write makes a model of each ranker's units.
func write(dir string, all map[string][]unit) error {
	for id, units := range all {
		m := build(units)
		if err := m.Validate(); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		if err := os.WriteFile(filepath.Join(dir, id+".bin"), m.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
