package train

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/gradus-go/gradus/internal/sealed"
	"github.com/gradus-go/gradus/internal/wholefile"
	"github.com/gradus-go/gradus/nn/optim"
)

const (
	checkpointVersion = 1
	// checkpointEvery is how much time passes between two checkpoints that nothing else asks for.
	checkpointEvery = 10 * time.Second
)

// A checkpoint is what the file of Config.Checkpoint holds. What must be the same when training goes on
// stands first.
type checkpoint struct {
	sealed.Head
	Data       string   `json:"data"`  // the SHA-256 of Data and Validation
	Graph      string   `json:"graph"` // the SHA-256 of the form of the graph of a sample; empty if Eager is set
	Seed       uint64   `json:"seed"`
	Batch      int      `json:"batch"`
	Accumulate int      `json:"accumulate"`
	Eager      bool     `json:"eager"`
	Kind       string   `json:"kind"` // of the optimiser
	Names      []string `json:"names"`

	Epoch       int         `json:"epoch"`
	Batches     int         `json:"batches"` // of this epoch, that are done
	Random      []byte      `json:"random"`  // the generator as it was at the beginning of this epoch
	Sum         float64     `json:"sum"`     // of the losses of this epoch
	Samples     int         `json:"samples"` // of this epoch, that are done
	Params      []float64   `json:"params"`
	Optimizer   optim.State `json:"optimizer"`
	Accumulated accumulated `json:"accumulated"`
	Best        best        `json:"best"`

	edited bool // the checksum of the file is not that of the rest
}

// A saver writes checkpoints.
type saver struct {
	same checkpoint // what is the same in all of them
	last time.Time  // when one was written
}

// newSaver returns a saver of the checkpoints of the loop.
func (l *loop) newSaver() *saver {
	s := &saver{last: time.Now(), same: checkpoint{
		Head: sealed.Head{Format: sealed.Training, Version: checkpointVersion},
		Data: l.digest(), Seed: l.Seed, Batch: l.Batch, Accumulate: l.Accumulate, Eager: l.Eager,
		Kind: fmt.Sprintf("%T", l.Optimizer),
	}}
	for _, v := range l.engine.values() {
		s.same.Names = append(s.same.Names, v.Name())
	}
	if !l.Eager {
		s.same.Graph = l.graphDigest()
	}
	return s
}

// resume sets the loop to where the checkpoint was written. If there is none, it writes a first one, to
// see that it can.
func (l *loop) resume() error {
	text, err := os.ReadFile(l.Checkpoint)
	if errors.Is(err, fs.ErrNotExist) {
		return l.save(true)
	}
	if err != nil {
		return fmt.Errorf("train: %w", err)
	}
	if err := l.resumeFrom(text); err != nil {
		return fmt.Errorf("train: %s: %w; to begin anew, delete the file", l.Checkpoint, err)
	}
	return nil
}

// resumeFrom sets the loop to what the text of a checkpoint says, or changes nothing.
func (l *loop) resumeFrom(text []byte) error {
	c, err := parseCheckpoint(text)
	if err != nil {
		return err
	}
	if err := c.fits(l.saver.same); err != nil {
		return err
	}
	return l.restore(c)
}

func parseCheckpoint(text []byte) (c checkpoint, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	file := struct {
		checkpoint
		SHA256 string `json:"sha256"`
	}{}
	if err := d.Decode(&file); err != nil {
		return c, fmt.Errorf("it is no checkpoint of package train: %w", err)
	}
	c = file.checkpoint
	if _, err := d.Token(); err != io.EOF {
		return c, fmt.Errorf("something stands behind the checkpoint, at byte %d", d.InputOffset())
	}
	if c.Format != sealed.Training || c.Version != checkpointVersion {
		return c, fmt.Errorf("it has the format %.40q, version %d, want %q, version %d",
			c.Format, c.Version, sealed.Training, checkpointVersion)
	}
	if err := c.check(); err != nil {
		return c, err
	}
	again, err := sealed.Seal(c)
	c.edited = err != nil || !bytes.Equal(again, bytes.TrimSpace(text))
	return c, nil
}

// check returns an error if the numbers do not fit each other.
func (c checkpoint) check() error {
	n := len(c.Names)
	switch {
	case c.Epoch < 1 || c.Batches < 0 || c.Samples < 0:
		return fmt.Errorf("it was written after %d batches and %d samples of epoch %d, want at least 0, 0 and 1",
			c.Batches, c.Samples, c.Epoch)
	case len(c.Params) != n:
		return fmt.Errorf("it has %d names and %d parameters, want the same number of both", n, len(c.Params))
	case c.Best.Epoch < 0 || c.Best.Epoch > c.Epoch || c.Best.Epoch > 0 && len(c.Best.Params) != n:
		return fmt.Errorf("the best of %d parameters are %d of epoch %d, and it was written in epoch %d",
			n, len(c.Best.Params), c.Best.Epoch, c.Epoch)
	case c.Accumulated.Grad != nil && len(c.Accumulated.Grad) != n,
		c.Accumulated.Batches < 0, c.Accumulated.Batches > 0 && c.Accumulated.Samples < 1:
		return fmt.Errorf("it has accumulated %d derivatives of %d batches and %d samples, for %d parameters",
			len(c.Accumulated.Grad), c.Accumulated.Batches, c.Accumulated.Samples, n)
	}
	return nil
}

// fits returns an error that names the first thing which is not that of the training that is to go on.
func (c checkpoint) fits(want checkpoint) error {
	differs := func(what string, got, want any) error {
		return fmt.Errorf("it was written with %s %v, and this is %v", what, got, want)
	}
	switch {
	case len(c.Names) != len(want.Names):
		return differs("a number of parameters of", len(c.Names), len(want.Names))
	case c.Data != want.Data:
		return errors.New("it was written with other Data or Validation")
	case c.Seed != want.Seed:
		return differs("the seed", c.Seed, want.Seed)
	case c.Batch != want.Batch:
		return differs("batches of", c.Batch, want.Batch)
	case c.Accumulate != want.Accumulate:
		return differs("an Accumulate of", c.Accumulate, want.Accumulate)
	case c.Eager != want.Eager:
		return differs("an Eager of", c.Eager, want.Eager)
	case c.Kind != want.Kind:
		return differs("the optimiser", c.Kind, want.Kind)
	}
	for i, name := range c.Names {
		if name != want.Names[i] {
			return differs(fmt.Sprintf("the name of parameter %d", i+1), name, want.Names[i])
		}
	}
	if c.Graph != want.Graph {
		return errors.New("it was written with another loss, or with a network that computes something else")
	}
	return nil
}

func (l *loop) restore(c checkpoint) error {
	if n := c.Optimizer.Params; c.Optimizer.Steps > 0 && n != len(c.Params) {
		return fmt.Errorf("its optimiser has %d parameters, want %d", n, len(c.Params))
	}
	if c.Batches > (len(l.Data.X)-1)/l.Batch {
		return fmt.Errorf("it was written after %d batches of an epoch, want fewer than those of the data",
			c.Batches)
	}
	if c.edited {
		return errors.New("it was edited or damaged, which its checksum tells")
	}
	if err := l.pcg.UnmarshalBinary(c.Random); err != nil {
		return fmt.Errorf("its random generator cannot be restored: %w", err)
	}
	if err := l.Optimizer.(optim.Resumable).Restore(c.Optimizer); err != nil {
		return err
	}
	copy(l.engine.params(), c.Params)
	l.epoch, l.batch, l.sum, l.samples = c.Epoch, c.Batches, c.Sum, c.Samples
	l.accumulated, l.best = c.Accumulated, c.Best
	return nil
}

// save writes a checkpoint, if there is a file for it, and if it must or if the last one is ten seconds
// old.
func (l *loop) save(must bool) error {
	if l.saver == nil || !must && time.Since(l.saver.last) < checkpointEvery {
		return nil
	}
	c := l.saver.same
	c.Epoch, c.Batches, c.Random, c.Sum, c.Samples = l.epoch, l.batch, l.random, l.sum, l.samples
	if l.random == nil { // the epoch has not begun
		c.Random, _ = l.pcg.MarshalBinary() // its error is always nil
	}
	c.Params, c.Optimizer = l.engine.params(), l.Optimizer.(optim.Resumable).State()
	c.Accumulated, c.Best = l.accumulated, l.best
	text, err := sealed.Seal(c)
	if err == nil {
		err = wholefile.Write(l.Checkpoint, append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("train: the checkpoint cannot be written to %s: %w", l.Checkpoint, err)
	}
	l.saver.last = time.Now()
	return nil
}
