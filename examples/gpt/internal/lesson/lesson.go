// Package lesson has what the stages of the example gpt share: the flags, the texts, and what is printed
// and drawn of training and its result.
package lesson

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gpt/internal/checkpoint"
	"github.com/gradus-go/gradus/examples/gpt/internal/settings"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/corpus"
	"github.com/gradus-go/gradus/internal/mersenne"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/recipe"
	"github.com/gradus-go/gradus/nn/optim"
)

// A Lesson is a run of a stage.
type Lesson struct {
	settings.Settings
	*report.Report
	Rand          *mersenne.Python // of the parameters and of the texts that are made up
	corpus.Corpus                  // the texts in the order in which they are used

	folder string
	kept   string // the file of the model
	album  picture.Album
}

// New checks that what the settings name can be written, reads the texts and shuffles them.
func New(w io.Writer, s settings.Settings) (*Lesson, error) {
	l := &Lesson{Settings: s, Report: report.New(w), Rand: mersenne.NewPython(s.Seed)}
	var err error
	if l.folder, err = s.Prepare(); err != nil {
		return nil, err
	}
	if s.Data == "" {
		l.Corpus, err = corpus.Names()
	} else {
		l.Corpus, err = corpus.Read(s.Data)
	}
	if err != nil {
		return nil, err
	}
	l.Rand.Shuffle(len(l.Texts), func(i, j int) { l.Texts[i], l.Texts[j] = l.Texts[j], l.Texts[i] })
	return l, nil
}

// Begin prints what the texts are, the title of the stage and, if the model has parameters, how large it
// is.
func (l *Lesson) Begin(params int) {
	from := fmt.Sprint(len(l.Texts), " ", corpus.Source)
	if l.Data != "" {
		from = settings.Number(len(l.Texts), "text", "texts") + " from " + l.Data
	}
	l.Section("Texts")
	l.Prose("%s, with %s. A token of its own begins and ends every text, so that there are %d tokens.",
		from, settings.Number(len(l.Letters), "different character", "different characters"), len(l.Letters)+1)
	if n := l.cut(); n > 0 {
		l.Prose("%s too long for the model: it predicts the first %s of such a text alone.",
			settings.Number(n, "text is", "texts are"), settings.Number(l.Shape.Context, "token", "tokens"))
	}
	l.Section(l.Title())
	if params > 0 {
		l.Prose("%s", l.Size(params))
	}
}

// Used returns the texts that are used: with the flag -quick those of the steps alone, and else all, for
// the mean.
func (l *Lesson) Used() []string {
	if l.Quick {
		return l.Texts[:min(len(l.Texts), max(1, l.Steps*l.Batch))]
	}
	return l.Texts
}

// cut returns how many texts are too long for the model, which predicts a token for each of its positions.
func (l *Lesson) cut() (n int) {
	for _, text := range l.Texts {
		if utf8.RuneCountInString(text) >= l.Shape.Context {
			n++
		}
	}
	return n
}

// Draw returns a parameter to begin with: it is normally distributed.
func (l *Lesson) Draw() float64 { return l.Rand.Gauss(recipe.Deviation) }

// Keep saves the model and its optimiser, which sees the parameters in the order of seen. With the flag
// -quick it does so only if there is a name for the file.
func (l *Lesson) Keep(params, seen []*gradus.Value, o optim.Resumable) error {
	l.kept = l.Save
	if l.kept == "" && !l.Quick {
		l.kept = filepath.Join(l.folder, "gpt.json")
	}
	if l.kept == "" {
		return nil
	}
	s := checkpoint.State{Stage: l.Stage, Seed: l.Seed, Letters: string(l.Letters), Shape: l.Shape}
	return s.Save(l.kept, params, seen, o)
}

// Kept prints in which file the model is, if it was saved.
func (l *Lesson) Kept() {
	if l.kept != "" {
		outputs.Wrote(l.Report, "Model", l.kept)
	}
}

// Finish saves the picture.
func (l *Lesson) Finish() error { return l.Report.Finish(l.album, l.folder, "") }

// Reached prints, unless the flag -quick is set, the mean loss over so many predictions, which are those
// of all texts. If there is a curve, it stands beside the last loss of that, and both are drawn.
func (l *Lesson) Reached(c *Curve, mean float64, predictions int) {
	if l.Quick {
		return
	}
	alike := float64(len(l.Letters) + 1)
	l.Printf("\n")
	l.Prose("The mean loss over all %s of the %s is %.4f. A loss is measured in nats: the "+
		"model gives the token that comes next the probability e^−loss, on the (geometric) mean 1/%.1f. If all "+
		"%v tokens were alike, the loss would be ln %v = %.4f.",
		settings.Number(predictions, "prediction", "predictions"),
		settings.Number(len(l.Texts), "text", "texts"), mean, math.Exp(mean), alike, alike, math.Log(alike))
	if c == nil || len(c.Losses) == 0 {
		return
	}
	if l.Batch == 1 {
		l.Prose("The last loss in the table, %.4f, says little: it is that of one text, %.60q.",
			c.Losses[len(c.Losses)-1], l.Texts[(c.steps()-1)%len(l.Texts)])
	}
	l.album.Add("1-loss.png", c.chart(mean))
}

// Made prints texts that were made up, and how many of them are among the data.
func (l *Lesson) Made(texts []string) {
	if len(texts) == 0 {
		return
	}
	old := 0
	for i, text := range texts {
		if slices.Contains(l.Texts, text) {
			old++
		}
		if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
			texts[i] = strconv.Quote(text)
		}
		texts[i] = cmp.Or(texts[i], "(empty)")
	}
	number := settings.Number(len(texts), "new text", "new texts")
	l.Section(fmt.Sprintf("%s at temperature %v", number, l.Temperature))
	l.Prose("%s", strings.Join(texts, ", "))
	l.Prose("%d of them %s in the data.", old, map[bool]string{true: "is", false: "are"}[old == 1])
}
