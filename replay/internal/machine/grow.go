package machine

// Grow adds an instruction of one element to in, if it does the same to the operands that
// come next. Elements are computed in order, so that those of a function of two numbers may
// depend on those before; those of a function of one may not.
func (in *Inst) Grow(next *Inst) bool {
	if !in.alike(next) || in.Z+in.N != next.Z || in.Y == None && next.X >= in.Z {
		return false
	}
	grown := *in
	for _, o := range []struct {
		at, next int32
		step     *int8
	}{
		{in.X, next.X, &grown.XStep}, {in.Y, next.Y, &grown.YStep}, {in.C, next.C, &grown.CStep},
	} {
		if o.at != None && o.next == o.at+1 {
			*o.step = 1
		}
		if o.next != o.at+int32(*o.step)*in.N {
			return false
		}
	}
	grown.N++
	grown.Once = next.Once && (in.Once || in.N == 1)
	*in = grown
	return true
}

// alike reports whether two instructions do the same, element by element.
func (in *Inst) alike(next *Inst) bool {
	switch in.Code {
	case Pack, Dense, Total, Nary:
		return false
	}
	return in.Code == next.Code && in.Op == next.Op && in.Active == next.Active &&
		in.Main == next.Main && in.GradX == next.GradX && in.GradY == next.GradY
}
