package pairs

import "math"

// A Table holds a number for each pair: Table[a][b] is that of token b after token a.
type Table [][]float64

// NewTable returns a Table of zeros for so many tokens.
func NewTable(tokens int) Table {
	t := make(Table, tokens)
	for a := range t {
		t[a] = make([]float64, tokens)
	}
	return t
}

// Count returns how often each pair occurs in texts of so many tokens.
func Count(texts [][]float64, tokens int) Table {
	t := NewTable(tokens)
	for _, text := range texts {
		for p, b := range text[1:] {
			t[int(text[p])][int(b)]++
		}
	}
	return t
}

// Loss returns, for each pair, −ln of the probability that counts give to it: that of b after a is the
// number of the pair among all pairs that begin with a. Every pair counts once more than it occurred, so
// that none is impossible.
func (t Table) Loss() Table {
	loss := NewTable(len(t))
	for a, row := range t {
		sum := float64(len(row))
		for _, n := range row {
			sum += n
		}
		for b, n := range row {
			loss[a][b] = -math.Log((n + 1) / sum)
		}
	}
	return loss
}

// Mean returns the mean loss of all pairs that t has counted, and how many these are.
func (t Table) Mean(loss Table) (mean float64, pairs int) {
	sum := 0.0
	for a, row := range t {
		for b, n := range row {
			sum += float64(n * loss[a][b])
			pairs += int(n)
		}
	}
	return sum / float64(pairs), pairs
}

// Sample makes up a text whose pairs have the losses in t: it draws one token after the other, up to the
// given number of them, until the one comes with which texts begin and end. choice returns an index, of
// which weights holds the probabilities up to a factor. A temperature below 1 makes likely pairs
// likelier.
func (t Table) Sample(
	choice func(weights []float64) int, temperature float64, end, most int,
) (text []int) {
	token := end
	for range most {
		weights := make([]float64, len(t))
		for b := range weights {
			weights[b] = math.Exp(-t[token][b] / temperature)
		}
		if token = choice(weights); token == end {
			break
		}
		text = append(text, token)
	}
	return text
}
