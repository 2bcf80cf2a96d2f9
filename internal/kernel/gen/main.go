// Command gen writes the assembly of package kernel: with avo for amd64, and as text for arm64. See the
// go:generate lines there.
package main

import (
	"flag"
	"log"
	"os"

	. "github.com/mmcloughlin/avo/build"
)

func main() {
	path := flag.String("functions", "", "write the functions, and their constants to this Go file")
	arm := flag.String("neon", "", "write what there is for arm64 to this file")
	flag.Parse()
	if *arm != "" {
		if err := os.WriteFile(*arm, neonKernels(), 0o644); err != nil {
			log.Fatal(err)
		}
		return
	}
	ConstraintExpr("!purego")
	if *path != "" {
		functions(*path)
	} else {
		products()
	}
	Generate()
}

// products writes the products of matrices and of vectors.
func products() {
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
	avx2.outer(false)
	avx2.outer(true)
	avx512.outer(true) // rows of eight lie in the cache
	avx2.dot()
	avx2.sum()
	avx2.addScaled()
	avx2.scaleGrad()
	for _, s := range []*set{avx2, avx512} {
		s.shift()
		s.normalize()
		s.softmaxGrad()
		s.norms()
	}
	fetch()
	avx2.elementwiseKernels()
	orders()
	avx2.narrows()
	avx512.narrows()
	avx2.optimizers()
	scans()
	gather()
	gatherFours()
	avx2.eachProduct()
	transpose()
}

// functions writes the functions of one number.
func functions(path string) {
	code, err := goConstants()
	if err == nil {
		err = os.WriteFile(path, code, 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
	writeTable(append(constants(), assemblyConstants()...))
	avx2.functions()
	avx512.functions()
	avx2.gradients()
}
