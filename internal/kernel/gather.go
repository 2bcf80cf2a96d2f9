package kernel

// Places are places in a vector: any number of them, in any order. Some may be the same.
type Places struct {
	at    []int32
	end   int  // all are less
	fours bool // the first four lie side by side, and so do the next four, and so on to the end
}

// NewPlaces returns places. The slice must not change from now on: the methods rely on what NewPlaces has
// found out about it. It panics if a place is negative.
func NewPlaces(at []int32) *Places {
	p := &Places{at: at, fours: len(at)%4 == 0}
	for i, k := range at {
		if k < 0 {
			panic("kernel: NewPlaces: a place is negative")
		}
		p.end = max(p.end, int(k)+1)
		p.fours = p.fours && k == at[i/4*4]+int32(i%4)
	}
	return p
}

// Gather sets z[i] to the number that x has at place i. x may overlap z, but not at the places. It panics if
// there are more places than numbers in z, or if one is not a place in x.
func (p *Places) Gather(z, x []float64) {
	p.check(x, z)
	if z = z[:len(p.at)]; isShort(z) {
		Gather(z, x, p.at)
		return
	}
	p.gather(z, x)
}

// AddAt is the reverse of Gather: it adds gz[i] to the number that gx has at place i, one after the other.
func (p *Places) AddAt(gx, gz []float64) {
	p.check(gx, gz)
	if gz = gz[:len(p.at)]; isShort(gz) {
		goAddAt(gx, gz, p.at)
		return
	}
	p.addAt(gx, gz)
}

// check panics if x lacks one of the places, or if z has fewer numbers than there are places.
func (p *Places) check(x, z []float64) {
	if p.end > len(x) || len(p.at) > len(z) {
		panic("kernel: Places: a place is outside of its vector")
	}
}

// The loops in this file take four places at a time, which is a third faster for a Gather.

// Gather sets z[i] to x[at[i]]. It panics if there are more at than z, or if one is not a place in x.
func Gather(z, x []float64, at []int32) {
	z = z[:len(at)]
	for ; len(at) >= 4; z, at = z[4:], at[4:] {
		k, z := at[:4], z[:4]
		z[0], z[1], z[2], z[3] = x[k[0]], x[k[1]], x[k[2]], x[k[3]]
	}
	for i, k := range at {
		z[i] = x[k]
	}
}

// goAddAt is AddAt.
func goAddAt(gx, gz []float64, at []int32) {
	gz = gz[:len(at)]
	for ; len(at) >= 4; gz, at = gz[4:], at[4:] {
		k, gz := at[:4], gz[:4]
		gx[k[0]] += gz[0]
		gx[k[1]] += gz[1]
		gx[k[2]] += gz[2]
		gx[k[3]] += gz[3]
	}
	for i, k := range at {
		gx[k] += gz[i]
	}
}
