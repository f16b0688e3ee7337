"""Become another program that ends with its parent. Run as a script, with the standard library only.

The supervisor starts every child through it: `launch.py <uid> <gid> <parent> <signal> program arguments...`. The kernel
then sends that signal to the child when the supervisor dies, even by `kill -9`, so nothing is left running. It has to be asked for
after giving up root (changing the user clears the setting), and by a fresh process rather than between fork and exec, where
Python code may block for ever once the parent has threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(arguments: list[str]) -> None:
    """Give up root if asked, ask the kernel to end this process with its parent, and become the program."""
    uid, gid, parent, last_signal = (int(argument) for argument in arguments[:4])
    command = arguments[4:]
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, last_signal, 0, 0, 0)
        if os.getppid() != parent:  # it ended before prctl took effect
            sys.exit(1)
    for name in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    try:
        os.execvp(command[0], command)  # noqa: S606 - no shell is wanted
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
