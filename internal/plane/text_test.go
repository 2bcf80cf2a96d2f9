package plane

import (
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	for _, test := range []struct{ name, text, want, fails string }{
		{"signs", "1,2,+;3,4,-", "1,2,+;3,4,-", ""},
		{"a file with a heading", "x,y,class\r\n1,2,1\r\n3.5,-4e-1,0\r\n", "1,2,+;3.5,-0.4,-", ""},
		{"a heading below an empty line", "\nx,y,class\n1,2,1\n3,4,0\n\n", "1,2,+;3,4,-", ""},
		{"words, tabs, an empty line", "1\t2\t\"dog\"\n\n3\t4\tcat\n", "1,2,+;3,4,-", ""},
		{"numbers, not words", "1 2 9\n3 4 10\n", "1,2,-;3,4,+", ""},
		{"one class", "1 2 a\n3 4 a", "1,2,-;3,4,-", ""},
		{"a word for a number", "1,2,a\n3,four,b", "", `row 2, column 2: "four" is not a number`},
		{"a word amid numbers", "1,2,a\n3,four,b\n5,6,a", "", `row 2, column 2: "four" is not a number`},
		{"a word in the first row", "1,two,a\n3,4,b\n5,6,a", "", `row 1, column 2: "two" is not a number`},
		{"and in column 1", "one,2,a\n3,4,b\n5,6,a", "", `row 1, column 1: "one" is not a number`},
		{"too large in the first row", "1e7,2,a\n3,4,b\n5,6,a", "", `row 1, column 1: "1e7" is out of range`},
		{"two headings", "x y class\nin mm -\n1 2 a\n3 4 b", "", `row 2, column 1: "in" is not a number`},
		{"lines of an old Mac", "x y class\r1 2 a\r3 four b\r", "", `row 3, column 2: "four" is not a number`},
		{"empty lines count", "x y class\n\n1,2,a\r\n\r\n3,four,b", "", `row 5, column 2: "four" is not a number`},
		{"too large", "1,2,a\n1e7,4,b", "", `row 2, column 1: "1e7" is out of range, want a number from -1e6`},
		{"NaN", "1,2,a\n3,NaN,b", "", `row 2, column 2: "NaN" is not a number`},
		{"three classes", "1,2,a\n3,4,b\n5,6,c", "", `row 3, column 3: "c" is a third class, after "a" and "b"`},
		{
			"one class in two spellings", "1,2,Yes\n\n3,4,yes", "",
			`row 3, column 3: "yes" may be "Yes" of a row above it, want each class written in one way`,
		},
		{"one number in two spellings", "1,2,0\n3,4,1\n5,6,1.0", "", `row 3, column 3: "1.0" may be "1" of a row`},
		{"four columns", "1,2,a\n3,4,b,5", "", "row 2 has 4 columns, want 3: x, y and a class"},
		{"nothing", "", "", "there are 0 points, want 2 to 2000"},
		{"tags", "<script>alert(1)</script>", "", "row 1 has 1 columns, want 3"},
		{"megabytes", strings.Repeat("x", 5_000_000), "", "the text has 5000000 bytes, want at most 500000"},
		{"too many", strings.Repeat("1,2,a\n", 2001), "", "there are 2001 points, want 2 to 2000"},
	} {
		points, err := Read(test.text)
		if test.fails != "" {
			if err == nil || !strings.HasPrefix(err.Error(), test.fails) || len(err.Error()) > 200 {
				t.Errorf("%s: error %v, want %s", test.name, err, test.fails)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if got, err := Write(points); got != test.want || err != nil {
			t.Errorf("%s: %s, %v, want %s", test.name, got, err, test.want)
		}
	}
}

// What is written is read as the same points.
func FuzzRead(f *testing.F) {
	f.Add("1,2,+;3,4,-")
	f.Add("x y class\n1e3 -2 a\n3 4 b")
	f.Fuzz(func(t *testing.T, text string) {
		points, err := Read(text)
		if err != nil {
			return
		}
		v := Around(points, true)
		for _, p := range points {
			if right, down := v.Place(p); right < 0 || right > 1 || down < 0 || down > 1 {
				t.Errorf("%v is at %v, %v: outside of the picture", p, right, down)
			}
		}
		kept, err := Write(points)
		if err != nil {
			return
		}
		again, err := Read(kept)
		if err != nil || len(again) != len(points) {
			t.Fatalf("%q is read as %d points, %v, want %d", kept, len(again), err, len(points))
		}
		if twice, err := Write(again); twice != kept || err != nil {
			t.Errorf("%q is written again as %q, %v", kept, twice, err)
		}
	})
}
