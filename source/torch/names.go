package torch

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// keywords of Python.
const keywords = `
False None True and as assert async await break class continue def del elif else except finally for
from global if import in is lambda nonlocal not or pass raise return try while with yield`

// taken are names that no parameter or variable may have: what the file itself uses, and what an
// nn.Module of PyTorch has.
const taken = `
F allow_pickle args file float inputs kwds range self torch T_destination add_module apply bfloat16
buffers call_super_init children compile cpu cuda double dump_patches eval extra_repr forward
get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia
named_buffers named_children named_modules named_parameters parameters register_backward_hook
register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook
register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook
register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook
requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train training type
xpu zero_grad`

// imported are the modules that the files import.
const imported = "argparse csv numpy os torch"

// names are those that are used up, with the last number that was given to each.
type names map[string]int

func newNames(lists ...string) names {
	n := names{}
	for _, word := range strings.Fields(strings.Join(lists, " ")) {
		n[word] = 1
	}
	return n
}

// unused returns a name that is not used up, and uses it up: the one that is wanted, or that with a
// number.
func (n names) unused(want string) string {
	name := want
	for n[name] > 0 {
		n[want]++
		name = fmt.Sprintf("%s_%d", want, n[want])
	}
	n[name] = 1
	return name
}

// identifier returns a text as an identifier of Python that does not begin with an underscore, or
// "" if it has neither letters nor digits. Python takes some letters of Unicode for others; those
// that stay are none of them.
func identifier(text string) string {
	text = plainDigits.Replace(text)
	text = strings.Map(func(r rune) rune {
		stays := r < 0x80 || 0xC0 <= r && r <= 0x131 || 0x391 <= r && r <= 0x3C9
		if stays && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '_'
	}, text)
	words := strings.FieldsFunc(text, func(r rune) bool { return r == '_' })
	if text = strings.Join(words, "_"); text != "" && isDigit(text[0]) {
		text = "n" + text
	}
	return text
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// commonName returns the name of an array whose elements have these labels: what they have in
// common, without the numbers that differ, which are indices. It is "" if the labels differ in
// something else.
func commonName(labels []string) string {
	first := words(labels[0])
	isIndex := make([]bool, len(first))
	for _, label := range labels[1:] {
		others := words(label)
		if len(others) != len(first) {
			return ""
		}
		for i, word := range others {
			if word != first[i] && (!isDigit(word[0]) || !isDigit(first[i][0])) {
				return ""
			}
			isIndex[i] = isIndex[i] || word != first[i]
		}
	}
	kept := slices.Clone(first)
	for i := range kept {
		if isIndex[i] {
			kept[i] = ""
		}
	}
	return identifier(strings.Join(kept, ""))
}

// words cuts a label into numbers and what is between them.
func words(label string) (words []string) {
	label = plainDigits.Replace(label)
	start := 0
	for i := 1; i < len(label); i++ {
		if isDigit(label[i]) != isDigit(label[i-1]) {
			words, start = append(words, label[start:i]), i
		}
	}
	if label == "" {
		return nil
	}
	return append(words, label[start:])
}

// plainDigits writes subscripts as digits.
var plainDigits = strings.NewReplacer("₀", "0", "₁", "1", "₂", "2", "₃", "3", "₄", "4", "₅", "5", "₆", "6",
	"₇", "7", "₈", "8", "₉", "9")
