//go:build (amd64 || arm64) && !purego

package kernel

// Products of matrices in blocks that stay in a cache, for processors with assembly.

const (
	// blockK is how far MulNT goes along long rows before it turns to the next rows: four such
	// pieces of A stay in the L1 cache while it reads B.
	blockK = 1024
	// bytesL2 is the size of a block of B, if several blocks of A are multiplied by it.
	bytesL2 = 512 << 10
	// blockL is how many rows of B are a block of MulNN: some columns of them stay in the L1 cache.
	blockL = 64
	// blockFew replaces blockL if C has only a few rows. To come back to these costs little, and
	// B is better read along its rows than down its columns.
	blockFew = 8
	// narrow is how many columns a few rows of C have at most if they stay in registers while MulNN reads all
	// of B once, without blocks.
	narrow = 16
)

// mulNT is MulNT in blocks. The block of B has a multiple of the rows of a tile.
func mulNT(
	c []float64, ldc int, a []float64, lda int, b []float64, ldb int, m, n, k int, add bool,
) {
	if n == 1 {
		mulColumn(c, ldc, a, lda, b[:k], m, add)
		return
	}
	rows := n
	if m > 4 {
		rows = bytesL2 / 8 / min(k, blockK) / tileRows * tileRows
	}
	for j := 0; j < n; j += rows {
		h := min(n-j, rows)
		from := add
		for l := 0; l < k; l += blockK {
			w := min(k-l, blockK)
			rowsNT(c[j:], ldc, a[l:], lda, &b[j*ldb+l], ldb, m, h, w, bit(from))
			from = true
		}
	}
}

// blockOf returns how many rows of B MulNN adds to all of C before it takes the next.
func blockOf(m, n, k int) int {
	switch {
	case m > 2:
		return blockL
	case n > narrow:
		return blockFew
	}
	return k
}
