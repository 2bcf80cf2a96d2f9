package show_test

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/show"
)

// With os.WriteFile the page becomes a file that a browser opens. It holds all its numbers
// as text: here those of the slope of x² at 3.
func ExamplePage() {
	x := gradus.New(3).As("x")
	page, err := show.Page(x.Square().As("y"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Count(string(page), "<svg"), "picture")
	for line := range bytes.Lines(page) {
		if bytes.HasPrefix(line, []byte("<li ")) {
			fmt.Println(string(line[bytes.IndexByte(line, '>')+1 : bytes.Index(line, []byte("</li>"))]))
		}
	}
	// Output:
	// 1 picture
	// dy/dy = 1
	// dy/dx = dy/dy · 2x = (1)(6) = 6
}
