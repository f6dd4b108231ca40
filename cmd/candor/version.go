package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"

	"candor/graph/embed"
	"candor/zkcommit"
	"candor/zkcommit/circuit"

	"github.com/spf13/cobra"
)

func versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "version",
		Short: "Print what this binary is and which statement it proves",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			facts := struct {
				Version   string `json:"version"`
				Go        string `json:"go"`
				Proof     string `json:"proof"`
				Circuit   string `json:"circuit"` // of dispute proofs
				Bundle    string `json:"bundle"`
				Embedding string `json:"embedding"`
			}{version, runtime.Version(), zkcommit.RunProof, circuit.ID, zkcommit.BundleVersion, embed.Schema.Hex()}
			if asJSON {
				return printJSON(c.OutOrStdout(), facts)
			}
			_, err := fmt.Fprintf(c.OutOrStdout(), "candor %s (%s)\nproof %s\ncircuit %s\nbundle %s\nembedding %s\n",
				facts.Version, facts.Go, facts.Proof, facts.Circuit, facts.Bundle, facts.Embedding)
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
