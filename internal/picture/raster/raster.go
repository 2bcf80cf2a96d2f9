package raster

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"math"
	"regexp"
	"strconv"
	"strings"

	"codeberg.org/go-fonts/dejavu/dejavusansmono"
	"codeberg.org/go-fonts/dejavu/dejavusansmonobold"
	"codeberg.org/go-fonts/dejavu/dejavusansmonooblique"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// scale is how many pixels of the PNG file are one pixel of the SVG file, so that letters are sharp. Most
// is how many there are at most.
const (
	scale = 2
	most  = 100_000_000
)

// A drawing is an SVG file of show.SVG. A group is a node or an edge of it.
type drawing struct {
	Width  float64 `xml:"width,attr"`
	Height float64 `xml:"height,attr"`
	Style  string  `xml:"style"`
	Groups []group `xml:"g"`
}

type group struct {
	Class string `xml:"class,attr"`
	Paths []struct {
		Class string `xml:"class,attr"`
		D     string `xml:"d,attr"`
	} `xml:"path"`
	Boxes []struct {
		X      float64 `xml:"x,attr"`
		Y      float64 `xml:"y,attr"`
		Width  float64 `xml:"width,attr"`
		Height float64 `xml:"height,attr"`
		Radius float64 `xml:"rx,attr"`
	} `xml:"rect"`
	Texts []struct {
		Class string  `xml:"class,attr"`
		X     float64 `xml:"x,attr"`
		Y     float64 `xml:"y,attr"`
		Text  string  `xml:",chardata"`
	} `xml:"text"`
}

// PNG returns a picture that show.SVG drew as a PNG file, in its colours for light backgrounds and with
// twice as many pixels each way.
//
// It returns an error if svg is not such a picture, or if it has more than 100,000,000 pixels.
func PNG(svg []byte) ([]byte, error) {
	var d drawing
	if err := xml.Unmarshal(svg, &d); err != nil {
		return nil, fmt.Errorf("raster: the picture is not SVG: %w", err)
	}
	if pixels := d.Width * d.Height * scale * scale; !(pixels >= 1 && pixels <= most) {
		return nil, fmt.Errorf("raster: the picture has %.0f pixels, want 1 to %d; an SVG file may be larger",
			pixels, most)
	}
	p := &painter{
		rules: rules(d.Style), height: d.Height,
		canvas: vgimg.NewWith(vgimg.UseWH(vg.Length(d.Width), vg.Length(d.Height)), vgimg.UseDPI(72*scale)),
	}
	p.canvas.SetColor(p.colour(".paper", "fill"))
	p.canvas.Fill(p.box(0, 0, d.Width, d.Height, 0))
	for _, g := range d.Groups {
		if err := p.group(g); err != nil {
			return nil, err
		}
	}
	var file bytes.Buffer
	_, err := vgimg.PngCanvas{Canvas: p.canvas}.WriteTo(&file)
	return file.Bytes(), err
}

// A painter draws on a canvas, whose y axis points up, with the rules of a style sheet: the values of
// properties by selectors.
type painter struct {
	rules  map[string]map[string]string
	height float64
	canvas *vgimg.Canvas
}

var rule = regexp.MustCompile(`([^{}]+)\{([^{}]*)\}`)

// rules reads the rules of a style sheet up to those for dark backgrounds.
func rules(sheet string) map[string]map[string]string {
	sheet, _, _ = strings.Cut(sheet, "@media")
	all := map[string]map[string]string{}
	for _, r := range rule.FindAllStringSubmatch(sheet, -1) {
		selector := strings.TrimSpace(r[1])
		if all[selector] == nil {
			all[selector] = map[string]string{}
		}
		for declaration := range strings.SplitSeq(r[2], ";") {
			name, value, _ := strings.Cut(declaration, ":")
			all[selector][strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	return all
}

// colour returns a colour of a rule, such as #0072b2, or black.
func (p *painter) colour(selector, property string) color.Color {
	rgb, _ := strconv.ParseUint(strings.TrimPrefix(p.rules[selector][property], "#"), 16, 24)
	return color.RGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 255}
}

// lengths returns the lengths of a rule, such as 5 3.
func (p *painter) lengths(selector, property string) (all []vg.Length) {
	for field := range strings.FieldsSeq(p.rules[selector][property]) {
		x, _ := strconv.ParseFloat(field, 64)
		all = append(all, vg.Length(x))
	}
	return all
}

// group draws a node or an edge.
func (p *painter) group(g group) error {
	role, _, _ := strings.Cut(strings.TrimPrefix(g.Class, "node "), " ")
	role = "." + role + " .box"
	isPending := strings.Contains(g.Class, "nograd")
	box := func(path vg.Path) {
		p.canvas.SetColor(p.colour(role, "fill"))
		p.canvas.Fill(path)
		if isPending {
			p.canvas.SetLineDash(p.lengths(".nograd .box", "stroke-dasharray"), 0)
		}
		p.stroke(path, role, ".box")
		p.canvas.SetLineDash(nil, 0)
	}
	for _, b := range g.Boxes {
		box(p.box(b.X, b.Y, b.Width, b.Height, b.Radius))
	}
	for _, q := range g.Paths {
		path, err := p.path(q.D)
		switch {
		case err != nil:
			return err
		case q.Class == "box":
			box(path)
		case q.Class == "line":
			p.stroke(path, ".line", ".line")
		default:
			p.canvas.SetColor(p.colour("."+q.Class, "fill"))
			p.canvas.Fill(path)
		}
	}
	p.canvas.SetColor(p.colour("text", "fill"))
	for i, t := range g.Texts {
		face := regular
		switch {
		case i == 0:
			face = bold
		case isPending && t.Class == "grad":
			face = oblique
		}
		at := p.point(t.X, t.Y)
		at.X -= face.Width(t.Text) / 2
		p.canvas.FillString(face, at, t.Text)
	}
	return nil
}

// stroke draws a line with the colour and the width that two rules have.
func (p *painter) stroke(path vg.Path, colour, width string) {
	p.canvas.SetColor(p.colour(colour, "stroke"))
	for _, w := range p.lengths(width, "stroke-width") {
		p.canvas.SetLineWidth(w)
	}
	p.canvas.Stroke(path)
}

func (p *painter) point(x, y float64) vg.Point {
	return vg.Point{X: vg.Length(x), Y: vg.Length(p.height - y)}
}

// box returns the outline of a rectangle whose corners have a radius.
func (p *painter) box(x, y, width, height, radius float64) (path vg.Path) {
	corner := func(x, y, from float64) { // a quarter of a circle, clockwise
		path.Arc(p.point(x, y), vg.Length(radius), from, -math.Pi/2)
	}
	left, right, top, bottom := x+radius, x+width-radius, y+radius, y+height-radius
	path.Move(p.point(left, y))
	corner(right, top, math.Pi/2)
	corner(right, bottom, 0)
	corner(left, bottom, -math.Pi/2)
	corner(left, top, math.Pi)
	path.Close()
	return path
}

var command = regexp.MustCompile(`([A-Za-z])([^A-Za-z]*)`)

// path returns the path that the commands of SVG describe. It knows those that show.SVG writes.
func (p *painter) path(d string) (path vg.Path, err error) {
	var x, y float64
	for _, c := range command.FindAllStringSubmatch(d, -1) {
		var n [6]float64
		fields := strings.Fields(c[2])
		for i := range min(len(fields), len(n)) {
			if n[i], err = strconv.ParseFloat(fields[i], 64); err != nil {
				return nil, fmt.Errorf("raster: the path %.20q has no number in %q", d, c[0])
			}
		}
		switch c[1] {
		case "M":
			x, y = n[0], n[1]
			path.Move(p.point(x, y))
			continue
		case "C":
			x, y = n[4], n[5]
			path.CubeTo(p.point(n[0], n[1]), p.point(n[2], n[3]), p.point(x, y))
			continue
		case "z":
			path.Close()
			continue
		case "H":
			x = n[0]
		case "h":
			x += n[0]
		case "v":
			y += n[0]
		case "l":
			x, y = x+n[0], y+n[1]
		default:
			return nil, fmt.Errorf("raster: the path %.20q has the command %s, want one of M C H h l v z", d, c[1])
		}
		path.Line(p.point(x, y))
	}
	return path, nil
}

// The letters are those that the SVG file asks for first.
var (
	regular = face(dejavusansmono.TTF)
	bold    = face(dejavusansmonobold.TTF)
	oblique = face(dejavusansmonooblique.TTF)
)

const fontSize = 12 // as in the SVG file

func face(ttf []byte) font.Face {
	f, err := opentype.Parse(ttf)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return font.Face{Font: font.Font{Size: fontSize}, Face: f}
}
