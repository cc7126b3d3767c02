"""Data parallelism: ranks from the environment (RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT), sums over them.

Also ends a rank whose parent has died. Must not know models. torchrun is broken in Debian's PyTorch 1.13, so ranks are
started by packages/trainer or launch.py.
"""

import os
import signal
import threading
import time
from datetime import timedelta

import torch


class Parallel:
    def __init__(self):
        self.rank = int(os.environ.get("RANK", "0"))
        self.world = int(os.environ.get("WORLD_SIZE", "1"))
        if self.world > 1:
            backend = "nccl" if torch.cuda.is_available() else "gloo"
            torch.distributed.init_process_group(backend, timeout=timedelta(minutes=10))

    def all_reduce(self, tensor):
        if self.world > 1:
            torch.distributed.all_reduce(tensor)

    def barrier(self):
        if self.world > 1:
            torch.distributed.barrier()

    def close(self):
        if self.world > 1:
            torch.distributed.destroy_process_group()


class StopRequest:
    """True once SIGTERM or SIGINT has come; a second signal ends the process at once."""

    def __init__(self):
        self.requested = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._handle)

    def _handle(self, number, _frame):
        if self.requested:
            os._exit(128 + number)
        self.requested = True


def end_with_parent(grace_seconds=60):
    """Watches the parent process: when it is gone, asks this one to save and stop, and ends it after the grace."""
    parent = os.getppid()

    def watch():
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(grace_seconds)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
