package convolution

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/train"
)

func source() *rand.Rand { return rand.New(rand.NewPCG(1, 1)) }

// small has all parts, and images that are not square.
var small = Design{Height: 5, Width: 6, Classes: 3, Filters: []int{2, 4}, Dropout: 0.5}

// naive computes the outputs with loops over numbers, from the parameters in their order: of each filter the
// weights, channel by channel and row by row, and the bias; of each output the same.
func naive(d Design, params, image []float64) []float64 {
	height, width, channels, padding := d.Height, d.Width, 1, 1
	for _, filters := range d.Filters {
		var next []float64
		h, w, each := height+2*padding-2, width+2*padding-2, channels*9+1
		for f := range filters {
			for i := range h {
				for j := range w {
					z := params[f*each+each-1]
					for k := range channels * 9 {
						row, column := i-padding+k%9/3, j-padding+k%3
						if row >= 0 && row < height && column >= 0 && column < width {
							z += params[f*each+k] * image[(k/9*height+row)*width+column]
						}
					}
					next = append(next, max(0, z))
				}
			}
		}
		params, image = params[filters*each:], next
		height, width, channels, padding = h, w, filters, 0
	}
	var maxima []float64
	for c := range channels {
		for i := range height / 2 {
			for j := range width / 2 {
				largest := math.Inf(-1)
				for k := range 4 {
					largest = max(largest, image[(c*height+2*i+k/2)*width+2*j+k%2])
				}
				maxima = append(maxima, largest)
			}
		}
	}
	var outputs []float64
	for k := range d.Classes {
		own := params[k*(len(maxima)+1):]
		z := own[len(maxima)]
		for i, x := range maxima {
			z += own[i] * x
		}
		outputs = append(outputs, z)
	}
	return outputs
}

// Outside of training, where nothing is left out, the network computes what loops compute.
func TestOutputs(t *testing.T) {
	for _, d := range []Design{
		small,
		{Height: 8, Width: 8, Classes: 10, Filters: []int{3}},
		{Height: 7, Width: 6, Classes: 2, Filters: []int{1, 2, 3}, Dropout: 0.1},
	} {
		net, err := New(source(), d)
		if err != nil {
			t.Fatal(err)
		}
		rng, image := source(), make([]float64, net.Inputs())
		for i := range image {
			image[i] = rng.Float64()
		}
		var params []float64
		for _, p := range net.Params() {
			p.Data += 0.1 * rng.NormFloat64() // so that biases are not 0
			params = append(params, p.Data)
		}
		p, err := train.NewPredictor(net)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := p.Predict([][]float64{image})
		if err != nil {
			t.Fatal(err)
		}
		want := naive(d, params, image)
		for k, got := range rows[0] {
			if math.Abs(got-want[k]) > 1e-12 || net.Outputs() != len(rows[0]) {
				t.Errorf("%v: output %d of %d is %v, want %v", net, k, len(rows[0]), got, want[k])
			}
		}
	}
}

// The initial weights of the filters are He's, and those of the outputs Xavier's. Biases are 0.
func TestInitialWeights(t *testing.T) {
	net, err := New(source(), Design{Height: 8, Width: 8, Classes: 100, Filters: []int{30, 40}})
	if err != nil {
		t.Fatal(err)
	}
	params := net.Params()
	for _, part := range []struct {
		name             string
		neurons, weights int
		want             float64
	}{
		{"first filters", 30, 9, math.Sqrt(2. / 9)},
		{"second filters", 40, 270, math.Sqrt(2. / 270)},
		{"outputs", 100, 360, math.Sqrt(2. / 460)},
	} {
		sum, n := 0.0, part.neurons*part.weights
		for i, p := range params[:n+part.neurons] {
			if i%(part.weights+1) == part.weights {
				if p.Data != 0 {
					t.Errorf("%s: a bias is %v, want 0", part.name, p.Data)
				}
				continue
			}
			sum += p.Data * p.Data
		}
		params = params[n+part.neurons:]
		if got := math.Sqrt(sum / float64(n)); math.Abs(got/part.want-1) > 4/math.Sqrt(2*float64(n)) {
			t.Errorf("%s: %d weights have the size %v, want %v", part.name, n, got, part.want)
		}
	}
	if len(params) > 0 {
		t.Errorf("there are %d more parameters", len(params))
	}
}

func TestDescription(t *testing.T) {
	net, err := New(source(), small)
	if err != nil {
		t.Fatal(err)
	}
	const want = "convolution 5×6, filters 2,4 of 3×3, ReLU, maxima of 2×2, dropout 0.5, 3 outputs"
	if got := net.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	// 5·6 places of 2 filters of 9 weights, 3·4 of 4 filters of 18, and 3 outputs of the maxima of 1·2 squares
	// in 4 channels.
	if got, want := net.Products(), 30*2*9+12*4*18+3*8; got != want {
		t.Errorf("%d products, want %d", got, want)
	}
	if k := net.Kernel(); len(k.Neurons) != 2 || k.Inputs() != 9 || k.Params()[0] != net.Params()[0] {
		t.Errorf("the first layer has %d filters of %d weights, want 2 of 9", len(k.Neurons), k.Inputs())
	}
	if masks := net.Masks(); len(masks) != 1 || len(masks[0].Values) != 8 {
		t.Errorf("the masks are %v, want one of 8 numbers", masks)
	}
}

// Without dropout there is no mask, and every parameter has a name of its own.
func TestNoDropout(t *testing.T) {
	d := small
	d.Dropout = 0
	net, err := New(source(), d)
	if err != nil {
		t.Fatal(err)
	}
	if masks := net.Masks(); len(masks) != 0 {
		t.Errorf("%d masks, want none", len(masks))
	}
	named := map[string]*gradus.Value{}
	for _, p := range net.Params() {
		if named[p.Name()] != nil || p.Name() == "" {
			t.Errorf("the name %q is not that of a single parameter", p.Name())
		}
		named[p.Name()] = p
	}
}

func TestRefused(t *testing.T) {
	for _, test := range []struct {
		d    Design
		want string
	}{
		{Design{Height: 8, Width: 8, Classes: 10}, "there are no filters, want at least one layer of them"},
		{
			Design{Height: 5, Width: 9, Classes: 10, Filters: []int{1, 1, 1}},
			"images of 5×9 pixels are too small for filters 1,1,1, want at least 6×6",
		},
		{
			Design{Height: 9, Width: 1, Classes: 10, Filters: []int{1}},
			"images of 9×1 pixels are too small for filters 1, want at least 2×2",
		},
		{
			Design{Height: 150, Width: 150, Classes: 10, Filters: []int{3, 9}},
			"filters 3,9 make a network that computes 6423012 products for an image of 150×150 pixels, " +
				"want at most 5000000",
		},
	} {
		net, err := New(source(), test.d)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) || net != nil {
			t.Errorf("%v: %v, error %v, want %s", test.d, net, err, test.want)
		}
	}
}
