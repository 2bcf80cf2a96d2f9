package nn

import (
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
)

func own(name string) Activation {
	return NewActivation(name, func(z *gradus.Value) *gradus.Value { return z.Mul(z) })
}

// Every activation comes back by its name, with its number to the bit.
func TestLoadActivations(t *testing.T) {
	for _, a := range append(Activations(),
		LeakyReLU(0), LeakyReLU(-0.5), LeakyReLU(1e300),
		LeakyReLU(1./3), ScaledSigmoid(0.1), ScaledSigmoid(-1e-300), ScaledSigmoid(1e21),
		own("square"), own(`<"\&>`+"\n\u2028é"), own("scaledSigmoid(x)"), own("leakyReLU")) {
		m := small()
		m.Layers[0].Activation = a
		name, _ := saved(t, m)
		got, err := Load(name, own("other"), a)
		if err != nil {
			t.Errorf("%s: %v", a.Name(), err)
			continue
		}
		if diff := sameNetwork(m, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", a.Name(), diff)
		}
		for _, z := range []float64{-3, -0.1, 0, 1.5} {
			want, z := a.Apply(gradus.New(z)).Data, gradus.New(z)
			if got := got.Layers[0].Activation.Apply(z).Data; got != want {
				t.Errorf("%s(%v) = %v, want %v", a.Name(), z.Data, got, want)
			}
		}
	}
}

// An activation of the caller's own has to be given, and the error lists what there is.
func TestLoadUnknownActivation(t *testing.T) {
	m := small()
	m.Layers[1].Activation = own("square")
	_, text := saved(t, m)
	want := `layers[1].activation is "square", want one of ` + known
	if got := loadError(t, string(text)); got != want+`, or one given to Load` {
		t.Errorf("the error is\n%s\nwant\n%s", got, want)
	}
	want += `, cube, swish, or one given to Load`
	if got := loadError(t, string(text), own("cube"), own("swish")); got != want {
		t.Errorf("the error is\n%s\nwant\n%s", got, want)
	}
	long := strings.Replace(smallText, "tanh", strings.Repeat("tanh", 1000), 1)
	if got := loadError(t, long); len(got) > 300 {
		t.Errorf("the error has %d bytes, want a sentence", len(got))
	}
}
