package network

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/player"
	"github.com/gradus-go/gradus/play/internal/call"
)

// A Started is a network before training, with what the page draws once.
type Started struct {
	Settings Settings  `json:"settings"` // with the defaults
	Name     string    `json:"name"`     // 2-8-8-1
	Params   int       `json:"params"`
	Layers   []Layer   `json:"layers"` // the inputs first
	Points   []Place   `json:"points"`
	Axes     [4]string `json:"axes"`  // the ends: left, right, bottom, top
	Cells    int       `json:"cells"` // in a row of the picture
	MapCells int       `json:"mapCells"`
	First    *Snapshot `json:"first"`
}

// A Layer is a layer as it is drawn.
type Layer struct {
	Units int    `json:"units"`
	Shown int    `json:"shown"`
	Name  string `json:"name"`
}

// A Place is a point in the picture, as shares of its width and height from the left upper corner.
type Place struct {
	X        float64 `json:"x"`
	Y        float64 `json:"y"`
	Positive bool    `json:"positive"`
}

// A Run says how long training goes on: until one of the limits is reached that are not 0.
type Run struct {
	Millis int `json:"millis"`
	Steps  int `json:"steps"`
	Epochs int `json:"epochs"`
}

// A Watch says what a snapshot has in addition: a neuron's numbers, and pictures of all neurons.
type Watch struct {
	Layer  int  `json:"layer"` // counted from 1; 0 for none
	Neuron int  `json:"neuron"`
	Maps   bool `json:"maps"`
}

// A desk is where the page has its network.
type desk struct {
	session *session
	last    *Snapshot // the last one whose numbers are finite
}

// Calls are the functions that the page calls, by name.
var Calls = newCalls(new(desk))

func newCalls(d *desk) call.Table {
	return call.Table{
		"network.options": call.Of(options),
		"network.start":   call.Of(d.start),
		"network.train":   call.Of(d.train),
		"network.watch":   call.Of(d.watch),
		"network.health":  call.Of(d.health),
		"network.go":      call.Of(d.source),
		"network.command": call.Of(d.command),
		"network.points":  call.Of(d.points),
		"network.graph":   call.Of(d.graph),
	}
}

// start makes a network, and forgets the one before. If the settings cannot be, that one stays.
func (d *desk) start(s Settings) (Started, error) {
	n, err := newSession(s)
	if err != nil {
		return Started{}, err
	}
	if d.session != nil {
		d.session.stop()
	}
	d.session, d.last = n, n.snapshot()
	name, _, _ := strings.Cut(n.net.String(), ",")
	started := Started{
		Settings: n.Settings, Name: name, Params: len(n.program.Params()), First: d.last,
		Cells: int(math.Sqrt(float64(len(n.grid) / 3))), MapCells: mapCells,
	}
	for i, shown := range n.shown {
		layer := Layer{Units: 2, Shown: shown, Name: "inputs"}
		if i > 0 {
			l := n.net.Layers[i-1]
			layer.Units, layer.Name = len(l.Neurons), l.Activation.Name()
		}
		started.Layers = append(started.Layers, layer)
	}
	for _, p := range n.points {
		x, y := n.view.Place(p)
		started.Points = append(started.Points, Place{x, y, p.Positive})
	}
	left, bottom := n.view.At(0, 1)
	right, top := n.view.At(1, 0)
	for i, x := range [4]float64{left, right, bottom, top} {
		started.Axes[i] = strconv.FormatFloat(x, 'g', 3, 64)
	}
	return started, nil
}

// train goes on with training, and returns what there is to draw. If training fails, these are the last
// numbers that were finite.
func (d *desk) train(r Run) (*Snapshot, error) {
	n := d.session
	if n == nil {
		return nil, errNotStarted
	}
	end := time.Now().Add(time.Duration(min(max(1, r.Millis), 1000)) * time.Millisecond)
	if r.Steps > 0 || r.Epochs > 0 {
		end = end.Add(time.Minute)
	}
	n.run(limit{end: end, steps: r.Steps, epochs: r.Epochs})
	s := n.snapshot()
	if !s.finite { // the next steps say where
		n.run(limit{end: end.Add(time.Minute), epochs: 2})
	}
	if n.fail != nil {
		failed := *d.last
		failed.More = false
		failed.Failed, failed.Cures = n.failed()
		return &failed, nil
	}
	d.last = s
	return s, nil
}

func (d *desk) watch(w Watch) (*Snapshot, error) {
	n := d.session
	if n == nil {
		return nil, errNotStarted
	}
	n.watched = [2]int{w.Layer, w.Neuron}
	if !w.Maps {
		n.neurons = nil
	} else if n.neurons == nil {
		m, err := n.newNeurons()
		if err != nil {
			return nil, err
		}
		n.neurons = m
	}
	if n.fail == nil {
		d.last = n.snapshot()
	}
	return d.last, nil
}

func (d *desk) health(struct{}) (Health, error) {
	if d.session == nil {
		return Health{}, errNotStarted
	}
	return d.session.health()
}

func (d *desk) source(struct{}) (string, error) {
	if d.session == nil {
		return "", errNotStarted
	}
	return d.session.source(), nil
}

func (d *desk) command(struct{}) (string, error) {
	if d.session == nil {
		return "", errNotStarted
	}
	return d.session.command(), nil
}

// A Sample is a row of the data.
type Sample struct {
	Row int `json:"row"`
}

// A Graph is the graph of the loss of a sample, for the stepper.
type Graph struct {
	Name   string            `json:"name"` // which sample it is
	Markup string            `json:"markup"`
	Data   *player.Player    `json:"data"`
	Parts  map[string]string `json:"parts"`
}

// graph returns the graph of the loss of a sample, with the parameters as they are now.
func (d *desk) graph(s Sample) (g Graph, err error) {
	n := d.session
	if n == nil {
		return g, errNotStarted
	}
	if s.Row < 0 || s.Row >= len(n.points) {
		return g, fmt.Errorf("there is no point %d, want one from 0 to %d", s.Row, len(n.points)-1)
	}
	p := n.points[s.Row]
	x := []*gradus.Value{gradus.New(p.X).As("x1"), gradus.New(p.Y).As("x2")}
	t := gradus.New(n.target(p)).As("t")
	layers := n.net.Trace(x...)
	loss := n.loss(layers[len(layers)-1].A, []*gradus.Value{t}).As("loss")
	g.Data = player.New(loss)
	g.Name = fmt.Sprintf("x1 = %.4g, x2 = %.4g, class %s, after %d epochs", p.X, p.Y, p.Sign(), n.at.Epoch)
	g.Markup, g.Parts = player.Fragment(), g.Data.Parts()
	return g, nil
}
