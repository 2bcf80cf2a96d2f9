package model

import (
	"fmt"
	"testing"
	"time"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
)

// BenchmarkRecord records the GPT for texts of 15 down to 2 positions: a program for each length, all of
// which share the parameters. It reports the time of Record for all of them, alone and by node. To build the
// graphs takes the rest of the time.
func BenchmarkRecord(b *testing.B) {
	for _, bm := range []struct {
		name  string
		style Style
	}{{"Dot", WithDot}, {"OneByOne", OneByOne}} {
		b.Run(bm.name, func(b *testing.B) {
			n := NewGPT(1)
			w, nodes, took := gradus.Values(n.P), 0, time.Duration(0)
			for i, v := range w {
				v.As(fmt.Sprint("w", i))
			}
			for b.Loop() {
				r := replay.Recorder{Params: w}
				for length := 15; length >= 2; length-- {
					r.Inputs = gradus.Values(make([]float64, length+1))
					loss := n.lossOf(length, bm.style, w, r.Inputs)
					start := time.Now()
					p, err := r.Record(loss)
					if took += time.Since(start); err != nil {
						b.Fatal(err)
					}
					if r.Params = nil; r.Share == nil {
						r.Share = p
					}
					nodes += len(gradus.Topo(loss))
				}
			}
			b.ReportMetric(float64(took.Nanoseconds())/1e6/float64(b.N), "record-ms/op")
			b.ReportMetric(float64(took.Nanoseconds())/float64(nodes), "record-ns/node")
		})
	}
}
