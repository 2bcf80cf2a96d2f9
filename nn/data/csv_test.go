package data

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// exported compares what a Table shows.
var exported = cmp.Options{cmpopts.IgnoreUnexported(Table{}), cmpopts.EquateNaNs()}

type m = [][]float64

const penguins = `species,island,bill length,sex,mass
Gentoo,Biscoe,46.1,female,4500
Adelie, Torgersen ,39.1,male,3750

Adelie,Biscoe,"38.6","female",3200
Chinstrap,Dream,NA,,3.5e3
`

func TestRead(t *testing.T) {
	kinds := []string{"island", "sex"}
	for _, tt := range []struct {
		name, text string
		csv        CSV
		want       Table
	}{
		{
			"classes, one-hot inputs, a row left out", penguins,
			CSV{Target: "species", Categorical: kinds, Missing: "NA", DropMissing: true},
			Table{
				X: m{{1, 0, 46.1, 1, 0, 4500}, {0, 1, 39.1, 0, 1, 3750}, {1, 0, 38.6, 1, 0, 3200}},
				T: m{{0, 1}, {1, 0}, {1, 0}},
				Inputs: []string{
					"island=Biscoe", "island=Torgersen", "bill length", "sex=female", "sex=male", "mass",
				},
				Target: "species", Classes: []string{"Adelie", "Gentoo"}, Lines: []int{2, 3, 5}, Dropped: 1,
			},
		},
		{
			"missing inputs are kept", penguins,
			CSV{Target: "mass", Categorical: kinds, Missing: " NA ", KeepMissing: true, Ignore: []string{"species"}},
			Table{
				X: m{
					{1, 0, 0, 46.1, 1, 0},
					{0, 0, 1, 39.1, 0, 1},
					{1, 0, 0, 38.6, 1, 0},
					{0, 1, 0, math.NaN(), math.NaN(), math.NaN()},
				},
				T: m{{4500}, {3750}, {3200}, {3500}},
				Inputs: []string{
					"island=Biscoe", "island=Dream", "island=Torgersen", "bill length", "sex=female", "sex=male",
				},
				Target: "mass", Lines: []int{2, 3, 5, 6},
			},
		},
		{
			"some inputs, in an order, with a name that does not occur", penguins,
			CSV{
				Inputs: []string{
					"mass", "island=Dream", "island=Torgersen", "island=Biscoe", "island=Atlantis", "species",
				},
				Categorical: []string{"species"},
			},
			Table{
				X: m{
					{4500, 0, 0, 1, 0, 0, 0, 1},
					{3750, 0, 1, 0, 0, 1, 0, 0},
					{3200, 0, 0, 1, 0, 1, 0, 0},
					{3500, 1, 0, 0, 0, 0, 1, 0},
				},
				Inputs: []string{
					"mass", "island=Dream", "island=Torgersen", "island=Biscoe", "island=Atlantis",
					"species=Adelie", "species=Chinstrap", "species=Gentoo",
				},
				Lines: []int{2, 3, 5, 6},
			},
		},
		{
			"classes in an order of one's own", "x,y\n1,no\n2,yes\n",
			CSV{Target: "y", Classes: []string{"yes", "maybe", "no"}},
			Table{
				X: m{{1}, {2}}, T: m{{0, 0, 1}, {1, 0, 0}}, Inputs: []string{"x"},
				Target: "y", Classes: []string{"yes", "maybe", "no"}, Lines: []int{2, 3},
			},
		},
		{
			"digits as classes, sorted as numbers", "x,y\n1,10\n2,9\n3,x\n",
			CSV{Target: "y", Categorical: []string{"y"}},
			Table{
				X: m{{1}, {2}, {3}}, T: m{{0, 1, 0}, {1, 0, 0}, {0, 0, 1}}, Inputs: []string{"x"},
				Target: "y", Classes: []string{"9", "10", "x"}, Lines: []int{2, 3, 4},
			},
		},
		{
			"two versions that are one number", "x,y\n1.1,1.10\n1.10,1.1\n",
			CSV{Target: "y", Classes: []string{"1.10", "1.1"}, Inputs: []string{"x=1.1", "x=1.10"}},
			Table{
				X: m{{1, 0}, {0, 1}}, T: m{{1, 0}, {0, 1}}, Inputs: []string{"x=1.1", "x=1.10"},
				Target: "y", Classes: []string{"1.10", "1.1"}, Lines: []int{2, 3},
			},
		},
		{
			"two genes that differ in a capital letter, and sodium", "x,y\nA,a\na,A\nNA,a\nNa,A\n",
			CSV{
				Target: "y", Classes: []string{"A", "a"}, Inputs: []string{"x=a", "x=A", "x=Na"},
				Missing: "NA", DropMissing: true,
			},
			Table{
				X: m{{0, 1, 0}, {1, 0, 0}, {0, 0, 1}}, T: m{{0, 1}, {1, 0}, {1, 0}},
				Inputs: []string{"x=a", "x=A", "x=Na"},
				Target: "y", Classes: []string{"A", "a"}, Lines: []int{2, 3, 5}, Dropped: 1,
			},
		},
		{
			"a word for none is a name", "x,y\n1,NA\n2,EU\n",
			CSV{Target: "y", Missing: "none"},
			Table{
				X: m{{1}, {2}}, T: m{{0, 1}, {1, 0}}, Inputs: []string{"x"},
				Target: "y", Classes: []string{"EU", "NA"}, Lines: []int{2, 3},
			},
		},
		{
			"a number says that none is there, in whatever way it is written",
			"x,k,y\n-999.0,a,1\n2,-999,5\n3,-9.99e2,7\n4,b,-999.\n",
			CSV{Target: "y", Categorical: []string{"k"}, Missing: "-999", DropMissing: true},
			Table{
				X: m{{3, 1}}, T: m{{7}}, Inputs: []string{"x", "k=-9.99e2"}, Target: "y", Lines: []int{4}, Dropped: 3,
			},
		},
		{
			"numbers with underscores, which Go has, are names", "x,y\n1,1_2\n2,1_10\n",
			CSV{Target: "y"},
			Table{
				X: m{{1}, {2}}, T: m{{0, 1}, {1, 0}}, Inputs: []string{"x"}, Target: "y",
				Classes: []string{"1_10", "1_2"}, Lines: []int{2, 3},
			},
		},
		{
			"a mark, line ends of Windows, no end of the last line", "\ufeffx,\"y\"\r\n 1 ,-2\r\n+.5,1E-3",
			CSV{Target: "y"},
			Table{X: m{{1}, {.5}}, T: m{{-2}, {1e-3}}, Inputs: []string{"x"}, Target: "y", Lines: []int{2, 3}},
		},
		{
			"other separators, an index without a name, a line end in a cell",
			"\tx\ty\tz\n1\t\"a\nb\"\t2\t5\n2\tc\t3\t6\n",
			CSV{Target: "z", Comma: '\t', Ignore: []string{"", "x"}},
			Table{X: m{{2}, {3}}, T: m{{5}, {6}}, Inputs: []string{"y"}, Target: "z", Lines: []int{2, 4}},
		},
	} {
		got, err := tt.csv.Read(strings.NewReader(tt.text))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(&tt.want, got, exported); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestReadErrors(t *testing.T) {
	const ways = "; DropMissing leaves such rows out; KeepMissing has Standardise put the mean there"
	const kinds = " is not a finite number; a column of names needs Categorical, and Ignore leaves a column out"
	var many strings.Builder
	for i := range mostNames + 1 {
		fmt.Fprintf(&many, "1,name%d\n", i)
	}
	y := CSV{Target: "y"}
	for _, tt := range []struct {
		name, text string
		csv        CSV
		want       string
	}{
		{
			"nothing", "", y,
			"the file is empty, want a line with the names of the columns, and rows below it",
		},
		{
			"a mark alone", "\ufeff", y,
			"the file is empty, want a line with the names of the columns, and rows below it",
		},
		{
			"a header alone", "x,y\n", y,
			"there are no rows below the names of the columns, want at least one",
		},
		{"no header", "1,2\n3,4\n", y, `there is no column "y", want one that line 1 names: 1, 2`},
		{
			"a column that is not there", "x,y\n1,2\n",
			CSV{Target: "Y"},
			`there is no column "Y", want one that line 1 names: x, y`,
		},
		{
			"the target to ignore", "x,y\n1,2\n",
			CSV{Target: "y", Ignore: []string{"x", "y"}},
			"the column y is the Target and among those to Ignore, want it in one of them",
		},
		{
			"an input to ignore", "x,y\n1,2\n",
			CSV{Target: "y", Inputs: []string{"x=1"}, Ignore: []string{"x"}},
			"the column x is among the Inputs and those to Ignore, want it in one of them",
		},
		{
			"no such column to ignore", "x,y\n1,2\n",
			CSV{Target: "y", Ignore: []string{"z"}},
			`there is no column "z", want one that line 1 names: x, y`,
		},
		{
			"no such input", "x,y\n1,2\n",
			CSV{Target: "y", Inputs: []string{"z=1"}},
			`there is no column "z", want one that line 1 names: x, y`,
		},
		{
			"another separator", "x;y\n1,5;2\n", y,
			`there is no column "y", want one that line 1 names: x;y; if ';' separates the cells, ` +
				`set Comma`,
		},
		{
			"a separator that cannot be", "x,y\n1,2\n",
			CSV{Comma: '"'},
			`the Comma is '"', want what can separate cells, such as ';' or '\t'`,
		},
		{
			"the same name twice", "x,y,x\n1,2,3\n", y,
			`line 1: columns 1 and 3 are both named "x", want different names`,
		},
		{
			"a name too few", "x,,y\n1,2,3\n", y,
			`line 1: column 2 has no name, want one; Ignore: []string{""} leaves it out`,
		},
		{
			"a name with =", "x=1,y\n1,2\n", y,
			`line 1: the name of column 1 is "x=1", want one without =, which stands between a ` +
				`column and a name in it`,
		},
		{
			"Latin-1", "gr\xf6\xdfe,y\n1,2\n", y,
			`line 1, column 1: "gr\xf6\xdfe" is not UTF-8, want text in UTF-8`,
		},
		{
			"UTF-16", "\xff\xfex\x00,\x00y\x00\n\x001\x00,\x002\x00\n\x00",
			y,
			`line 1, column 1: "\xff\xfex\x00" is not UTF-8, want text in UTF-8`,
		},
		{
			"a line end in a name", "x,y\n1,\"a\nb\"\n", y,
			`line 2, column y: "a\nb" has a control character, want a name that can be printed`,
		},
		{"a short row", "x,y\n1,2\n3\n", y, "line 3 has 1 cell, want 2, as many as the header has"},
		{
			"a long row, after a cell of two lines", "x,y,z\n1,2,\"\n\"\n3,4,5,6\n",
			CSV{Target: "y", Ignore: []string{"z"}},
			"line 4 has 4 cells, want 3, as many as the header has",
		},
		{
			"a typo after a cell of two lines", "x,y,z\n1,\"a\nb\",3.l4\n",
			CSV{Target: "x", Ignore: []string{"y"}},
			`line 3, column z: "3.l4"` + kinds,
		},
		{
			"two marks", "\ufeff\ufeffx,y\n1,2\n", y,
			`line 1, column 1: "\ufeffx" has a control character, want a name that can be printed`,
		},
		{
			"a quote that does not end", "x,y\n1,\"2\n", y,
			`parse error on line 2, column 6: extraneous or missing " in quoted-field; want quotes around a whole ` +
				`cell, or none, and "" for one in it`,
		},
		{
			"a header that is not on the first line", "\n\nx,,y\n1,2,3\n", y,
			`line 3: column 2 has no name, want one; Ignore: []string{""} leaves it out`,
		},
		{
			"no such column in a header that is not on the first line", "\nx,z\n1,2\n", y,
			`there is no column "y", want one that line 2 names: x, z`,
		},
		{
			"a name that cannot be printed in a header that is not on the first line", "\nx,\a\n1,2\n", y,
			`line 2, column 2: "\a" has a control character, want a name that can be printed`,
		},
		{"a typo", "x,y\n1,2\n3.l4,4\n", y, `line 3, column x: "3.l4"` + kinds},
		{
			"names, in several columns", "a,b,x,y\nred,low,1,2\n", y,
			`line 2, column a: "red"` + kinds + "; the same holds for b",
		},
		{
			"a decimal comma", "x;y\n1;2\n\"3,14\";4\n",
			CSV{Target: "y", Comma: ';'},
			`line 3, column x: "3,14" is not a finite number, want a decimal point in place of the ` +
				`comma`,
		},
		{
			"a comma that may separate thousands", "x,y\n1,2\n\"3,141\",4\n", y,
			`line 3, column x: "3,141" is not a finite number, want a decimal point in place of the comma, or ` +
				`nothing in its place if it separates thousands`,
		},
		{
			"a comma and a point", "x,y\n1,2\n\"3,141.5\",4\n", y,
			`line 3, column x: "3,141.5" is not a finite number, want no comma between thousands`,
		},
		{
			"two commas", "x,y\n1,2\n\"3,141,592\",4\n", y,
			`line 3, column x: "3,141,592" is not a finite number, want no commas between thousands`,
		},
		{"an underscore", "x,y\n1,2\n1_000,4\n", y, `line 3, column x: "1_000"` + kinds},
		{
			"NaN", "x,y\n1,2\nNaN,4\n", y,
			`line 3, column x: "NaN" is not a finite number; if it says that the value is missing, ` +
				`set Missing to "NaN"`,
		},
		{"an infinity", "x,y\n-Inf,2\n", y, `line 2, column x: "-Inf"` + kinds},
		{"too large a number", "x,y\n1e999,2\n", y, `line 2, column x: "1e999"` + kinds},
		{"a hexadecimal number", "x,y\n0x10,2\n", y, `line 2, column x: "0x10"` + kinds},
		{"an empty cell", "x,y\n1,2\n,4\n", y, "line 3, column x: the cell is empty" + ways},
		{
			"a missing name", "x,y\n1,2\n?,4\n",
			CSV{Target: "y", Missing: "?", Categorical: []string{"x"}},
			`line 3, column x: "?" says that the value is missing` + ways,
		},
		{
			"a word for none", "x,y\n1,n/a\n", y,
			`line 2, column y: "n/a" may say that the value is missing: set Missing to it, or if it ` +
				`is a name, to another text`,
		},
		{
			"a missing target", "x,y\n1,2\n3,\n",
			CSV{Target: "y", KeepMissing: true},
			"line 3, column y: the cell is empty, want a target in every row",
		},
		{
			"values missing in all rows", "x,y\n,2\n1,\n",
			CSV{Target: "y", DropMissing: true},
			"each of the 2 rows has a missing value: DropMissing leaves none",
		},
		{
			"contrary wishes", "x,y\n1,2\n",
			CSV{DropMissing: true, KeepMissing: true},
			"DropMissing and KeepMissing are both true, want at most one",
		},
		{
			"a name among numbers", "x,y\n1,2.5\n1,2.S\n", y,
			`line 3, column y: "2.S" is not a finite number, and "2.5" on line 2 is one, want all ` +
				`numbers, or all names`,
		},
		{
			"a number among names", "x,y\n1,2.S\n1,2.5\n", y,
			`line 3, column y: "2.5" is a number and "2.S" on line 2 is not, want all numbers, or ` +
				`all names; names that look like numbers need Categorical`,
		},
		{
			"one class in two spellings", "x,y\n1,2\n1,1\n2,1.0\n",
			CSV{Target: "y", Categorical: []string{"y"}},
			`line 4, column y: "1.0" is the same number as "1" on line 3, want it written in one way; if these ` +
				"are two names, want both in Classes",
		},
		{
			"one name in two spellings", "x,y\n-0,1\n0,2\n",
			CSV{Target: "y", Categorical: []string{"x"}},
			`line 3, column x: "0" is the same number as "-0" on line 2, want it written in one way; if these are ` +
				"two names, want both in Inputs",
		},
		{
			"one class with and without a capital letter", "x,y\n1,no\n2,Yes\n\n3,no\n4,yes\n", y,
			`line 6, column y: "yes" is "Yes" on line 3 but for capital letters or spaces, want it written in one ` +
				"way; if these are two names, want both in Classes",
		},
		{
			"one name with one space and with two", "x,y\nDream  ÎLE,1\nDream Île,2\n",
			CSV{Target: "y", Categorical: []string{"x"}},
			`line 3, column x: "Dream Île" is "Dream  ÎLE" on line 2 but for capital letters or spaces, want it ` +
				"written in one way; if these are two names, want both in Inputs",
		},
		{
			"the word for a missing value in small letters", "x,y\nA,1\nNA,2\nna,3\n",
			CSV{Target: "y", Categorical: []string{"x"}, Missing: "NA", DropMissing: true},
			`line 4, column x: "na" is "NA", which says that the value is missing, but for capital letters or ` +
				"spaces, want it written in one way; if it is a name, want it in Inputs",
		},
		{
			"an unknown name", "x,y\nred,1\nblue,2\n",
			CSV{Target: "y", Inputs: []string{"x=red", "x=green"}},
			`line 3, column x: "blue" is not one of red, green`,
		},
		{
			"an unknown class", "x,y\n1,red\n2,blue\n",
			CSV{Target: "y", Classes: []string{"red", "green"}},
			`line 3, column y: "blue" is not one of red, green`,
		},
		{
			"one class", "x,y\n1,red\n2,red\n", y,
			"column y: there is one class, red, want at least two; Classes says which there are",
		},
		{
			"classes of nothing", "x,y\n1,2\n",
			CSV{Inputs: []string{"x"}, Classes: []string{"a"}},
			"there is no Target, want the column to learn; or, for rows to be predicted, want no Classes, and " +
				"Inputs, such as the Names of a Scaler",
		},
		{
			"a class twice", "x,y\n1,2\n",
			CSV{Target: "y", Classes: []string{"2", "2"}},
			`column y: the CSV has the name "2" twice, want it once`,
		},
		{
			"a class that cannot occur", "x,y\n1,2\n",
			CSV{Target: "y", Classes: []string{"2", " 3"}},
			`column y: the name is " 3", want one that does not begin or end with a space`,
		},
		{
			"an input twice", "x,y\n1,2\n",
			CSV{Target: "y", Inputs: []string{"x", "x"}},
			`the CSV has the input "x" twice, want it once`,
		},
		{
			"an input and its part", "x,y\nred,2\n",
			CSV{Target: "y", Inputs: []string{"x=red", "x"}},
			`the CSV has the input "x=red" twice, want it once`,
		},
		{
			"the target as an input", "x,y\n1,2\n",
			CSV{Target: "y", Inputs: []string{"x", "y"}},
			"the column y is the Target and among the Inputs, want it in one of them",
		},
		{
			"no inputs", "y\n1\n", y,
			"there is no column for an input, want at least one beside the Target",
		},
		{
			"too many names", "x,y\n" + many.String(),
			CSV{Target: "x", Categorical: []string{"y"}},
			`line 1002, column y: "name1000" is one more than 1000 different names, want fewer; ` +
				`Ignore leaves a column out`,
		},
		{
			"many columns", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v\n", y,
			`there is no column "y", want one that line 1 names: a, b, c, d, e, f, g, h, i, j, k, l, ` +
				`m, n, o, p, q, r, s, t and 2 others`,
		},
	} {
		got, err := tt.csv.Read(strings.NewReader(tt.text))
		if want := "data: Read: " + tt.want; err == nil || err.Error() != want || got != nil {
			t.Errorf("%s: %v, error\n%v, want\n%v", tt.name, got, err, want)
		}
	}
}

// A file is named in the error, once.
func TestReadCSV(t *testing.T) {
	file := filepath.Join(t.TempDir(), "t.csv")
	for _, tt := range []struct{ text, want string }{
		{"x,y\n1,2\n3,4\n", "<nil>"},
		{"x,y\n1,2\nthree,4\n", "data: ReadCSV: " + file + `: line 3, column x: "three" is not a finite number; ` +
			"a column of names needs Categorical, and Ignore leaves a column out"},
	} {
		if err := os.WriteFile(file, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadCSV(file, CSV{Target: "y"}); fmt.Sprint(err) != tt.want {
			t.Errorf("error %v, want %s", err, tt.want)
		}
	}
	if _, err := ReadCSV(file+"none", CSV{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v, want that there is no such file", err)
	}
}

func TestTableString(t *testing.T) {
	c := CSV{Target: "species", Categorical: []string{"island", "sex"}, Missing: "NA", DropMissing: true}
	table, err := c.Read(strings.NewReader(penguins))
	if err != nil {
		t.Fatal(err)
	}
	const want = "3 rows, and 1 left out\n" +
		"6 inputs: island=Biscoe, island=Torgersen, bill length, sex=female, sex=male,\n  mass\n" +
		"species: Adelie (2), Gentoo (1)\n"
	if got := table.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	c = CSV{Target: "mass", Inputs: []string{"species"}, Categorical: []string{"species"}}
	if table, err = c.Read(strings.NewReader(penguins)); err != nil {
		t.Fatal(err)
	}
	const number = "4 rows\n3 inputs: species=Adelie, species=Chinstrap, species=Gentoo\nmass: a number\n"
	if got := table.String(); got != number {
		t.Errorf("got\n%swant\n%s", got, number)
	}
}
