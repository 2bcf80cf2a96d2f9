package train

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/sorting"
)

// digest returns the SHA-256 of all numbers of the data.
func (c Config) digest() string {
	sum, row := sha256.New(), []byte(nil)
	add := func(numbers []float64) {
		row = binary.LittleEndian.AppendUint64(row[:0], uint64(len(numbers)))
		for _, x := range numbers {
			row = binary.LittleEndian.AppendUint64(row, math.Float64bits(x))
		}
		sum.Write(row)
	}
	for _, d := range []Data{c.Data, c.Validation} {
		for _, rows := range [][][]float64{d.X, d.T, {d.Weights}} {
			add([]float64{float64(len(rows))})
			for _, r := range rows {
				add(r)
			}
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// graphDigest returns the SHA-256 of the form of the graph of row 0: its operations, what they are computed
// from, and its constants. All rows have the same form, whatever the parameters are.
func (l *loop) graphDigest() string {
	b := l.builder()
	g := b.build(l.Data, 0)
	place := map[*gradus.Value]int{} // of leaves whose numbers may differ, and then of what is computed
	for _, v := range slices.Concat(l.engine.values(), b.inputs(g)) {
		place[v] = len(place)
	}
	sum := sha256.New()
	sorting.Lock.Lock()
	defer sorting.Lock.Unlock()
	for _, v := range gradus.Topo(g.loss) {
		if _, known := place[v]; known {
			continue
		}
		place[v] = len(place)
		if v.Op() == nil {
			fmt.Fprintf(sum, "%x\n", math.Float64bits(v.Data))
			continue
		}
		fmt.Fprintf(sum, "%q", v.Op().Name())
		for _, u := range v.Parents() {
			fmt.Fprintf(sum, " %d", place[u])
		}
		fmt.Fprintln(sum)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
