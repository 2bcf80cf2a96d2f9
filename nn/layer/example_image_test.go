package layer_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
)

// show prints numbers as an image.
func show(z []*gradus.Value, width int) {
	for ; len(z) > 0; z = z[width:] {
		fmt.Println(data(z[:width]))
	}
}

// In an image with a dark left and a bright right half, a filter finds the edge between them. Its
// derivatives with respect to its weights are the sums of what these have seen.
func ExampleConv() {
	image := gradus.Values([]float64{
		0, 0, 1, 1, 1,
		0, 0, 1, 1, 1,
		0, 0, 1, 1, 1,
		0, 0, 1, 1, 1,
	})
	edge := layer.NewConv(rand.New(rand.NewPCG(1, 0)), layer.Conv{
		In: layer.Image{Height: 4, Width: 5, Channels: 1}, Filters: 1, Size: 3,
	})
	for i, w := range []float64{
		-1, 0, 1,
		-1, 0, 1,
		-1, 0, 1,
	} {
		edge.Params()[i].Data = w
	}
	z := edge.Forward(image...)
	show(z, edge.Out().Width)
	gradus.Sum(z...).Backward()
	for _, p := range edge.Params()[7:] {
		fmt.Printf("%s = %v, derivative %v\n", p.Name(), p.Data, p.Grad)
	}
	// Output:
	// [3 3 0]
	// [3 3 0]
	// kernel1.w8 = 0, derivative 4
	// kernel1.w9 = 1, derivative 6
	// kernel1.b = 0, derivative 6
}

func ExampleNewConv() {
	conv := layer.NewConv(rand.New(rand.NewPCG(1, 0)), layer.Conv{
		In:      layer.Image{Height: 8, Width: 8, Channels: 3},
		Filters: 16, Size: 3, Padding: 1, Activation: nn.ReLU,
	})
	fmt.Println(conv.Out())                            // padding keeps the size
	fmt.Println(len(conv.Params()), "=", 16*(3*3*3+1)) // of which weights are drawn by nn.He
	// Output:
	// {8 8 16}
	// 448 = 448
}

// A filter that halves the only number that it sees, and then ReLU.
func ExampleConv_Forward() {
	conv := layer.NewConv(nil, layer.Conv{
		In: layer.Image{Height: 2, Width: 2, Channels: 1}, Filters: 1, Size: 1,
		Activation: nn.ReLU, Init: nn.Constant(0.5),
	})
	fmt.Println(data(conv.Forward(gradus.Values([]float64{1, -2, 3, -4})...)))
	// Output: [0.5 0 1.5 0]
}

func ExampleConv_Params() {
	conv := layer.NewConv(rand.New(rand.NewPCG(1, 0)), layer.Conv{
		In: layer.Image{Height: 3, Width: 3, Channels: 1}, Filters: 2, Size: 1,
	})
	for _, p := range conv.Params() {
		fmt.Print(p.Name(), " ")
	}
	fmt.Println()
	// Output: kernel1.w1 kernel1.b kernel2.w1 kernel2.b
}

// Two steps of 2 from the first place fit into 6 numbers of a row: (6 − 3)/2 + 1, rounded down.
func ExampleConv_Out() {
	conv := layer.NewConv(rand.New(rand.NewPCG(1, 0)), layer.Conv{
		In: layer.Image{Height: 7, Width: 6, Channels: 1}, Filters: 4, Size: 3, Stride: 2,
	})
	fmt.Printf("%+v\n", conv.Out())
	// Output: {Height:3 Width:2 Channels:4}
}

func ExampleConv_Inputs() {
	conv := layer.NewConv(rand.New(rand.NewPCG(1, 0)), layer.Conv{
		In: layer.Image{Height: 4, Width: 5, Channels: 3}, Filters: 1, Size: 3,
	})
	fmt.Println(conv.Inputs())
	// Output: 60
}

func ExampleImage() {
	photo := layer.Image{Height: 32, Width: 32, Channels: 3}
	channel, row, column := 2, 0, 5
	fmt.Println("blue, at the top, the sixth from the left:", (channel*photo.Height+row)*photo.Width+column)
	// Output: blue, at the top, the sixth from the left: 2053
}

func ExampleImage_Numbers() {
	fmt.Println(layer.Image{Height: 32, Width: 32, Channels: 3}.Numbers())
	// Output: 3072
}

// Of each square of 2×2 numbers only the largest counts, and it alone gets a gradient.
func ExampleMaxPool() {
	image := gradus.Values([]float64{
		1, 2, 0, 0,
		3, 4, 0, 9,
	})
	pool := layer.MaxPool{In: layer.Image{Height: 2, Width: 4, Channels: 1}, Size: 2}
	z := pool.Forward(image...)
	fmt.Println(data(z))
	gradus.Sum(z...).Backward()
	fmt.Println(grads(image))
	// Output:
	// [4 9]
	// [0 0 0 0 0 1 0 1]
}

func ExampleMaxPool_Forward() {
	pool := layer.MaxPool{In: layer.Image{Height: 1, Width: 3, Channels: 2}, Size: 1, Stride: 2}
	fmt.Println(data(pool.Forward(gradus.Values([]float64{1, 2, 3, 4, 5, 6})...)))
	// Output: [1 3 4 6]
}

func ExampleMaxPool_Params() {
	fmt.Println(len(layer.MaxPool{}.Params()))
	// Output: 0
}

func ExampleMaxPool_Out() {
	fmt.Println(layer.MaxPool{In: layer.Image{Height: 7, Width: 6, Channels: 8}, Size: 2}.Out())
	// Output: {3 3 8}
}

func ExampleMaxPool_Inputs() {
	fmt.Println(layer.MaxPool{In: layer.Image{Height: 7, Width: 6, Channels: 8}, Size: 2}.Inputs())
	// Output: 336
}

func ExampleMeanPool() {
	image := gradus.Values([]float64{
		1, 2, 0, 0,
		3, 4, 0, 8,
	})
	pool := layer.MeanPool{In: layer.Image{Height: 2, Width: 4, Channels: 1}, Size: 2}
	z := pool.Forward(image...)
	fmt.Println(data(z))
	gradus.Sum(z...).Backward()
	fmt.Println(grads(image))
	// Output:
	// [2.5 2]
	// [0.25 0.25 0.25 0.25 0.25 0.25 0.25 0.25]
}

// With squares as large as the image there is one number for each channel.
func ExampleMeanPool_Forward() {
	pool := layer.MeanPool{In: layer.Image{Height: 2, Width: 2, Channels: 2}, Size: 2}
	fmt.Println(data(pool.Forward(gradus.Values([]float64{1, 1, 2, 2, 3, 3, 3, 7})...)))
	// Output: [1.5 4]
}

func ExampleMeanPool_Params() {
	fmt.Println(len(layer.MeanPool{}.Params()))
	// Output: 0
}

func ExampleMeanPool_Out() {
	fmt.Println(layer.MeanPool{In: layer.Image{Height: 8, Width: 8, Channels: 4}, Size: 3, Stride: 2}.Out())
	// Output: {3 3 4}
}

func ExampleMeanPool_Inputs() {
	fmt.Println(layer.MeanPool{In: layer.Image{Height: 8, Width: 8, Channels: 4}, Size: 2}.Inputs())
	// Output: 256
}

func ExampleConv_Outputs() {
	conv := layer.NewConv(rand.New(rand.NewPCG(1, 0)), layer.Conv{
		In: layer.Image{Height: 8, Width: 8, Channels: 1}, Filters: 4, Size: 3,
	})
	fmt.Println(conv.Outputs(), "=", 6*6*4)
	// Output: 144 = 144
}

func ExampleMaxPool_Outputs() {
	fmt.Println(layer.MaxPool{In: layer.Image{Height: 8, Width: 8, Channels: 4}, Size: 2}.Outputs())
	// Output: 64
}

func ExampleMeanPool_Outputs() {
	fmt.Println(layer.MeanPool{In: layer.Image{Height: 8, Width: 8, Channels: 4}, Size: 4}.Outputs())
	// Output: 16
}
