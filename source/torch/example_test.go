package torch_test

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/source/torch"
)

// line records (w·x + b − t)² with w = 2 and b = 0.5.
func line() (p *replay.Program, w, b *gradus.Value) {
	x, t := gradus.New(1).As("x"), gradus.New(0).As("t")
	w, b = gradus.New(2).As("w"), gradus.New(0.5).As("b")
	p, err := replay.Record(w.Mul(x).Add(b).Sub(t).Square().As("L"), x, t)
	if err != nil {
		log.Fatal(err)
	}
	return p, w, b
}

func ExampleModule() {
	p, _, _ := line()
	text, err := torch.Module(p)
	if err != nil {
		log.Fatal(err)
	}
	_, class, _ := strings.Cut(text, "    def forward")
	forward, _, _ := strings.Cut(class, "\n\n")
	fmt.Println("    def forward" + forward)
	// Output:
	//     def forward(self, inputs):
	//         x = inputs[..., 0]
	//         t = inputs[..., 1]
	//         t1 = x * self.w + self.b
	//         t2 = t1 - t
	//         L = t2.square()
	//         return L
}

func ExampleWrite() {
	folder, err := os.MkdirTemp("", "torch-")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	p, _, _ := line()
	if err := torch.Write(filepath.Join(folder, "line.py"), p); err != nil {
		log.Print(err)
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		log.Print(err)
	}
	for _, f := range files {
		fmt.Println(f.Name())
	}
	// Output:
	// line.npz
	// line.py
	// line_train.py
}

// A round trip: the numbers that a file has come back into the Values.
func ExampleReadParams() {
	folder, err := os.MkdirTemp("", "torch-")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	p, w, b := line()
	file := filepath.Join(folder, "line.npz")
	if err := torch.WriteParams(file, p); err != nil {
		log.Print(err)
	}
	p.Numbers()[p.Index(w)] = 7 // not what the file has
	if err := torch.ReadParams(file, p); err != nil {
		log.Print(err)
	}
	p.Store()
	fmt.Println(w.Data, b.Data)
	// Output: 2 0.5
}

func ExampleWriteParams() {
	folder, err := os.MkdirTemp("", "torch-")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	p, _, _ := line()
	file := filepath.Join(folder, "line.safetensors")
	if err := torch.WriteParams(file, p); err != nil {
		log.Print(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		log.Print(err)
	}
	end := strings.LastIndex(string(text), "}") + 1
	fmt.Println(string(text[8:end])) // the numbers follow
	// Output:
	// {"b":{"dtype":"F64","shape":[],"data_offsets":[0,8]},"w":{"dtype":"F64","shape":[],"data_offsets":[8,16]}}
}
