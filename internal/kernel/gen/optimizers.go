package main

import (
	. "github.com/mmcloughlin/avo/build"
)

// optimizers writes the kernels that update parameters x, given their gradients gx.
func (s *set) optimizers() {
	s.elementwise("accelerate", "v x gx momentum= decay=", "computes v = momentum·v + (gx + decay·x).",
		func(e *elementwise) {
			x, g, v := e.get("x"), e.get("gx"), e.get("v")
			VMULPD(e.number("decay"), x, x)
			VADDPD(x, g, g)
			VMULPD(e.number("momentum"), v, v)
			VADDPD(g, v, v)
			e.put("v", v)
		})
	s.elementwise("adam", "x m v gx decay= keep= beta1= rest1= beta2= rest2= rate= root= epsilon=",
		"takes a step of Adam.", func(e *elementwise) {
			x, g, product := e.get("x"), e.get("gx"), e.register()
			VMULPD(e.number("decay"), x, product)
			VADDPD(product, g, g)
			m := e.get("m")
			VMULPD(e.number("beta1"), m, m)
			VMULPD(e.number("rest1"), g, product)
			VADDPD(product, m, m)
			e.put("m", m)
			v := e.get("v")
			VMULPD(e.number("beta2"), v, v)
			VMULPD(e.number("rest2"), g, product)
			VMULPD(g, product, product)
			VADDPD(product, v, v)
			e.put("v", v)
			VSQRTPD(v, v)
			VMULPD(e.number("root"), v, v)
			VADDPD(e.number("epsilon"), v, v)
			VMULPD(e.number("rate"), m, m)
			VDIVPD(v, m, m)
			VMULPD(e.number("keep"), x, x)
			VSUBPD(m, x, x)
			e.put("x", x)
		})
}
