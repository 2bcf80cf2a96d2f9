// Package program is the frame of the command-line programs in this module: it parses their
// flags, prints their help and their errors, and decides on their exit status.
//
// A program describes its flags in a [flag.FlagSet] and calls [Run]:
//
//	cfg := config{epochs: 10}
//	flags := flag.NewFlagSet("prog", flag.ContinueOnError)
//	flags.Var(program.Whole(&cfg.epochs, 0, 1000), "epochs", "how often every image is used")
//	os.Exit(program.Run(flags, "Prog trains a network.", os.Args[1:], os.Stdout, os.Stderr,
//		func(w io.Writer) error { return run(w, cfg) }))
//
// [Whole], [Between], [Finite], [Seed], [OneOf], [Wholes] and [Ranges] are values of flags whose
// errors say what was expected. [Exclusive] and [Usagef] report flags that do not go together;
// [Writable] and [Distinct] find out before the work whether its results can be written.
package program
