// Command candor is the whole house in one binary: the all-in-one node, the
// importer, and the checks that need no node.
//
// What enters: a subcommand with its flags. What leaves: what it was asked for on
// standard output, progress and errors (one line that says what to do) on
// standard error, and the exit status.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"candor/zkcommit/circuit"

	"github.com/spf13/cobra"
)

// version is set by the Makefile.
var version = "unknown"

// exit is an error that carries its own exit status and has been told already.
type exit struct{ code int }

func (e exit) Error() string { return fmt.Sprintf("exit status %d", e.code) }

func main() {
	circuit.Silence() // gnark would log to standard output
	log.SetOutput(io.Discard)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends a node that does not end by itself
	root := &cobra.Command{
		Use:           "candor",
		Short:         "A social-graph feed server whose rankings can be checked",
		Version:       version,
		SilenceErrors: true, SilenceUsage: true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.AddCommand(upCommand(), importCommand(), verifyCommand(), townCommand(), versionCommand())
	err := root.ExecuteContext(ctx)
	var status exit
	switch {
	case err == nil:
		return
	case errors.As(err, &status):
		stop()
		os.Exit(status.code)
	default:
		fmt.Fprintf(os.Stderr, "candor: %s\n", strings.ReplaceAll(err.Error(), "\n", "; "))
		stop()
		os.Exit(2)
	}
}
