"""Data parallelism: ranks from the environment (RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT), sums and exchanges over them.

Must not know models. launch.py, torchrun and Slurm's srun set the environment; torchrun is broken in Debian's PyTorch 1.13.
"""

import bisect
import os
from datetime import timedelta

import torch


class Parallel:
    def __init__(self, device="auto"):
        self.rank = int(os.environ.get("RANK", "0"))
        self.world = int(os.environ.get("WORLD_SIZE", "1"))
        has_gpu = device != "cpu" and torch.cuda.is_available()
        if has_gpu:
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
        if self.world > 1:
            torch.distributed.init_process_group("nccl" if has_gpu else "gloo", timeout=timedelta(minutes=10))

    def all_reduce(self, tensor):
        if self.world > 1:
            torch.distributed.all_reduce(tensor)

    def exchange(self, vector, ranges):
        """Fills `vector` on every rank: rank r has the right numbers in ranges[r] and gives them to the others."""
        if self.world > 1:
            parts = [(vector[start:end], rank) for rank, (start, end) in enumerate(ranges) if end > start]
            for work in [torch.distributed.broadcast(part, rank, async_op=True) for part, rank in parts]:
                work.wait()

    def barrier(self):
        if self.world > 1:
            torch.distributed.barrier()

    def close(self):
        if self.world > 1:
            torch.distributed.destroy_process_group()


def split_ranges(size, world, solid=()):
    """`world` neighbouring ranges [start, end) of 0..size, about equal, that cut none of `solid` (sorted, disjoint ranges).

    split_ranges(100, 2, [(30, 60)]) is [(0, 60), (60, 100)]. A rank may get nothing where a solid range is very long.
    """
    starts, points = [start for start, _ in solid], [0]
    for rank in range(1, world):
        at = size * rank // world
        inside = bisect.bisect_right(starts, at) - 1
        if inside >= 0 and at < solid[inside][1]:
            start, end = solid[inside]
            at = start if at - start < end - at else end
        points.append(max(at, points[-1]))
    return list(zip(points, [*points[1:], size]))
