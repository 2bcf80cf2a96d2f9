package player

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/shapes"
)

// Each part has one place in the fragment, the element with its name, and nothing else has braces.
func TestFragmentHasPlaces(t *testing.T) {
	text := Fragment()
	for name := range New(shapes.Fork()).Parts() {
		if n := strings.Count(text, fmt.Sprintf("data-part=%q", name)); n != 1 {
			t.Errorf("the fragment has %d places for the part %s, want 1", n, name)
		}
		if n := strings.Count(markup, "{{"+name+"}}"); n != 1 {
			t.Errorf("the markup has the words {{%s}} %d times, want once", name, n)
		}
	}
	if strings.Contains(text, "{{") {
		t.Error("the fragment has words in braces, which no part fills")
	}
}

// A name that looks like markup, or like the place of a part, is text.
func TestHTMLHasHostileNamesAsText(t *testing.T) {
	root := gradus.New(1).As("{{picture}}</script>").Exp().As("<b>{{numbers}}")
	text := New(root).HTML()
	if n := strings.Count(text, "<svg"); n != 1 {
		t.Errorf("there are %d pictures, want one, although a name is {{picture}}", n)
	}
	for _, want := range []string{"{{picture}}&lt;/script&gt;", "&lt;b&gt;{{numbers}}"} {
		if !strings.Contains(text, want) {
			t.Errorf("the name %s is not shown as it is", want)
		}
	}
	for _, tag := range []string{"<b>", "</script"} {
		if strings.Contains(text, tag) {
			t.Errorf("a name became the element %s", tag)
		}
	}
}
