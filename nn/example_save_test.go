package nn_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// inFolder calls f with the name of a file in a folder that is removed after the call.
func inFolder(f func(file string)) {
	folder, err := os.MkdirTemp("", "nn")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	f(filepath.Join(folder, "net.json"))
}

// fail prints an error without the name of the folder.
func fail(file string, err error) {
	fmt.Println(strings.ReplaceAll(err.Error(), file, "net.json"))
}

func ExampleMLP_Save() {
	inFolder(func(file string) {
		net := nn.NewMLP(nil, 2, nn.Dense{Units: 1, Init: nn.Constant(0.1), Activation: nn.Tanh})
		if err := net.Save(file); err != nil {
			fmt.Println(err)
		}
		text, err := os.ReadFile(file)
		fmt.Println(string(text), err)

		net.Params()[0].Data = math.NaN() // diverged: the file stays as it is
		fail(file, net.Save(file))
	})
	// Output:
	// {
	//  "format": "gradus mlp",
	//  "version": 1,
	//  "architecture": [
	//   2,
	//   1
	//  ],
	//  "layers": [
	//   {
	//    "activation": "tanh",
	//    "neurons": [
	//     {
	//      "name": "layer1.neuron1",
	//      "weights": [
	//       0.1,
	//       0.1
	//      ],
	//      "bias": 0
	//     }
	//    ]
	//   }
	//  ],
	//  "sha256": "315b6d1ada7f58bfb235c69d9b42cd07c1cfb5c2cfc075f6300c46e731cde9ea"
	// } <nil>
	// nn: Save: net.json: layer1.neuron1.w1 is NaN, want a finite number
}

func ExampleLoad() {
	inFolder(func(file string) {
		if err := tutorialA().Save(file); err != nil {
			fmt.Println(err)
		}
		net, err := nn.Load(file)
		if err != nil {
			fmt.Println(err)
			return
		}
		y := net.Forward(gradus.New(1))[0]
		fmt.Printf("%v: y = %.4f\n", net, y.Data)

		text, err := os.ReadFile(file)
		if err != nil {
			fmt.Println(err)
		}
		edited := strings.Replace(string(text), "0.5", `"half"`, 1)
		if err := os.WriteFile(file, []byte(edited), 0o666); err != nil {
			fmt.Println(err)
		}
		_, err = nn.Load(file)
		fail(file, err)
	})
	// Output:
	// 1-1-1, sigmoid, identity: y = -0.6225
	// nn: Load: net.json: layers[0].neurons[0].weights[0] is "half", want a finite number
}

func ExampleSaveParams() {
	inFolder(func(file string) {
		var model nn.Model = parabola{gradus.New(2).As("a"), gradus.New(1).As("c")}
		if err := nn.SaveParams(file, model); err != nil {
			fmt.Println(err)
		}
		text, err := os.ReadFile(file)
		fmt.Println(string(text), err)

		fail(file, nn.SaveParams(file, parabola{gradus.New(2).As("a"), gradus.New(1)}))
	})
	// Output:
	// {
	//  "format": "gradus parameters",
	//  "version": 1,
	//  "parameters": {
	//   "a": 2,
	//   "c": 1
	//  },
	//  "sha256": "cfd5ba36409420ad86b2816f23a8136c0b7541a63a189e627b6e1a54779bcb3e"
	// } <nil>
	// nn: SaveParams: net.json: parameter 2 of the model (1) has no name, want one, which Value.As gives
}

func ExampleLoadParams() {
	inFolder(func(file string) {
		if err := nn.SaveParams(file, parabola{gradus.New(2).As("a"), gradus.New(1).As("c")}); err != nil {
			fmt.Println(err)
		}
		again := parabola{gradus.New(0).As("a"), gradus.New(0).As("c")}
		if err := nn.LoadParams(file, again); err != nil {
			fmt.Println(err)
		}
		fmt.Println(again.a, again.c)

		fail(file, nn.LoadParams(file, parabola{gradus.New(0).As("a"), gradus.New(0).As("b")}))
	})
	// Output:
	// a = 2 c = 1
	// nn: LoadParams: net.json: want the same names, but only the model has "b", and only the file has "c"
}
