// Command builtins makes the models of the built-in rankers.
//
// What enters: the goals of goals.go. What leaves: a file of canonical bytes for each ranker,
// in the directory that it is told, from where package rankers embeds them.
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
		err = write(os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "builtins:", err)
		os.Exit(2)
	}
}

// write makes all models.
func write(dir string) error {
	for id, units := range goals() {
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
