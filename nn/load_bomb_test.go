package nn

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

// A bomb is a text that begins as that of a network and then repeats a piece until it is large.
type bomb struct {
	begin, piece string
	size, read   int64
}

func (b *bomb) Read(p []byte) (n int, err error) {
	if b.read >= b.size {
		return 0, io.EOF
	}
	for n < len(p) {
		if b.begin == "" {
			b.begin = b.piece
		}
		k := copy(p[n:], b.begin)
		b.begin, n = b.begin[k:], n+k
	}
	b.read += int64(n)
	return n, nil
}

// Load ends a large text at the first thing that does not fit, with little memory.
func TestLoadBombs(t *testing.T) {
	const head = `{"format":"gradus mlp","version":1,"architecture":`
	const neuron = head + `[2,1],"layers":[{"activation":"tanh","neurons":[{"name":"layer1.neuron1",`
	for _, tt := range []struct {
		name, begin, piece, want string
		most, memory             int64 // how many bytes Load may read and allocate
	}{
		{"empty layers", head + `[2,1],"layers":[{}`, `,{}`, `layers[0] has no key "activation"`, 1 << 16, 1 << 20},
		{"deep", head, `[`, `architecture[0] is a list`, 1 << 16, 1 << 20},
		{"weights", neuron + `"weights":[1`, `,1`, `weights has a length of more than 2`, 1 << 16, 1 << 20},
		{"a long name", neuron + `"weights":["`, `ab`, `a word of more than 65536`, 1 << 18, 1 << 20},
		{"a name with quotes", neuron + `"weights":["`, `\"`, `a word of more than 65536`, 1 << 18, 1 << 20},
		{"a name with commas", neuron + `"weights":["`, `, `, `a word of more than 65536`, 1 << 18, 1 << 20},
		{"a long number", neuron + `"weights":[1`, `00`, `a word of more than 65536`, 1 << 18, 1 << 20},
		{"many keys", `{"format":"gradus mlp"`, `,"format":"gradus mlp"`, `has the key "format"`, 1 << 16, 1 << 20},
		{"spaces", neuron, "  ", `larger than 4194304 bytes`, 1<<22 + 1<<16, 1 << 20},
		{"a huge layer", head + `[1000,1000`, `,1`, `architecture[1] is 1000, want a network`, 1 << 16, 1 << 20},
		// A network of so many layers would take 16 MB.
		{"many layers", head + `[1`, `,1`, `is 1, want a network that Save writes`, 1 << 18, 1 << 24},
	} {
		b := &bomb{tt.begin, tt.piece, 1 << 24, 0}
		drop(t, tt.name, b, tt.want, tt.most, tt.memory, func(r io.Reader) error {
			_, err := read(r, 1<<22, nil)
			return err
		})
	}
}

// LoadParams does, too.
func TestLoadParamsBombs(t *testing.T) {
	const head = `{"format":"gradus parameters","version":1,"parameters":`
	for _, tt := range []struct {
		name, begin, piece, want string
		most, memory             int64
	}{
		{"deep", head, `[`, `parameters is a list`, 1 << 16, 1 << 20},
		{"a long name", head + `{"`, `ab`, `a word of more than 65536`, 1 << 18, 1 << 20},
		{"a long number", head + `{"a":1`, `00`, `a word of more than 65536`, 1 << 18, 1 << 20},
		{"one name", head + `{"a":1`, `,"a":1`, `parameters["a"] is there twice`, 1 << 16, 1 << 20},
		{"spaces", head, `  `, `larger than 4194304 bytes`, 1<<22 + 1<<16, 1 << 20},
		{"many names", head + `{"x":1`, `,"x":1`, `one more than the 3 of the model`, 1 << 16, 1 << 20},
	} {
		b := &bomb{tt.begin, tt.piece, 1 << 24, 0}
		drop(t, tt.name, b, tt.want, tt.most, tt.memory, func(r io.Reader) error {
			return readParams(r, abc(), 1<<22)
		})
	}
}

// drop demands that reading b ends with this error, after so many bytes and allocations.
func drop(t *testing.T, name string, b *bomb, want string, most, memory int64, read func(r io.Reader) error) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := read(b)
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: the error is %v, want %s", name, err, want)
	}
	if b.read > most {
		t.Errorf("%s: %d bytes were read, want at most %d", name, b.read, most)
	}
	if n := int64(after.TotalAlloc - before.TotalAlloc); n > memory {
		t.Errorf("%s: %d bytes were allocated, want at most %d", name, n, memory)
	}
}

// An architecture is refused if the smallest file of Save with it would be too large by one byte.
func TestLoadLargestArchitecture(t *testing.T) {
	text := `{"format":"gradus mlp","version":1,"architecture":[7,5,3],"layers":[]`
	size := int64(leastSize(7, 5) + leastSize(5, 3))
	for largest, want := range map[int64]string{
		size:     "layers has length 0, want 2, which is one less than architecture has",
		size - 1: "architecture[2] is 3, want a network that Save writes in at most 1189 bytes",
	} {
		if _, err := read(strings.NewReader(text), largest, nil); err == nil || err.Error() != want {
			t.Errorf("at most %d bytes: %v, want %s", largest, err, want)
		}
	}
}

// An error of reading is wrapped wherever it occurs.
func TestLoadReadError(t *testing.T) {
	for _, n := range []int{0, 1, 10, 100, len(smallText)} {
		r := io.MultiReader(strings.NewReader(smallText[:n]), iotest.ErrReader(fs.ErrPermission))
		if _, err := read(r, largestFile, nil); !errors.Is(err, fs.ErrPermission) {
			t.Errorf("after %d bytes: %v, want an error that wraps %v", n, err, fs.ErrPermission)
		}
	}
}

// Reading needs at most four times the memory of the network.
func TestLoadMemory(t *testing.T) {
	text, err := NewMLP(rand.New(rand.NewPCG(1, 0)), 300, Stack(Dense{}, 300, 300)...).text(largestFile)
	if err != nil {
		t.Fatal(err)
	}
	live := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // what a sync.Pool holds goes with the second
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before, peak := live(), int64(0)
	look := func() { peak = max(peak, live()-before) }
	m, err := read(&watched{bytes.NewReader(text), 0, look}, largestFile, nil)
	if err != nil {
		t.Fatal(err)
	}
	network := live() - before
	if peak += network; peak > 4*network { // at its end read has all that it read, and the network
		t.Errorf("%d bytes were in use at one time, want at most 4 times the %d of the network", peak, network)
	}
	t.Logf("%d bytes were read, at most %d were in use; the network has %d", len(text), peak, network)
	runtime.KeepAlive(text)
	runtime.KeepAlive(m)
}

// watched looks every 256 KiB.
type watched struct {
	r    io.Reader
	read int
	look func()
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if w.read += n; w.read > 1<<18 {
		w.read = 0
		w.look()
	}
	return n, err
}

// leastSize is not more than what Save writes, and little less where names and numbers are short.
func TestLeastSize(t *testing.T) {
	for _, sizes := range [][]int{{1, 1}, {1, 9}, {1, 1, 1, 1, 1, 1, 1, 1, 1}, {500, 5}, {5, 500}, {9, 9, 9}} {
		short := Dense{Activation: own("a"), Init: Constant(0)}
		text, err := NewMLP(nil, sizes[0], Stack(short, sizes[1:]...)...).text(largestFile)
		if err != nil {
			t.Fatal(err)
		}
		least := 0.0
		for i := range sizes[1:] {
			least += leastSize(sizes[i], sizes[i+1])
		}
		const rest = 200 // bytes of the file are not those of a layer
		if most := float64(len(text)); least > most || least < 0.9*most-rest {
			t.Errorf("%v: leastSize is %v, want a little less than %v", sizes, least, most)
		}
	}
}
