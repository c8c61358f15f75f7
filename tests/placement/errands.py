"""What the tests of the runners send to other processes: a module of its own, that they load in no time."""

import os
import signal
from pathlib import Path
from typing import Any


def double(number: int) -> int:
    return 2 * number


def double_at_the_second_try(marks: Path, number: int) -> int:
    """The first try at 1 costs the worker its life."""
    if number == 1 and not (marks / "tried").exists():
        (marks / "tried").touch()
        die(number)
    return 2 * number


def die(_number: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hears_ctrl_c(_number: int = 0) -> bool:
    return signal.getsignal(signal.SIGINT) is not signal.SIG_IGN


class Packed:
    """A function that counts how often it is sent."""

    times = 0

    def __call__(self, number: int) -> int:
        return 2 * number

    def __reduce__(self) -> Any:
        Packed.times += 1
        return Packed, ()
