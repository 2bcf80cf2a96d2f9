package browser_test

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"github.com/gradus-go/gradus/internal/browser"
	"github.com/gradus-go/gradus/internal/formulary"
	"github.com/gradus-go/gradus/internal/shapes"
	"github.com/gradus-go/gradus/internal/significant"
)

// A rowOfDigits is a row of the table of all digits.
type rowOfDigits struct{ Name, Kind, Value, Gradient string }

// The table of all digits has the numbers of the command, to 15 digits, for 200 texts, each of which comes by
// the address. The last digit may differ: package math computes exp and others in its own way on each kind of
// machine.
func TestPlayNumbers(t *testing.T) {
	p := newPlay(t, "")
	p.until(ready["formula"])
	texts := shapes.Formulas(200)
	quoted, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	tables := browser.Eval[[][]rowOfDigits](p.Tab, `
		const rows = document.querySelector("#formula-rows"), tables = [];
		for (const f of `+string(quoted)+`) {
			rows.replaceChildren();
			const drawn = new Promise(done => new MutationObserver((_, o) => (o.disconnect(), done()))
				.observe(rows, {childList: true}));
			location.hash = "#formula?f=" + encodeURIComponent(f);
			await drawn;
			tables.push([...rows.querySelectorAll("tbody tr")].map(({cells}) => ({
				Name: cells[0].textContent, Kind: cells[1].textContent,
				Value: cells[2].textContent, Gradient: cells[3].textContent,
			})));
		}
		return tables`)
	numbers, equal := 0, 0
	for i, text := range texts {
		d, err := formulary.ReadDraft(text, "", "")
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		want := d.Evaluation(false).Values
		if len(tables[i]) != len(want) {
			t.Fatalf("%s\n%d rows, want %d: the page says %q", text, len(tables[i]), len(want), p.says())
		}
		agree := func(name, got string, want float64) {
			x, err := strconv.ParseFloat(got, 64)
			numbers++
			switch {
			case err == nil && (x == want || math.IsNaN(x) && math.IsNaN(want)):
				equal++
			case err != nil || significant.Shared(x, want) < 15:
				t.Errorf("%s\n%s is %s, want %v", text, name, got, want)
			}
		}
		for k, w := range want {
			row := tables[i][k]
			if row.Name != w.Name || row.Kind != w.Kind || (row.Gradient == "–") != (w.Gradient == nil) {
				t.Fatalf("%s\nthe row is %v, want %v", text, row, w)
			}
			agree(w.Name, row.Value, float64(w.Value))
			if w.Gradient != nil {
				agree("the gradient of "+w.Name, row.Gradient, float64(*w.Gradient))
			}
		}
	}
	t.Logf("of %d numbers %d are equal in all digits", numbers, equal)
	if numbers < 2000 {
		t.Errorf("%d numbers were compared, want more", numbers)
	}
}
