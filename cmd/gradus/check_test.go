package main

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

// checkStatus fails the test unless a shell ended with status 1.
func checkStatus(t *testing.T, err error) {
	t.Helper()
	if e := new(exec.ExitError); !errors.As(err, &e) || e.ExitCode() != 1 {
		t.Errorf("error %v, want exit status 1", err)
	}
}

func TestCheckRight(t *testing.T) {
	golden(t, "check-right.golden", output(t, "check", tutorial,
		"dL/dy = -0.6225; dL/dW2 = −0.3875 # rounded\n\n∂L/∂b2 = y − t\nda/dz = a(1 − a)",
		"dL/dW1 = (y − t)·W2·a(1 − a)·x"))
}

// Each mistake that is planted in the derivation of the tutorial is found.
func TestCheckFindsPlanted(t *testing.T) {
	for wrong, want := range map[string]string{
		"dL/dy = t − y":                   "∂L/∂y: wrong sign",
		"dL/dW2 = y − t":                  "∂y/∂W2: the factor a is missing",
		"dL/dW1 = -0.3658":                "∂y/∂a: wrong sign",
		"dL/dW1 = (y − t)·a(1 − a)·x":     "∂y/∂a: the factor W2 is missing",
		"dL/db1 = (y − t)·W2":             "∂a/∂z: σ′ is missing",
		"dL/dW1 = −(y − t)·W2·a(1 − a)·x": "wrong sign",
	} {
		status, stdout, stderr := call(t, "", "check", tutorial, wrong, "dL/db2 = y − t", "x=3")
		if status != 1 || !strings.Contains(stdout, " is wrong, it is ") || !strings.Contains(stdout, want) {
			t.Errorf("%s: exit status %d, want 1, and %q in:\n%s", wrong, status, want, stdout)
		}
		if want := "gradus: 1 of 2 derivatives are not right\n"; stderr != want {
			t.Errorf("%s: stderr %q, want %q", wrong, stderr, want)
		}
	}
}

// Derivatives in the file of the formulas, and on standard input.
func TestCheckInOneFile(t *testing.T) {
	text := "y = tanh(w·x)\nx = 2; dy/dx = (1 − y²)·w; w = 0.5 # dy/dw = 7\n\tdy/dw = 0.84\n"
	status, stdout, stderr := call(t, text, "check", "-")
	if status != 0 || stderr != "" || strings.Count(stdout, " is right ") != 2 {
		t.Errorf("exit status %d, stdout %q, stderr %q; want 0 and two that are right", status, stdout, stderr)
	}
}
