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

	"candor/rankers/sandbox"
	"candor/zkcommit/circuit"

	"github.com/spf13/cobra"
)

// version is set by the Makefile.
var version = "unknown"

// exit is an error that carries its own exit status and has been told already.
type exit struct{ code int }

func (e exit) Error() string { return fmt.Sprintf("exit status %d", e.code) }

// one takes one argument, and says what to send when there is another number.
func one(send string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return errors.New(send)
		}
		return nil
	}
}

// known refuses what is no command of the group.
func known(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("unknown command %q: %s --help lists them", args[0], c.CommandPath())
	}
	return nil
}

func help(c *cobra.Command, _ []string) error { return c.Help() }

func main() {
	if sandbox.Called() {
		os.Exit(sandbox.Serve(loadGuest))
	}
	circuit.Silence() // gnark would log to standard output
	log.SetOutput(io.Discard)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends a node that does not end by itself
	root := &cobra.Command{
		Use:           "candor",
		Short:         "A social-graph feed server whose rankings can be checked",
		Version:       version,
		Args:          known,
		RunE:          help,
		SilenceErrors: true, SilenceUsage: true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w: %s --help lists them", err, c.CommandPath())
	})
	root.AddCommand(featuresCommand(), rankerCommand(), workerCommand())
	root.AddCommand(upCommand(), deployCommand(), importCommand(), verifyCommand(), auditCommand(), demandCommand(), snapshotCommand(), proverCommand(), ceremonyCommand(), circuitCommand(), townCommand(), versionCommand())
	root.AddCommand(revealCommand(), beaconCommand(), evalCommand(), witnessCommand(), evidenceCommand(), receiptsCommand(), doctorCommand())
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
