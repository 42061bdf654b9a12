"""Many files on many machines: the chunks of `pool`, handed to the scheduler of a Dask cluster.

Its workers need this program and the books at the same path: a share that all machines see.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence

from yosan_xl.model.finding import Place
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.pool import read_on
from yosan_xl.usecases.read_one import Manner, One, Task


def read_on_cluster(
    tasks: Sequence[Task], manner: Manner, scheduler: str
) -> Generator[One, None, None]:
    """Read files in order, on the workers of `scheduler` (host:port).

    Raises WrongInput where there is no such scheduler, no worker, or no library to reach it.
    """
    try:
        from distributed import Client
    except ImportError:
        raise _unusable(
            scheduler, "必要なライブラリ（distributed）が入っていません", _INSTALL
        ) from None
    try:
        client = Client(scheduler, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise _unusable(scheduler, "つながりません", _LOOK) from error
    with client:
        processes = sum(client.nthreads().values())
        if not processes:
            raise _unusable(scheduler, "働くもの（worker）がいません", _LOOK)
        yield from read_on(lambda: client.get_executor(pure=False), tasks, manner, processes)


def _unusable(scheduler: str, problem: str, remedy: str) -> WrongInput:
    return WrongInput(
        codes.NO_CLUSTER.at(Place(scheduler), scheduler=scheduler, problem=problem, what=remedy)
    )


_SECONDS = 10
_INSTALL = "pip install 'yosan-xl[cluster]' を実行してください"
_LOOK = "アドレスと、スケジューラーと worker が動いているかを確かめてください"
