// Command gen writes the assembly of package kernel, with avo. See the go:generate line there.
package main

import (
	. "github.com/mmcloughlin/avo/build"
)

func main() {
	ConstraintExpr("!purego")
	avx2.masks()
	for _, s := range []*set{avx2, avx512} {
		for _, t := range s.nt {
			s.mulNT(t)
		}
		for _, t := range s.nn {
			s.mulNN(t)
		}
	}
	// Memory or latency bound these: 512 bits at a time are no faster.
	avx2.outer()
	avx2.dot()
	avx2.sum()
	avx2.addScaled()
	avx2.elementwiseKernels()
	avx2.optimizers()
	Generate()
}
