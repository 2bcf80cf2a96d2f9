package gpt

import "github.com/gradus-go/gradus/play/internal/call"

// Calls are the functions that the page calls, by name. All use one session, which the first call makes. A
// call with other settings makes a new one.
var Calls = new(page).calls()

// A page has the session of one instance of the program.
type page struct{ session *Session }

func (p *page) calls() call.Table {
	return call.Table{
		"gpt.start":   call.Of(p.start),
		"gpt.train":   of(p, (*Session).Train),
		"gpt.point":   of(p, (*Session).Point),
		"gpt.sample":  of(p, (*Session).Sample),
		"gpt.read":    of(p, (*Session).Read),
		"gpt.part":    of(p, (*Session).Part),
		"gpt.command": call.Of(Command),
		"gpt.go":      call.Of(Program),
	}
}

// start makes a new session, even if the settings are those of the present one.
func (p *page) start(a Asked) (Setup, error) {
	s, err := NewSession(a.Settings)
	if err != nil {
		return Setup{}, err
	}
	p.session = s
	return s.setup(), nil
}

// of returns the function that calls f with the session of the settings in its arguments.
func of[A interface{ chosen() Settings }, R any](p *page, f func(*Session, A) (R, error)) call.Func {
	return call.Of(func(a A) (result R, err error) {
		if p.session == nil || p.session.settings != a.chosen() {
			s, err := NewSession(a.chosen())
			if err != nil {
				return result, err
			}
			p.session = s
		}
		return f(p.session, a)
	})
}
