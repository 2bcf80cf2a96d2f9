package data_test

import (
	"context"
	"fmt"
	"log"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/data"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// A network learns from a file whether a fruit is an apple, a lemon or a melon. The numbers in the file were
// made up with a generator of random numbers.
func Example() {
	t, err := data.ReadCSV("testdata/fruit.csv", data.CSV{Target: "fruit", Categorical: []string{"colour"}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(t)
	training, test, err := t.Split(1, 0.25)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := data.Standardise(training, test); err != nil {
		log.Fatal(err)
	}
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), len(t.Inputs),
		nn.Dense{Units: 4, Activation: nn.Tanh}, nn.Dense{Units: len(t.Classes)})
	err = train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.SoftmaxCrossEntropy, Data: train.Data{X: training.X, T: training.T},
		Optimizer: optim.NewAdam(optim.Constant(0.05)), Epochs: 100,
	})
	if err != nil {
		log.Fatal(err)
	}
	p, err := train.NewPredictor(net)
	if err != nil {
		log.Fatal(err)
	}
	y, err := p.Predict(test.X)
	if err != nil {
		log.Fatal(err)
	}
	c, err := data.NewConfusion(y, test.T, t.Classes...)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(c)

	// Output:
	// 48 rows
	// 6 inputs: grams, length, colour=green, colour=red, colour=yellow, price
	// fruit: apple (16), lemon (16), melon (16)
	// class apple lemon melon  precision   recall
	// apple     4     ·     ·     80.0 %  100.0 %
	// lemon     1     3     ·    100.0 %   75.0 %
	// melon     ·     ·     4    100.0 %  100.0 %
}

// Batches of one's own, in another order in each epoch.
func Example_batches() {
	rng := rand.New(rand.NewPCG(1, 0))
	for epoch := 1; epoch <= 2; epoch++ {
		for batch := range slices.Chunk(rng.Perm(5), 2) {
			fmt.Println("epoch", epoch, "rows", batch)
		}
	}

	// Output:
	// epoch 1 rows [1 0]
	// epoch 1 rows [3 4]
	// epoch 1 rows [2]
	// epoch 2 rows [1 4]
	// epoch 2 rows [2 0]
	// epoch 2 rows [3]
}

const penguins = `species,island,bill,sex
Adelie,Torgersen,39.1,male
Adelie,Biscoe,37.8,NA
Gentoo,Biscoe,46.1,female
`

// Without Categorical, names are refused: with a typo among its numbers, a column would otherwise become
// one of a hundred names.
func ExampleReadCSV() {
	_, err := data.ReadCSV("testdata/fruit.csv", data.CSV{Target: "fruit"})
	fmt.Println(strings.ReplaceAll(err.Error(), "; ", ";\n")) // line by line
	t, err := data.ReadCSV("testdata/fruit.csv", data.CSV{Target: "fruit", Categorical: []string{"colour"}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(t)

	// Output:
	// data: ReadCSV: testdata/fruit.csv: line 2, column colour: "red" is not a finite number;
	// a column of names needs Categorical, and Ignore leaves a column out
	// 48 rows
	// 6 inputs: grams, length, colour=green, colour=red, colour=yellow, price
	// fruit: apple (16), lemon (16), melon (16)
}

func ExampleCSV() {
	for _, c := range []data.CSV{
		{Target: "species", Categorical: []string{"island"}, Ignore: []string{"sex"}},
		{Target: "bill", Inputs: []string{"sex=male", "sex=female"}, Missing: "NA", DropMissing: true},
		{Inputs: []string{"bill", "island=Dream", "island=Biscoe", "island=Torgersen"}},
	} {
		t, err := c.Read(strings.NewReader(penguins))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(t.Inputs, t.X)
		fmt.Println(t.Classes, t.T)
	}

	// Output:
	// [island=Biscoe island=Torgersen bill] [[0 1 39.1] [1 0 37.8] [1 0 46.1]]
	// [Adelie Gentoo] [[1 0] [1 0] [0 1]]
	// [sex=male sex=female] [[1 0] [0 1]]
	// [] [[39.1] [46.1]]
	// [bill island=Dream island=Biscoe island=Torgersen] [[39.1 0 0 1] [37.8 0 1 0] [46.1 0 1 0]]
	// [] []
}

// A missing value is refused, if nobody says what to do about it.
func ExampleCSV_Read() {
	c := data.CSV{Inputs: []string{"bill", "sex"}, Categorical: []string{"sex"}, Missing: "NA"}
	_, err := c.Read(strings.NewReader(penguins))
	fmt.Println(strings.ReplaceAll(err.Error(), "; ", ";\n")) // line by line
	c.KeepMissing = true
	t, err := c.Read(strings.NewReader(penguins))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(t.X)
	if _, err := data.Standardise(t); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.2f\n", t.X[1])

	// Output:
	// data: Read: line 3, column sex: "NA" says that the value is missing;
	// DropMissing leaves such rows out;
	// KeepMissing has Standardise put the mean there
	// [[39.1 0 1] [37.8 NaN NaN] [46.1 1 0]]
	// [-0.88 0.00 0.00]
}

// A table may also be made by hand.
func ExampleTable() {
	t := &data.Table{
		X: [][]float64{{0, 0}, {0, 1}, {1, 0}, {1, 1}}, Inputs: []string{"a", "b"},
		T: [][]float64{{0}, {1}, {1}, {0}}, Target: "a xor b",
	}
	fmt.Print(t)

	// Output:
	// 4 rows
	// 2 inputs: a, b
	// a xor b: a number
}

func ExampleTable_String() {
	c := data.CSV{Target: "species", Categorical: []string{"island", "sex"}, Missing: "NA", DropMissing: true}
	t, err := c.Read(strings.NewReader(penguins))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(t)

	// Output:
	// 2 rows, and 1 left out
	// 5 inputs: island=Biscoe, island=Torgersen, bill, sex=female, sex=male
	// species: Adelie (1), Gentoo (1)
}

func ExampleTable_Labels() {
	t := &data.Table{
		X: [][]float64{{39}, {46}, {38}}, Inputs: []string{"bill"},
		T: [][]float64{{1, 0}, {0, 1}, {1, 0}}, Target: "species", Classes: []string{"Adelie", "Gentoo"},
	}
	fmt.Println(t.Labels())

	// Output:
	// [0 1 0]
}

// numbers returns a table with so many rows.
func numbers(n int) *data.Table {
	t := &data.Table{Inputs: []string{"x"}, Target: "y"}
	for i := range n {
		x := float64(i)
		t.X, t.T = append(t.X, []float64{x}), append(t.T, []float64{x * x})
	}
	return t
}

func ExampleTable_Split() {
	training, test, err := numbers(10).Split(1, 0.3)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(training.X, test.X)

	// Output:
	// [[0] [7] [8] [2] [5] [4] [9]] [[3] [1] [6]]
}

func ExampleTable_SplitThree() {
	training, validation, test, err := numbers(10).SplitThree(1, 0.2, 0.2)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(training.X, validation.X, test.X)

	// Output:
	// [[5] [4] [2] [0] [8] [7]] [[6] [3]] [[1] [9]]
}

func ExampleTable_Folds() {
	folds, err := numbers(6).Folds(1, 3)
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range folds {
		fmt.Println(f.Train.X, f.Test.X)
	}

	// Output:
	// [[5] [3] [0] [4]] [[2] [1]]
	// [[1] [4] [2] [3]] [[0] [5]]
	// [[1] [0] [2] [5]] [[4] [3]]
}

// In each fold, the mean and the deviation are those of its training rows.
func ExampleFold() {
	folds, err := numbers(6).Folds(1, 3)
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range folds {
		s, err := data.Standardise(f.Train, f.Test)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("mean %.2f, tested with %.2f\n", s.Mean, f.Test.X)
	}

	// Output:
	// mean [3.00], tested with [[-0.53] [-1.07]]
	// mean [2.50], tested with [[-2.24] [2.24]]
	// mean [2.00], tested with [[1.07] [0.53]]
}
