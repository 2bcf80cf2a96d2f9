package show

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/internal/formula"
)

// MathML returns the derivation as elements of HTML, with formulas in MathML Core, which browsers set as
// mathematics. It needs no script, and nothing in a name can become one. The structure is
//
//	<div class="derivation">
//	<div class="equation" data-of="L" data-by="W2">
//	<div class="left"><math>∂L/∂W2</math></div>
//	<div class="right"><span><math>= …</math> <math>+ …</math></span> <span><math>= …</math></span></div>
//	</div>
//	<p>… and 3 more with respect to values named w[#]</p>
//	</div>
//
// where each span is a right-hand side, in symbols, in numbers, and the result, and each math element in it
// a term, so that the browser can break lines between them. Each factor of a product is an element with the
// attributes data-of and data-by, both where it is a symbol and where it is a number. They are names as
// String writes them in full, and not those by which it abbreviates the names of package nn. An equation that
// says what a name stands for has no data-by.
//
// It panics if d is nil.
func (d *Derivation) MathML() string {
	d.mustBe("MathML")
	var b strings.Builder
	b.WriteString("<div class=\"derivation\">\n")
	equations, _ := d.write(formula.MathML)
	for _, e := range equations {
		b.WriteString(e.MathML())
	}
	for _, s := range d.left {
		fmt.Fprintf(&b, "<p>… %s</p>\n", formula.EscapeHTML(s))
	}
	b.WriteString("</div>\n")
	return b.String()
}
