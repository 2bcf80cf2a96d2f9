package compile_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// every returns each step-th of n nodes of x.
func every(x []*gradus.Value, step, n int) (some []*gradus.Value) {
	for i := range n {
		some = append(some, x[i*step])
	}
	return some
}

// embedding returns the row of a table that an index picks. The table has rows of n numbers each.
func embedding(index *gradus.Value, table []*gradus.Value, n int) (row []*gradus.Value) {
	for i := range n {
		row = append(row, gradus.Pick(index, every(table[i:], n, len(table)/n)...))
	}
	return row
}

// A row that an index picks is one instruction, which copies it.
func TestPick(t *testing.T) {
	x, w := graphs.Values(9), graphs.Values(27*16)
	times := func(rows, n int, x []*gradus.Value) (z []*gradus.Value) {
		for r := range rows {
			z = append(z, gradus.Dot(w[r*n:][:n], x))
		}
		return z
	}
	sines := func(x ...*gradus.Value) (z []*gradus.Value) {
		for _, v := range x {
			z = append(z, v.Sin())
		}
		return z
	}
	tied := embedding(x[0], w[:12], 3)
	logits := slices.Concat(times(4, 3, x[1:4]), times(4, 3, x[4:7]))
	used := embedding(x[0], w[:6], 2)
	used = append(used, sines(w[4:6]...)...)
	sin := sines(x[1])
	var losses []*gradus.Value
	for i := range 2 {
		y := logits[4*i:][:4]
		losses = append(losses, gradus.LogSumExp(y...).Sub(gradus.Pick(x[7+i], y...)))
	}
	for _, tt := range []struct {
		name     string
		recorder replay.Recorder
		terms    []*gradus.Value
		want     string
	}{
		{
			"an embedding",
			replay.Recorder{},
			embedding(x[3], w, 16),
			"t[0:16] = pick(x[3], 27 rows of w[0:432])",
		},
		{
			"of two tokens",
			replay.Recorder{},
			slices.Concat(embedding(x[4], w[:20], 4), embedding(x[3], w[:20], 4)),
			"t[0:8] = pick([x[3] x[4]], 5 rows of w[0:20])",
		},
		{
			"exact, in the order of the graph",
			replay.Recorder{Exact: true},
			slices.Concat(embedding(x[4], w[:20], 4), embedding(x[3], w[:20], 4)),
			"t[0:4] = pick(x[4], 5 rows of w[0:20])\nt[4:8] = pick(x[3], 5 rows of w[0:20])",
		},
		{
			"some of the columns",
			replay.Recorder{},
			append(embedding(x[0], w[:12], 4)[1:3], x[1]),
			"t[0:2] = pick(x[0], 3 rows of w[0:6])",
		},
		{
			"columns that do not follow each other",
			replay.Recorder{},
			[]*gradus.Value{gradus.Pick(x[0], every(x[1:], 3, 2)...), gradus.Pick(x[0], every(x[3:], 3, 2)...)},
			"t[0:2] = pick(x[0], 2 rows of [x[1:5] x[3:7]])",
		},
		{
			"one column after the other",
			replay.Recorder{},
			[]*gradus.Value{gradus.Pick(x[0], w[:3]...), gradus.Pick(x[0], w[3:6]...)},
			"t[0] = pick(x[0], 3 rows of w[0:3])\nt[1] = pick(x[0], 3 rows of w[3:6])",
		},
		{
			"the same twice",
			replay.Recorder{Without: replay.Common},
			[]*gradus.Value{gradus.Pick(x[0], w[:3]...), gradus.Pick(x[0], w[:3]...)},
			"t[0:2] = pick(x[0], 3 rows of w[0:3])",
		},
		{
			"rows of several lengths",
			replay.Recorder{},
			[]*gradus.Value{gradus.Pick(x[0], x[1], x[3]), gradus.Pick(x[0], x[2], x[4], x[6])},
			"t[0] = pick(x[0], 2 rows of x[1:4])\nt[1] = pick(x[0], 3 rows of x[2:7])",
		},
		{
			"rows at other distances",
			replay.Recorder{},
			[]*gradus.Value{gradus.Pick(x[0], x[1], x[3]), gradus.Pick(x[0], x[2], x[5])},
			"t[0] = pick(x[0], 2 rows of x[1:4])\nt[1] = pick(x[0], 2 rows of x[2:6])",
		},
		{
			"neighbouring columns, of two tokens",
			replay.Recorder{},
			[]*gradus.Value{gradus.Pick(x[0], w[0], w[2]), gradus.Pick(x[1], w[1], w[3])},
			"t[0] = pick(x[0], 2 rows of w[0:3])\nt[1] = pick(x[1], 2 rows of w[1:4])",
		},
		{
			"the end of one memory and the begin of the other",
			replay.Recorder{},
			[]*gradus.Value{gradus.Pick(x[0], w[0]), gradus.Pick(x[0], w[1]), w[1].Sin()},
			"t[0] = pick(x[0], w[0])\nt[1] = pick(x[0], w[1])\nt[2] = sin(w[1])",
		},
		{
			"a window that moves",
			replay.Recorder{},
			[]*gradus.Value{gradus.Pick(x[0], x[1:4]...), gradus.Pick(x[0], x[2:5]...), gradus.Pick(x[0], x[3:6]...)},
			"t[0:3] = pick(x[0], 3 rows of x[1:6])",
		},
		{
			"one node many times",
			replay.Recorder{},
			[]*gradus.Value{gradus.Pick(x[0], w[1], w[1], w[1])},
			"t[0] = pick(x[0], 3 rows of w[0])",
		},
		{"one row", replay.Recorder{}, embedding(x[0], w[:3], 3), "t[0:3] = pick(x[0], w[0:3])"},
		{
			"copied if the distances differ",
			replay.Recorder{},
			[]*gradus.Value{gradus.Pick(x[0], x[1], x[2], x[4]), gradus.Pick(x[0], x[3], x[2])},
			"t[0:3] = x[1], x[2], x[4]\nt[3] = pick(x[0], 3 rows of t[0:3])\n" +
				"t[4:6] = x[3], x[2]\nt[6] = pick(x[0], 2 rows of t[4:6])",
		},
		{
			"copied if some are parameters and others are not",
			replay.Recorder{},
			[]*gradus.Value{gradus.Pick(x[5], w[0], sin[0]), gradus.Pick(x[6], w[1], x[0])},
			"t[0] = sin(x[1])\nt[1:3] = w[1], x[0]\nt[3] = pick(x[6], 2 rows of t[1:3])\n" +
				"t[4:6] = w[0], t[0]\nt[6] = pick(x[5], 2 rows of t[4:6])",
		},
		{
			"of a row that something else uses",
			replay.Recorder{},
			used,
			"t[0:2] = pick(x[0], 3 rows of w[0:6])\nt[2:4] = sin(w[4:6])",
		},
		{
			"the losses",
			replay.Recorder{},
			losses,
			"t[0:8] = w[0:12]·[x[1:4] x[4:7]]\nt[8:10] = logsumexp(2 rows of t[0:8])\n" +
				"t[10:12] = pick([x[7] x[8]], 4 rows of [t[0:4] t[4:8]])\n" +
				"t[12:14] = t[8:10] − t[10:12]",
		},
		{
			"a table that is a matrix, too",
			replay.Recorder{},
			slices.Concat(tied, times(4, 3, tied)),
			"t[0:3] = pick(x[0], 4 rows of w[0:12])\nt[3:7] = w[0:12]·t[0:3]",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.recorder.Inputs, tt.recorder.Params = x, w
			checkTerms(t, tt.recorder, tt.terms, tt.want)
		})
	}
}

// Each Pick is an instruction with a table whatever passes run. Those of neighbouring columns are one if
// Vectors runs.
func TestPickWithoutPasses(t *testing.T) {
	x, w := graphs.Values(2), graphs.Values(6)
	h := embedding(x[0], w, 2)
	y := []*gradus.Value{gradus.Dot(w[:2], h), gradus.Dot(w[2:4], h), gradus.Dot(w[4:], h)}
	out := gradus.LogSumExp(y...).Sub(gradus.Pick(x[1], y...))
	const row, next = "t[0:2] = pick(x[0], 3 rows of w[0:6])", "pick(x[1], 3 rows of t[2:5])"
	all := replay.Deferred<<1 - 1
	for without, want := range map[replay.Pass][]string{
		0:               {row, "t[6] = " + next},
		replay.Fold:     {row, "t[6] = " + next},
		replay.Dots:     {row, "t[6] = " + next},
		replay.Matrices: {row, "t[6] = " + next},
		replay.Order:    {row, "t[6] = " + next},
		replay.Join:     {row, "t[6] = " + next},
		replay.Rows:     {row, "t[5] = " + next}, // before the logsumexp, whose op has another name then
		replay.Vectors: {
			"t[0] = pick(x[0], 3 rows of w[0:5])", "t[1] = pick(x[0], 3 rows of w[1:6])", "t[6] = " + next,
		},
		all: {
			"t[0] = pick(x[0], 3 rows of w[0:5])", "t[1] = pick(x[0], 3 rows of w[1:6])", "t[5] = " + next,
		},
	} {
		for _, exact := range []bool{false, true} {
			r := replay.Recorder{Inputs: x, Params: w, Without: without, Exact: exact}
			lines := strings.Split(linesOf(t, r, out), "\n")
			got := slices.DeleteFunc(lines, func(s string) bool { return !strings.Contains(s, "pick") })
			if exact {
				want[len(want)-1] = "t[6] = " + next // in the order of the graph
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("without %b, exact %t (-want +got):\n%s", without, exact, diff)
			}
		}
	}
}

// A program that shares parameters reads the tables of the first one as they lie, and copies a column of
// which something else reads a number.
func TestPickShared(t *testing.T) {
	x, w := graphs.Values(1), graphs.Values(8)
	first := gradus.Mean(append(embedding(x[0], w[:4], 2), embedding(x[0], w[4:], 2)...)...)
	p, err := replay.Recorder{Inputs: x, Params: w}.Record(first)
	if err != nil {
		t.Fatal(err)
	}
	second := gradus.Mean(slices.Concat(
		embedding(x[0], w[:4], 2), embedding(x[0], w[4:], 2), []*gradus.Value{w[5].Sin()})...)
	got := linesOf(t, replay.Recorder{Inputs: x, Share: p}, second)
	want := strings.TrimPrefix(`
t[0:2] = w[5], w[7]
t[2:4] = pick(x[0], 2 rows of w[0:4])
t[4] = pick(x[0], 2 rows of w[4:7])
t[5] = pick(x[0], 2 rows of t[0:2])
`, "\n")
	if !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant it to begin with\n%s", got, want)
	}
}
