"""Takes from a process all that a hostile file could use: memory, time, files, network, programs.

Two layers. Limits of resources, which every Unix has. And on Linux a filter of system calls, which nothing in the process can take
back: it may read and write what is open, and use its memory. A machine on which the filter cannot be set makes no copies.
"""

import ctypes
import os
import platform
import resource
from typing import Final

from caseflow.rendering.limits import CPU_SECONDS, MEMORY

_STANDARD: Final = 3
"""Files that stay open: in, out, and nowhere."""
_PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 4, 22, 38
_SECCOMP_MODE_FILTER: Final = 2
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
"""What the filter answers; refused calls fail with EPERM."""
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
"""Instructions of classic BPF."""
_ARCHITECTURES: Final = {
    # machine: (AUDIT_ARCH, numbers of the calls that are allowed)
    "x86_64": (
        0xC000003E,
        # read write close fstat poll lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn pread64 readv writev
        # sched_yield mremap madvise getpid exit sigaltstack gettid futex sched_getaffinity clock_gettime clock_nanosleep exit_group
        # getrandom rseq membarrier newfstatat(empty path, of open files) getrusage times uname fcntl
        (0, 1, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 24, 25, 28, 39, 60, 63, 72, 96, 98, 100, 131, 186, 202, 204,
         228, 229, 230, 231, 262, 318, 324, 334),
    ),
    "aarch64": (
        0xC00000B7,
        # the same calls
        (25, 57, 62, 63, 64, 65, 66, 67, 73, 79, 80, 93, 94, 98, 113, 114, 115, 123, 124, 132, 134, 135, 139, 153,
         160, 165, 169, 172, 178, 214, 215, 216, 222, 226, 233, 278, 283, 293),
    ),
}  # fmt: skip


class NotConfined(Exception):
    """The process could not be confined."""


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("jt", ctypes.c_uint8), ("jf", ctypes.c_uint8), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("filter", ctypes.POINTER(_Instruction)))


def is_possible() -> bool:
    """Return whether there is a filter of system calls for this kind of machine. The kernel may refuse it all the same."""
    return platform.system() == "Linux" and platform.machine() in _ARCHITECTURES


def limit() -> None:
    """Limit memory, time, files and processes of this process. Before any hostile byte is read."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _STANDARD),
    ):
        resource.setrlimit(what, (most, most))


def confine() -> None:
    """Limit this process, and refuse all system calls but those that computing needs.

    Raises:
        NotConfined: the kernel does not take the filter, or this kind of machine is not known.
    """
    machine = platform.machine()
    if not is_possible():
        raise NotConfined(f"no filter of system calls for {platform.system()} on {machine}")
    libc = ctypes.CDLL(None, use_errno=True)
    program = _program(*_ARCHITECTURES[machine])
    limit()
    for call in (
        (_PR_SET_DUMPABLE, 0, 0, 0, 0),
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0),
    ):
        if libc.prctl(*call) != 0:
            raise NotConfined(os.strerror(ctypes.get_errno()))


def _program(architecture: int, allowed: tuple[int, ...]) -> _Program:
    numbers = sorted(allowed)
    lines = [
        (_LOAD, 0, 0, 4),  # the architecture of the call
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # its number
        *((_EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    filter_ = (_Instruction * len(lines))(*(_Instruction(*line) for line in lines))
    return _Program(len(lines), filter_)
