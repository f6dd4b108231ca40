package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"candor/rankers/onnx/format"
	"candor/rankers/quantise"
	"candor/rankers/samples"
	"candor/zkcommit"

	"github.com/spf13/cobra"
)

// maxONNX is the most bytes of an ONNX file that may become a provable model, whose
// largest has some hundred thousand weights.
const maxONNX = 16 << 20

// goal is the share of NDCG@10 that a quantised model should lose at most.
const goal = 0.01

func rankerQuantiseCommand() *cobra.Command {
	var calibrate, out string
	var asJSON bool
	c := &cobra.Command{
		Use:   "quantise MODEL.onnx",
		Short: "Make integers of a float ONNX perceptron, and say what that loses",
		Long: `Make a model that can be proved of a float ONNX perceptron: one or two hidden layers of at
most 256 units, Gemm or MatMul with Add, Relu or Clip between them, one score at the end,
constants that scale the inputs before them. The features go in as they are, from -127 to
127. The file is read by Candor's own parser; other operations are named.

--calibrate is a file as candor features export writes it, of at least 200 rows; every
fourth row is kept aside and says what is lost against the float model: NDCG@10 (by the
gains in the file, if each row has one, otherwise by the float model's own scores),
Kendall's tau and correlation. A loss of at most 1 % is good.`,
		Example: "  candor ranker quantise model.onnx --calibrate features.csv --out kindling/model.bin",
		Args:    one("name one ONNX file"),
		RunE: func(c *cobra.Command, args []string) error {
			if calibrate == "" {
				return errors.New("name rows to calibrate with by --calibrate FILE: candor features export writes them")
			}
			q, err := quantiseFile(args[0], calibrate)
			if err != nil {
				return err
			}
			if err := os.WriteFile(out, q.model.Bytes(), 0o644); err != nil {
				return fmt.Errorf("%s cannot be written: name a file in a directory that is there with --out", out)
			}
			q.File = out
			if asJSON {
				return printJSON(c.OutOrStdout(), q)
			}
			return q.print(c.OutOrStdout())
		},
	}
	f := c.Flags()
	f.StringVar(&calibrate, "calibrate", "", "CSV of rows, as candor features export writes it")
	f.StringVar(&out, "out", "model.bin", "file to write the model to")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// quantised is what candor ranker quantise says.
type quantised struct {
	Shape       string  `json:"shape"`
	Shifts      []uint  `json:"shifts"`
	Rows        int     `json:"rows"` // that measured the loss
	Loss        lost    `json:"loss"` // by the float model's own scores
	ByGains     *lost   `json:"by_gains,omitempty"`
	Kendall     float64 `json:"kendall"`
	Correlation float64 `json:"correlation"`
	Ties        float64 `json:"new_ties"` // share of pairs
	File        string  `json:"file"`

	model *zkcommit.Model
}

// lost is what the integers lose against the float model.
type lost struct {
	NDCG10      float64 `json:"ndcg10"`
	FloatNDCG10 float64 `json:"float_ndcg10"`
	Lost        float64 `json:"lost"` // share of the float model's; a gain is negative
}

func lostOf(l *quantise.Loss) lost { return lost{l.NDCG10, l.FloatNDCG10, l.Lost()} }

func quantiseFile(onnx, calibrate string) (*quantised, error) {
	var raw []byte
	err := reading(onnx, func(r io.Reader) (err error) {
		if raw, err = io.ReadAll(io.LimitReader(r, maxONNX+1)); err == nil && len(raw) > maxONNX {
			err = fmt.Errorf("it has more than %d bytes, far more than a model that can be proved", maxONNX)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	limits := format.DefaultLimits
	limits.Bytes = maxONNX
	g, err := format.Parse(raw, limits)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", onnx, err)
	}
	mlp, err := g.MLP()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", onnx, err)
	}
	var rows *samples.Table
	if err := reading(calibrate, func(r io.Reader) (err error) { rows, err = samples.Read(r, mlp.Inputs); return err }); err != nil {
		return nil, err
	}
	model, loss, err := quantise.Quantise(mlp, rows.Rows)
	if err != nil {
		return nil, err
	}
	q := &quantised{Shape: model.Shape.String(), Shifts: model.Shape.Shift[:model.Shape.Layers()], Rows: loss.Rows, Loss: lostOf(loss),
		Kendall: loss.Kendall, Correlation: loss.Correlation, Ties: loss.Ties, model: model}
	if rows.Gains != nil {
		by, err := quantise.CompareAside(mlp, model, rows.Rows, rows.Gains)
		if err != nil {
			return nil, err
		}
		gains := lostOf(by)
		q.ByGains = &gains
	}
	return q, nil
}

func (q *quantised) print(w io.Writer) error {
	told := func(l lost, by string) {
		fmt.Fprintf(w, "NDCG@10     %.2f %% lost, %.4f of the integers for %.4f of the float model, by %s\n", 100*l.Lost, l.NDCG10, l.FloatNDCG10, by)
	}
	fmt.Fprintf(w, "shape       %s, shifts %v\n", q.Shape, q.Shifts)
	told(q.Loss, "the float model's scores")
	if q.ByGains != nil {
		told(*q.ByGains, "the gains in the file")
	}
	fmt.Fprintf(w, "Kendall τ   %.4f, correlation %.4f, %.2f %% of pairs tie anew, on %d rows kept aside\n", q.Kendall, q.Correlation, 100*q.Ties, q.Rows)
	if q.Loss.Lost > goal {
		fmt.Fprintf(w, "that is more than %.0f %%: train with smaller weights, or give more rows to calibrate with\n", 100*goal)
	}
	_, err := fmt.Fprintf(w, "written to  %s\n", q.File)
	return err
}
