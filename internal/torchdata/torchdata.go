package torchdata

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
)

const file = "testdata/torch.json"

// Read returns what the file holds. It ends the test if the file cannot be read, or does not
// say under "torch" and "python" which versions made it. The same holds for each of the other
// keys: "seed" if the numbers in the file are random.
func Read[Contents any](tb testing.TB, keys ...string) (c Contents) {
	tb.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	if err := parse(text, &c, append([]string{"torch", "python"}, keys...)); err != nil {
		tb.Fatalf("%s: %v", file, err)
	}
	return c
}

func parse(text []byte, contents any, keys []string) error {
	var top map[string]json.RawMessage
	if err := json.Unmarshal(text, &top); err != nil {
		return err
	}
	for _, key := range keys {
		switch string(top[key]) {
		case "", `""`, "0", "null":
			return fmt.Errorf("the file does not say which %s made it", key)
		}
	}
	return json.Unmarshal(text, contents)
}
