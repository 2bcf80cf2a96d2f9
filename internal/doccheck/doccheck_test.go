package doccheck

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMissing(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"p.go": "package p\n\ntype T int\nfunc (T) M() {}\nfunc (T) N() {}\n" +
			"func F() {}\nfunc G() {}\nfunc h() {}\n",
		"example_test.go": "package p_test\n\nfunc ExampleT() {\n\t// Output:\n}\n\n" +
			"func ExampleT_M() {\n\t// Output: 1\n}\n\nfunc ExampleF() {}\n",
		"other_test.go": "package p_test\n\nfunc ExampleG() {\n\t// Output: is not looked for here\n}\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Missing(folder)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"ExampleF has no output to compare", "G has no Example", "T.N has no Example"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}
