package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v3"
	"golang.org/x/term"

	"github.com/gradus-go/gradus/course"
	"github.com/gradus-go/gradus/course/grade"
	"github.com/gradus-go/gradus/course/learn"
	"github.com/gradus-go/gradus/internal/program"
)

func learnCommand() *cli.Command {
	return &cli.Command{
		Name: "learn", Usage: "take a course of exercises that say what is wrong with an answer",
		ArgsUsage: "DIR, or COMMAND [EXERCISE]", Description: about("learn"), HideHelpCommand: true,
		Action: func(ctx context.Context, c *cli.Command) error {
			dir := c.Args().First()
			switch {
			case c.Args().Len() > 1:
				return fmt.Errorf("want one folder to write the course into, not %d", c.Args().Len())
			case dir == "":
				return onLesson(next)(ctx, c)
			}
			if _, err := course.Open("."); err == nil && filepath.Base(dir) == dir {
				return noCommand(c) // a slip of the pen, and not a course within a course
			}
			checkout, err := course.Checkout()
			if err != nil {
				return err
			}
			return failed(learn.Write(c.Root().Writer, dir, checkout))
		},
		Commands: []*cli.Command{
			lessonCommand("next", "print the text of the next exercise", next,
				&cli.BoolFlag{Name: "fast", Usage: "from now on, a few exercises of each chapter"},
				&cli.BoolFlag{Name: "all", Usage: "from now on, all exercises"}),
			lessonCommand("check", "check your answer", check),
			lessonCommand("watch", "check your answer each time you save it", watch),
			lessonCommand("hint", "print a hint; the third gives the answer away", plain(learn.Lesson.Hint)),
			lessonCommand("explain", "print the solution, and why, if you have solved it",
				plain(learn.Lesson.Explain)),
			lessonCommand("list", "list all exercises, and which are solved", plain(learn.Lesson.List)),
			lessonCommand("skip", "go on without solving an exercise", plain(learn.Lesson.Skip)),
			lessonCommand("reset", "begin an exercise again; your file is kept", plain(learn.Lesson.Reset)),
			gradeCommand(),
		},
	}
}

// A lessonFunc is what a command does in a learner's folder.
type lessonFunc func(context.Context, learn.Lesson, *cli.Command) error

// lessonCommand returns a command that runs in a learner's folder, on an exercise.
func lessonCommand(name, usage string, run lessonFunc, flags ...cli.Flag) *cli.Command {
	return &cli.Command{
		Name: name, Usage: usage, ArgsUsage: "[EXERCISE]", Action: onLesson(run), Flags: flags,
		HideHelpCommand: true, OnUsageError: usageError,
	}
}

func onLesson(run lessonFunc) cli.ActionFunc {
	return func(ctx context.Context, c *cli.Command) error {
		if c.Args().Len() > 1 {
			return fmt.Errorf("want one exercise, not %d", c.Args().Len())
		}
		l, err := learn.Open(c.Root().Writer, ".", c.Args().First())
		if err != nil {
			return err
		}
		l.Err = c.Root().ErrWriter
		l.Terminal = term.IsTerminal(int(os.Stdout.Fd())) &&
			os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
		return failed(run(ctx, l, c))
	}
}

func plain(run func(learn.Lesson) error) lessonFunc {
	return func(_ context.Context, l learn.Lesson, _ *cli.Command) error { return run(l) }
}

func next(_ context.Context, l learn.Lesson, c *cli.Command) error {
	if fast := c.Bool("fast"); fast || c.Bool("all") {
		return l.SetFast(fast)
	}
	return l.Next()
}

func check(ctx context.Context, l learn.Lesson, _ *cli.Command) error { return l.Check(ctx) }

// watch watches until Ctrl-C.
func watch(ctx context.Context, l learn.Lesson, _ *cli.Command) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	return l.Watch(ctx, 200*time.Millisecond)
}

func gradeCommand() *cli.Command {
	var files learn.Files
	return &cli.Command{
		Name: "grade", Usage: "check the folders of a class, and print a table", ArgsUsage: "DIR...",
		Description: about("grade"), HideHelpCommand: true, OnUsageError: usageError,
		Flags: []cli.Flag{
			&cli.StringFlag{
				Name: "csv", Usage: "write the table to a `FILE`, a row for each learner", Destination: &files.CSV,
			},
			&cli.StringFlag{
				Name: "json", Usage: "write a `FILE` with what is wrong with each answer, too", Destination: &files.JSON,
			},
			&cli.StringFlag{
				Name: "classroom", Usage: "write a `FILE` for GitHub Classroom, of one DIR",
				Destination: &files.Classroom,
			},
			&cli.DurationFlag{
				Name: "limit", Usage: "the `TIME` that code may take, such as 30s; if not given, 10s",
				Value: 10 * time.Second,
			},
		},
		Action: func(ctx context.Context, c *cli.Command) error {
			if !c.Args().Present() {
				return errors.New("want the folders of learners, as in gradus learn grade class/*")
			}
			table, list := [2]string{"csv", files.CSV}, [2]string{"json", files.JSON}
			classroom := [2]string{"classroom", files.Classroom}
			if err := cmp.Or(program.Distinct(table, list, classroom), program.Distinct(list, classroom)); err != nil {
				return err
			}
			checkout, err := course.Checkout()
			if err != nil {
				return err
			}
			g := grade.Grader{Checkout: checkout, Limit: c.Duration("limit"), Report: func(name string) {
				fmt.Fprintf(c.Root().ErrWriter, "%s …\n", name)
			}}
			return failed(learn.Grade(ctx, c.Root().Writer, g, files, c.Args().Slice()...))
		},
	}
}
