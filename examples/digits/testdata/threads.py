"""Runs a script of Python, and fails if the script leaves threads of its own, for a test.

    torchrun threads.py SCRIPT ARGUMENT...

A thread of torch.distributed that still lets go of a tensor while Python shuts down aborts the process.
That happens now and then only, so this looks at the threads. It sees them where there is /proc, as on Linux.
"""

import os
import runpy
import sys

sys.argv = sys.argv[1:]
sys.path[0] = os.path.dirname(sys.argv[0])
runpy.run_path(sys.argv[0], run_name="__main__")
if os.path.isdir("/proc/self/task"):
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        sys.exit(f"{sys.argv[0]} leaves {threads - 1} threads")
