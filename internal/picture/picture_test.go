package picture

import (
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

// A square is a drawing that fills the page within its margins with one colour.
type square color.RGBA

func (s square) Save(file string) error {
	return Save(file, Words{"a <square>", "all of one colour"}, func(c draw.Canvas) error {
		c.SetColor(color.RGBA(s))
		c.Fill(c.Path())
		return nil
	})
}

func (square) Caption() string { return "a square" }

func TestSave(t *testing.T) {
	img := picturetest.Saved(t, square(Palette[0]))
	if size := img.Bounds().Size(); size.X != 960 || size.Y != 540 {
		t.Errorf("the size is %v, want 960×540", size)
	}
	for _, at := range []struct {
		x, y int
		want color.RGBA
	}{
		{12, 300, white},
		{14, 300, Palette[0]},
		{935, 300, Palette[0]},
		{937, 300, white},
		{300, 15, white},
		{300, 18, Palette[0]},
		{300, 525, Palette[0]},
		{300, 528, white},
	} {
		if got := picturetest.At(img, image.Pt(at.x, at.y)); got != at.want {
			t.Errorf("pixel (%d, %d) is %v, want %v", at.x, at.y, got, at.want)
		}
	}
}

// Coarse pictures have a tenth of the pixels to the inch, and those that follow have all again.
func TestCoarse(t *testing.T) {
	restore := Coarse()
	coarse := picturetest.Saved(t, square(Palette[0])).Bounds().Size()
	restore()
	after := picturetest.Saved(t, square(Palette[0])).Bounds().Size()
	if coarse != image.Pt(96, 54) || after != image.Pt(960, 540) {
		t.Errorf("the sizes are %v and afterwards %v, want (96,54) and (960,540)", coarse, after)
	}
}

// An SVG picture is on white paper, too, because a program may show it on a dark background.
func TestPaper(t *testing.T) {
	file := filepath.Join(t.TempDir(), "square.svg")
	if err := square(Dark).Save(file); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(b), "fill:#FFFFFF") {
		t.Errorf("%v, want white paper in\n%s", err, b)
	}
}

// A screen reader finds the words of an SVG picture.
func TestWords(t *testing.T) {
	file := filepath.Join(t.TempDir(), "square.svg")
	if err := square(Dark).Save(file); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var svg struct {
		Role  string `xml:"role,attr"`
		Width string `xml:"width,attr"`
		Title string `xml:"title"`
		Desc  string `xml:"desc"`
		Paths []struct {
			D string `xml:"d,attr"`
		} `xml:"g>path"`
	}
	if err := xml.Unmarshal(b, &svg); err != nil {
		t.Fatal(err)
	}
	if svg.Role != "img" || svg.Width != "576pt" || svg.Title != "a <square>" ||
		svg.Desc != "all of one colour" || len(svg.Paths) != 2 {
		t.Errorf("got %+v, want the words, and the paths of the paper and the square", svg)
	}
}

// Capital letters in the ending of a file's name are the same as small ones.
func TestSaveCapitals(t *testing.T) {
	file := filepath.Join(t.TempDir(), "square.PNG")
	if err := square(Dark).Save(file); err != nil {
		t.Fatal(err)
	}
	if _, err := picturetest.Read(file); err != nil {
		t.Error(err)
	}
}

func TestSaveErrors(t *testing.T) {
	folder := t.TempDir()
	fails := errors.New("there is nothing to draw")
	for file, want := range map[string]string{
		"a.gif":      `a.gif: the ending is ".gif", want .png or .svg`,
		"a":          `a: the ending is "", want .png or .svg`,
		"a.svg":      "a.svg: there is nothing to draw",
		"none/a.png": "none/a.png: there is nothing to draw",
	} {
		err := Save(filepath.Join(folder, file), Words{}, func(draw.Canvas) error { return fails })
		if err == nil || err.Error() != filepath.Join(folder, want) {
			t.Errorf("%s: error %v, want %s", file, err, want)
		}
		if _, err := os.Stat(filepath.Join(folder, file)); err == nil {
			t.Errorf("%s: a file is left", file)
		}
	}
	file := filepath.Join(folder, "none", "a.png")
	if err := square(white).Save(file); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("error %v, want one that names %s", err, file)
	}
}

func TestAlbum(t *testing.T) {
	folder := t.TempDir()
	var a Album
	a.Add("1-x.png", square(Dark))
	a.Add("2-y.svg", square(Dark))
	if err := a.Save(folder); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	want := []string{filepath.Join(folder, "1-x.png"), filepath.Join(folder, "2-y.svg")}
	if diff := cmp.Diff(want, files); diff != "" || err != nil {
		t.Errorf("files (-want +got), %v:\n%s", err, diff)
	}
	a = append(Album{{File: "3-z.gif", Drawing: square(Dark)}}, a...)
	folder = t.TempDir()
	err = a.Save(folder)
	if files, _ := filepath.Glob(filepath.Join(folder, "*")); len(files) != 2 {
		t.Errorf("one of three pictures cannot be saved, and there are %v", files)
	}
	if err == nil || !strings.Contains(err.Error(), `3-z.gif: the ending is ".gif"`) {
		t.Errorf("error %v, want one about the ending of 3-z.gif", err)
	}
}

func TestFolder(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	file := filepath.Join(temp, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, want string }{
		{"", filepath.Join(temp, "album-")},
		{filepath.Join(temp, "new", "folder"), filepath.Join(temp, "new", "folder")},
		{temp, temp},
	} {
		got, err := Folder(test.name, "album-")
		if err != nil || !strings.HasPrefix(got, test.want) || test.name != "" && got != test.want {
			t.Errorf("%q: %q, %v, want %q", test.name, got, err, test.want)
		}
		if info, err := os.Stat(got); err != nil || !info.IsDir() {
			t.Errorf("%q: %v, want a folder", got, err)
		}
	}
	if _, err := Folder(filepath.Join(file, "folder"), ""); err == nil ||
		!strings.HasPrefix(err.Error(), "folder for pictures: mkdir ") {
		t.Errorf("error %v, want one about the folder", err)
	}
}

func TestTint(t *testing.T) {
	c := color.RGBA{R: 10, G: 200, B: 255, A: 255}
	for _, test := range []struct {
		share float64
		want  color.RGBA
	}{
		{0, white}, {1, c}, {0.5, color.RGBA{R: 133, G: 228, B: 255, A: 255}},
	} {
		if got := Tint(c, test.share); got != test.want {
			t.Errorf("Tint(%v) is %v, want %v", test.share, got, test.want)
		}
	}
}

func TestWithin(t *testing.T) {
	for _, test := range []struct {
		name, text string
		place      vg.Point
		size       vg.Length // as wide or high as the place allows, but 11 at most
	}{
		{"room", "12", vg.Point{X: 50, Y: 20}, 11},
		{"no text", "", vg.Point{X: 50, Y: 20}, 11},
		{"narrow", "1234567890", vg.Point{X: 30, Y: 20}, 5.1},
		{"low", "12", vg.Point{X: 50, Y: 6}, 4.8},
	} {
		style := Within(test.text, test.place)
		if math.Abs(float64(style.Font.Size-test.size)) > 0.2 {
			t.Errorf("%s: size %.2f, want %v", test.name, style.Font.Size, test.size)
		}
		if r := style.Rectangle(test.text).Size(); r.X > test.place.X || r.Y > test.place.Y {
			t.Errorf("%s: the text takes %v of %v", test.name, r, test.place)
		}
	}
}
