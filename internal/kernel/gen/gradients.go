package main

import (
	. "github.com/mmcloughlin/avo/build"
)

// gradients writes the kernels that hand on the gradients of functions.
func (s *set) gradients() {
	s.elementwise("tanhGrad", "gx gz z", "adds gz·(1 − z²) to gx.", func(e *elementwise) {
		gz, z, d := e.get("gz"), e.get("z"), e.register()
		VMOVUPD(c("one"), d)
		VMULPD(z, z, z)
		VSUBPD(z, d, d)
		VMULPD(d, gz, gz)
		e.add("gx", gz)
	})
	s.elementwise("sigmoidGrad", "gx gz z", "adds gz·z(1 − z) to gx.", func(e *elementwise) {
		gz, z, d := e.get("gz"), e.get("z"), e.register()
		VMOVUPD(c("one"), d)
		VSUBPD(z, d, d)
		VMULPD(d, z, d)
		VMULPD(d, gz, gz)
		e.add("gx", gz)
	})
	s.elementwise("softplusGrad", "gx gz x e", "adds gz/(1 + e^−x) to gx, for e = e^−|x|.", func(e *elementwise) {
		gz, x, power, d := e.get("gz"), e.get("x"), e.get("e"), e.register()
		VMOVUPD(c("one"), d)
		VCMPPD(less, c("zero"), x, x)
		VBLENDVPD(x, power, d, x) // 1/(1 + e^−x) is e/(1 + e) where x is negative
		VADDPD(d, power, d)
		VDIVPD(d, x, d)
		VMULPD(d, gz, gz)
		e.add("gx", gz)
	})
}
