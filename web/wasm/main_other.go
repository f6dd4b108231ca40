//go:build !js

package main

import (
	"fmt"
	"io"
	"os"

	"candor/zkcommit"
)

// Elsewhere than in a browser it reads a bundle from standard input, which is
// how its tests and its authors run it.
func main() {
	doc, err := io.ReadAll(io.LimitReader(os.Stdin, zkcommit.MaxBundle+1))
	if err != nil {
		fmt.Fprintln(os.Stderr, "the bundle cannot be read:", err)
		os.Exit(2)
	}
	fmt.Println(verify(doc))
}
