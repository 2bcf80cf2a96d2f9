package data_test

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/gradus-go/gradus/nn/data"
)

// The numbers of the training rows standardise all others.
func ExampleStandardise() {
	training := &data.Table{X: [][]float64{{1}, {3}}, Inputs: []string{"x"}}
	test := &data.Table{X: [][]float64{{5}}, Inputs: []string{"x"}}
	s, err := data.Standardise(training, test)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(s.Mean, s.Deviation, training.X, test.X)

	// Output:
	// [2] [1] [[-1] [1]] [[3]]
}

// A network that has learned standardised targets gives standardised outputs.
func ExampleStandardiseTargets() {
	t := &data.Table{
		X: [][]float64{{1}, {2}}, Inputs: []string{"rooms"},
		T: [][]float64{{100_000}, {300_000}}, Target: "price",
	}
	s, err := data.StandardiseTargets(t)
	if err != nil {
		log.Fatal(err)
	}
	prices, err := s.Invert([][]float64{{0}, {1.5}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(t.T, prices)

	// Output:
	// [[-1] [1]] [[200000] [350000]]
}

// What is saved beside a network reads a later file, in which the columns have another order and not all
// colours occur, as the network wants it.
func ExampleScaler() {
	t, err := data.ReadCSV("testdata/fruit.csv", data.CSV{Target: "fruit", Categorical: []string{"colour"}})
	if err != nil {
		log.Fatal(err)
	}
	s, err := data.Standardise(t)
	if err != nil {
		log.Fatal(err)
	}
	const later = "price,colour,grams,length\n0.5,red,151,70\n"
	u, err := data.CSV{Inputs: s.Names}.Read(strings.NewReader(later))
	if err != nil {
		log.Fatal(err)
	}
	if err := s.ApplyTo(u); err != nil {
		log.Fatal(err)
	}
	fmt.Println(u.Inputs)
	fmt.Printf("%.2f\n", u.X)

	// Output:
	// [grams length colour=green colour=red colour=yellow price]
	// [[-0.64 -0.81 -0.92 2.65 -0.85 -0.68]]
}

func ExampleScaler_Apply() {
	s := &data.Scaler{Names: []string{"x", "y"}, Mean: []float64{10, 0}, Deviation: []float64{2, 1}}
	z, err := s.Apply([][]float64{{12, 0.5}})
	fmt.Println(z, err)
	z, err = s.Apply([][]float64{{12, 0.5}, {12}})
	fmt.Println(z, err)

	// Output:
	// [[1 0.5]] <nil>
	// [] data: Apply: x[1] has 1 number, want 2
}

// What stands for the network here shows what it gets: 1.5 deviations from the mean, and not 55 mm.
func ExampleScaler_Before() {
	scale := &data.Scaler{Names: []string{"bill"}, Mean: []float64{40}, Deviation: []float64{10}}
	network := func(x [][]float64) ([][]float64, error) {
		fmt.Println("the network gets", x)
		return x, nil
	}
	predict := scale.Before(network)
	if _, err := predict([][]float64{{55}}); err != nil {
		log.Fatal(err)
	}
	_, err := predict([][]float64{{1, 2}})
	fmt.Println(err)

	// Output:
	// the network gets [[1.5]]
	// data: Apply: x[0] has 2 numbers, want 1
}

// A table with other inputs than those of the training rows is refused.
func ExampleScaler_ApplyTo() {
	s := &data.Scaler{Names: []string{"x", "y"}, Mean: []float64{10, 0}, Deviation: []float64{2, 1}}
	fmt.Println(s.ApplyTo(&data.Table{X: [][]float64{{0.5, 12}}, Inputs: []string{"y", "x"}}))

	// Output:
	// data: ApplyTo: the Table has y, x, want x, y, as the Scaler has; CSV.Inputs can be the Names of a Scaler
}

func ExampleScaler_Invert() {
	s := &data.Scaler{Names: []string{"price"}, Mean: []float64{200}, Deviation: []float64{50}}
	fmt.Println(s.Invert([][]float64{{-1}, {0}, {2}}))

	// Output:
	// [[150] [200] [300]] <nil>
}

// inFolder calls f with the name of a file in a folder of its own.
func inFolder(f func(file string)) {
	folder, err := os.MkdirTemp("", "gradus")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // what is left does no harm
	f(filepath.Join(folder, "scaler.json"))
}

func ExampleScaler_Save() {
	inFolder(func(file string) {
		s := &data.Scaler{Names: []string{"price"}, Mean: []float64{200}, Deviation: []float64{50}}
		if err := s.Save(file); err != nil {
			log.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(string(text))
	})

	// Output:
	// {
	//  "format": "gradus scaler 1",
	//  "names": [
	//   "price"
	//  ],
	//  "mean": [
	//   200
	//  ],
	//  "deviation": [
	//   50
	//  ],
	//  "classes": []
	// }
}

func ExampleLoadScaler() {
	inFolder(func(file string) {
		s := &data.Scaler{Names: []string{"price"}, Mean: []float64{200}, Deviation: []float64{50}}
		if err := s.Save(file); err != nil {
			log.Fatal(err)
		}
		loaded, err := data.LoadScaler(file)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(loaded.Names, loaded.Mean, loaded.Deviation)
	})

	// Output:
	// [price] [200] [50]
}
