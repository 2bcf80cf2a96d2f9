package main

import (
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/recipe"
)

type shape = recipe.Shape

// newModel returns a model for texts of these letters, with parameters that draw returns, matrix by
// matrix and row by row.
func newModel(l letters, s shape, draw func() float64) *model {
	n, w := l.edge()+1, s.Width
	m := &model{letters: l, shape: s}
	next := func(name string, rows, columns int) matrix {
		w := newMatrix(name, rows, columns, draw)
		m.all = append(m.all, flat(w)...)
		return w
	}
	m.embed, m.position, m.out = next("embed", n, w), next("position", s.Context, w), next("out", n, w)
	for i := range s.Layers {
		of := fmt.Sprintf("layer%d.", i+1)
		m.layers = append(m.layers, layer{
			query: next(of+"query", w, w), key: next(of+"key", w, w), value: next(of+"value", w, w),
			join:  next(of+"join", w, w),
			widen: next(of+"widen", 4*w, w), narrow: next(of+"narrow", w, 4*w),
		})
	}
	return m
}

// newMatrix returns a matrix of parameters.
func newMatrix(name string, rows, columns int, draw func() float64) matrix {
	m := make(matrix, rows)
	for i := range m {
		m[i] = each(columns, func(j int) *gradus.Value {
			return gradus.New(draw()).As(fmt.Sprintf("%s[%d,%d]", name, i, j))
		})
	}
	return m
}

// params returns all parameters, in the order in which newModel makes them.
func (m *model) params() vector { return m.all }

// flat returns the numbers of matrices, row by row.
func flat(matrices ...matrix) (all vector) {
	for _, w := range matrices {
		for _, row := range w {
			all = append(all, row...)
		}
	}
	return all
}

// each returns f(0), f(1) and so on up to f(n−1).
func each(n int, f func(i int) *gradus.Value) vector {
	x := make(vector, n)
	for i := range x {
		x[i] = f(i)
	}
	return x
}

// column returns column j of rows.
func column(rows []vector, j int) vector {
	return each(len(rows), func(i int) *gradus.Value { return rows[i][j] })
}

func add(x, y vector) vector {
	return each(len(x), func(i int) *gradus.Value { return x[i].Add(y[i]) })
}

func relu(x vector) vector {
	return each(len(x), func(i int) *gradus.Value { return x[i].ReLU() })
}

// numbers returns the Data of Values.
func numbers(x vector) []float64 {
	data := make([]float64, len(x))
	for i, v := range x {
		data[i] = v.Data
	}
	return data
}
