package mersenne

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// The numbers are what CPython 3.11 prints. The logarithm, the sine and the cosine of Gauss may differ
// in their last bits, by 1e-15 of themselves.
func TestPython(t *testing.T) {
	type draws struct {
		Uniform, Gauss  []float64
		Shuffle, Choice []int
	}
	for seed, want := range map[uint64]draws{
		0: {
			[]float64{0.8444218515250481, 0.7579544029403025},
			[]float64{-0.054377155846273686, 0.029640285396852786, -0.08130791153504567},
			[]int{9, 11, 8, 6, 0, 1, 10, 2, 3, 5, 7, 4},
			[]int{2, 3, 3, 2, 2, 0, 2, 2, 3, 3, 2, 3},
		},
		42: {
			[]float64{0.6394267984578837, 0.025010755222666936},
			[]float64{-0.008905268925412997, 0.05615869800790905, -0.010207062702630967},
			[]int{3, 5, 2, 4, 10, 11, 7, 0, 6, 9, 1, 8},
			[]int{2, 3, 2, 2, 2, 2, 3, 3, 2, 2, 2, 2},
		},
		1<<32 + 5: {
			[]float64{0.15727238718789782, 0.2824866316461999},
			[]float64{-0.010841520370762405, -0.008350135106317881, -0.09636172476400537},
			[]int{0, 2, 8, 4, 1, 6, 11, 9, 3, 5, 7, 10},
			[]int{3, 2, 3, 3, 2, 3, 3, 0, 2, 2, 3, 3},
		},
		1<<64 - 1: {
			[]float64{0.021825695401270107, 0.3380953268613758},
			[]float64{0.026167592244427072, 0.10741135773378722, 0.06741109004888529},
			[]int{6, 4, 1, 9, 2, 10, 5, 7, 8, 3, 0, 11},
			[]int{2, 2, 2, 2, 2, 2, 0, 2, 2, 2, 2, 0},
		},
	} {
		p := NewPython(seed)
		var got draws
		for range 2 {
			got.Uniform = append(got.Uniform, p.Float64())
		}
		for range 3 {
			got.Gauss = append(got.Gauss, p.Gauss(0.08))
		}
		for i := range 12 {
			got.Shuffle = append(got.Shuffle, i)
		}
		p.Shuffle(12, func(i, j int) { got.Shuffle[i], got.Shuffle[j] = got.Shuffle[j], got.Shuffle[i] })
		for range 12 {
			got.Choice = append(got.Choice, p.Choice([]float64{0.5, 0, 2, 1}))
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateApprox(4e-15, 0)); diff != "" {
			t.Errorf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
}
