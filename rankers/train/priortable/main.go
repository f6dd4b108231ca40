// Command priortable makes the prior that package train ships.
//
// What enters: a Jetstream file and a CSV file of points, as for `candor eval`. What leaves:
// prior.bin, on standard output.
//
//	go run ./rankers/train/priortable EVENTS POINTS > prior.bin
package main

import (
	"fmt"
	"io"
	"os"

	"candor/rankers/evaluate"
	"candor/rankers/train"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "priortable:", err)
		os.Exit(2)
	}
}

func run(args []string, w io.Writer) error {
	if len(args) != 2 {
		return fmt.Errorf("name a file of events and a file of points")
	}
	events, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer events.Close()
	h, err := evaluate.ReadEvents(events)
	if err != nil {
		return err
	}
	points, err := os.Open(args[1])
	if err != nil {
		return err
	}
	defer points.Close()
	l, err := h.Points(points)
	if err != nil {
		return err
	}
	p, err := train.MakePrior(h.Posts, l.Gains())
	if err != nil {
		return err
	}
	_, err = w.Write(p.Bytes())
	return err
}
