"""Data parallelism: ranks from the environment (RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT), sums over them.

Must not know models. torchrun is broken in Debian's PyTorch 1.13, so ranks are
started by packages/trainer or launch.py.
"""

import os
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
