// Package torchdata reads what PyTorch computed for the tests: testdata/torch.json, which
// testdata/torch.py beside it writes.
package torchdata
