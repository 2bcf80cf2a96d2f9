package golden

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// Status runs a program and returns what it prints. The error says so if its exit status is another
// one, if stderr does not begin as it should or is not empty where "" is wanted, or if the program
// prints something although a flag is wrong, which is status 2.
func Status(
	want int, stderr string, program func(stdout, stderr io.Writer) (status int),
) (string, error) {
	var out, got strings.Builder
	var err error
	if status := program(&out, &got); status != want {
		err = fmt.Errorf("exit status %d, want %d", status, want)
	}
	if !strings.HasPrefix(got.String(), stderr) || stderr == "" && got.Len() > 0 {
		err = errors.Join(err, fmt.Errorf("stderr is %q, want %q", &got, stderr))
	}
	if want == 2 && out.Len() > 0 {
		err = errors.Join(err, fmt.Errorf("a wrong flag prints %q, want nothing", &out))
	}
	return out.String(), err
}
