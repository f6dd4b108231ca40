package worker

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"candor/graph"
)

// Cuts remembers which operators of a model were cut off.
type Cuts interface {
	// All are those of a model, each with why.
	All(model graph.Hash) map[string]string
	Cut(model graph.Hash, operator, why string) error
}

// CutFiles are cuts in a directory, a file each: DIR/MODEL-OPERATOR.json. An operator comes
// back when its file is removed. What cannot be written counts until the process ends.
type CutFiles struct {
	Dir string
	Log func(error)       // hears once a cut what of the directory cannot be read; may be nil
	Out func(user string) // is told who was cut off; may be nil

	mu      sync.Mutex
	looked  time.Time
	stood   map[graph.Hash]map[string]string
	unsaved map[graph.Hash]map[string]string
}

type cut struct {
	Model    graph.Hash `json:"model"`
	Operator string     `json:"operator"`
	At       int64      `json:"at"` // seconds
	Why      string     `json:"why"`
}

// fresh is for how long what the directory says is believed.
const fresh = time.Second

// All implements Cuts. The caller must not change it.
func (c *CutFiles) All(model graph.Hash) map[string]string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.looked) > fresh {
		c.look()
	}
	return c.stood[model]
}

func (c *CutFiles) look() {
	c.looked, c.stood = time.Now(), map[graph.Hash]map[string]string{}
	add := func(model graph.Hash, operator, why string) {
		if c.stood[model] == nil {
			c.stood[model] = map[string]string{}
		}
		c.stood[model][operator] = why
	}
	for model, all := range c.unsaved {
		for operator, why := range all {
			add(model, operator, why)
		}
	}
	entries, err := os.ReadDir(c.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && c.Log != nil {
		c.Log(err)
	}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".json")
		model, operator, _ := strings.Cut(name, "-")
		var m graph.Hash
		if !ok || m.UnmarshalText([]byte("0x"+model)) != nil {
			continue
		}
		// The name alone cuts off: a file that cannot be read lets nobody in.
		x := cut{Why: "its file cannot be read"}
		b, err := os.ReadFile(filepath.Join(c.Dir, e.Name()))
		if err == nil {
			err = json.Unmarshal(b, &x)
		}
		if err != nil && c.Log != nil {
			c.Log(err)
		}
		add(m, operator, x.Why)
	}
}

// Cut implements Cuts.
func (c *CutFiles) Cut(model graph.Hash, operator, why string) error {
	if c.Out != nil {
		defer c.Out(modelName(model) + "." + operator)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	err := c.write(cut{model, operator, time.Now().Unix(), why})
	if err != nil {
		if c.unsaved == nil {
			c.unsaved = map[graph.Hash]map[string]string{}
		}
		if c.unsaved[model] == nil {
			c.unsaved[model] = map[string]string{}
		}
		c.unsaved[model][operator] = why
	}
	c.look()
	return err
}

// write puts the whole file in place, synced, or none.
func (c *CutFiles) write(x cut) error {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return err
	}
	b, err := json.Marshal(x)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(c.Dir, ".new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(append(b, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), filepath.Join(c.Dir, fmt.Sprintf("%s-%s.json", modelName(x.Model), x.Operator)))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
