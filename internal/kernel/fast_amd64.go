package kernel

import "golang.org/x/sys/cpu"

// fast says that the assembly can run.
var fast = cpu.X86.HasAVX2 && cpu.X86.HasFMA
