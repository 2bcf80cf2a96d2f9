package grade_test

import (
	"context"
	"fmt"
	"os"

	"github.com/gradus-go/gradus/course/grade"
)

var two = grade.Class{
	{Name: "Anna", Solved: 2, Results: []grade.Result{
		{Exercise: "1-slopes/1-line", Solved: true, Tried: true},
		{Exercise: "2-chain-rule/1-second-weight", Solved: true, Tried: true},
	}},
	{Name: "Bert", Results: []grade.Result{
		{Exercise: "1-slopes/1-line", Tried: true, Message: "dy/dx is still to do"},
		{Exercise: "2-chain-rule/1-second-weight"},
	}},
}

func ExampleClass() {
	fmt.Print(two)
	// Output:
	// learner  1 2  solved
	// Anna     ✓ ✓  2 of 2
	// Bert     ✗ ·  0 of 2
}

func ExampleClass_String() {
	fmt.Print(two[1:].String())
	// Output:
	// learner  1 2  solved
	// Bert     ✗ ·  0 of 2
}

func ExampleClass_CSV() {
	if err := two.CSV(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// learner,solved,1-slopes/1-line,2-chain-rule/1-second-weight
	// Anna,2,1,1
	// Bert,0,0,
}

func ExampleClass_JSON() {
	if err := (grade.Class{{Name: "Cleo", Results: []grade.Result{}}}).JSON(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// [
	//   {
	//     "learner": "Cleo",
	//     "solved": 0,
	//     "results": []
	//   }
	// ]
}

func ExampleClass_Classroom() {
	fmt.Println(two.Classroom(os.Stdout))
	// Output:
	// grade: there are 2 learners; GitHub Classroom grades one learner at a time
}

func ExampleGrader_Grade() {
	_, err := grade.Grader{Checkout: "../.."}.Grade(context.Background(), "nobody")
	fmt.Println(err)
	// Output:
	// course: stat nobody: no such file or directory
}

func ExampleGrader() {
	class, err := grade.Grader{Checkout: "../.."}.Grade(context.Background())
	fmt.Print(class)
	fmt.Println(err)
	// Output:
	// no learners
	// <nil>
}

func ExampleLearner() {
	l := two[0]
	fmt.Println(l.Name, l.Solved)
	// Output:
	// Anna 2
}

func ExampleResult() {
	r := two[1].Results[0]
	fmt.Println(r.Exercise+":", r.Message)
	// Output:
	// 1-slopes/1-line: dy/dx is still to do
}
