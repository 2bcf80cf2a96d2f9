package play_test

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/gradus-go/gradus/play"
)

// The page, as os.WriteFile("play.html", page, 0o644) would write it, is small enough to be sent by mail.
func ExamplePage() {
	page, err := play.Page(context.Background(), "")
	fmt.Println(len(page) > 1_000_000, len(page) <= 2_200_000, err)
	// Output: true true <nil>
}

func ExampleServe() {
	ctx, stop := context.WithCancel(context.Background())
	err := play.Serve(ctx, []byte("<p>a page"), func(address string) {
		go func() {
			defer stop()
			answer, err := http.Get(address)
			if err != nil {
				fmt.Println(err)
				return
			}
			defer func() { _ = answer.Body.Close() }()
			text, err := io.ReadAll(answer.Body)
			fmt.Println(string(text), err)
		}()
	})
	fmt.Println(err)
	// Output:
	// <p>a page <nil>
	// <nil>
}
