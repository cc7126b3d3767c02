"""Checkpoints: <run>/checkpoints/<step>/ with model.safetensors, optimiser-<rank>.safetensors and state.json.

A checkpoint is written to a temporary folder, flushed, then renamed: a folder with a plain number for a name is whole.
The optimiser's moments lie in one flat vector (optim.py). Each rank writes the part that is its own, with the ranges of the
vector that it holds; a run with other ranks or another plan reads the ranges that it needs from whatever files there are.
Must not know training.
"""

import json
import os
import random
import shutil

import numpy as np
import torch

from . import safetensors


def save(folder, step, weights, optimiser, state, keep, pinned=(), also=None, parallel=None):
    """Writes checkpoint `step` and drops all but the newest `keep` and the steps of `pinned`. Every rank calls it with its own
    `optimiser` state; `weights` and `state` are rank 0's, which calls `also` with the folder for whatever else belongs there.
    Returns the checkpoint's path. One that is there already says the same and stays."""
    rank, world = (parallel.rank, parallel.world) if parallel else (0, 1)
    root = os.path.join(folder, "checkpoints")
    final, temporary = os.path.join(root, str(step)), os.path.join(root, f".{step}.tmp")
    if os.path.exists(final):
        return final
    if rank == 0:
        for left in [name for name in os.listdir(root) if name.endswith(".tmp")] if os.path.isdir(root) else []:
            shutil.rmtree(os.path.join(root, left))
        os.makedirs(temporary)
        safetensors.save_file(weights, os.path.join(temporary, "model.safetensors"), {"format": "pt"})
        if also:
            also(temporary)
    if parallel:
        parallel.barrier()  # the folder is there
    safetensors.save_file({**optimiser, **random_state()}, os.path.join(temporary, f"optimiser-{rank:05d}.safetensors"))
    if parallel:
        parallel.barrier()  # all parts are on disk
    if rank == 0:
        write_json(os.path.join(temporary, "state.json"), {**state, "world": world})
        flush_folder(temporary)
        os.rename(temporary, final)
        flush_folder(root)
        for old in set(steps(folder)[:-keep]) - set(pinned):
            shutil.rmtree(os.path.join(root, str(old)))
    if parallel:
        parallel.barrier()  # nobody asks for this step again before it stands under its name
    return final


def steps(folder):
    """Steps of the whole checkpoints of a run, ascending."""
    root = os.path.join(folder, "checkpoints")
    return sorted(int(name) for name in os.listdir(root) if name.isdigit()) if os.path.isdir(root) else []


class Saved:
    """A checkpoint on disk. `state` is what state.json says; weights and moments are read when asked for."""

    def __init__(self, folder, step):
        self.path = os.path.join(folder, "checkpoints", str(step))
        with open(os.path.join(self.path, "state.json"), encoding="utf-8") as file:
            self.state = json.load(file)
        self._files = [os.path.join(self.path, f"optimiser-{rank:05d}.safetensors") for rank in range(self.state["world"])]

    def weights(self):
        return safetensors.load_file(os.path.join(self.path, "model.safetensors"))

    def moments(self, ranges):
        """{"first", "second"}: the moments in `ranges` of the flat vector, back to back. ValueError where a part is missing."""
        starts = np.cumsum([0, *(end - start for start, end in ranges)])
        made = {name: np.full(int(starts[-1]), np.nan, dtype=np.float32) for name in ("first", "second")}
        filled = 0
        for path in self._files:
            part = safetensors.map_file(path)
            at = 0
            for low, high in part["ranges"].tolist():
                for (start, end), to in zip(ranges, starts):
                    first, last = max(low, start), min(high, end)
                    if first < last:
                        for name, target in made.items():
                            target[to + first - start : to + last - start] = part[name][at + first - low : at + last - low]
                        filled += last - first
                at += high - low
        if filled != starts[-1]:
            raise ValueError(f"{self.path}: the optimiser's files hold {filled} of the {starts[-1]} numbers that are needed; was the model changed?")
        return {name: torch.from_numpy(array) for name, array in made.items()}

    def restore_random(self, rank):
        """Sets the random states as rank `rank` had them; of a rank that was not there then, nothing."""
        if rank < len(self._files):
            set_random_state(safetensors.map_file(self._files[rank]))


def load(folder, step):
    """(weights, moments of the whole vector, state) of a checkpoint."""
    saved = Saved(folder, step)
    size = sum(int(high - low) for path in saved._files for low, high in safetensors.map_file(path)["ranges"].tolist())
    return saved.weights(), saved.moments([(0, size)]), saved.state


def random_state():
    """The random states of Python, NumPy and PyTorch as tensors (nothing in a stage draws from them unless an objective does)."""
    version, internal, gauss = random.getstate()
    name, keys, position, has_gauss, cached = np.random.get_state()
    other = json.dumps({"python": [version, list(internal), gauss], "numpy": [name, keys.tolist(), position, has_gauss, cached]})
    states = {"random.torch": torch.get_rng_state(), "random.other": torch.frombuffer(bytearray(other, "utf-8"), dtype=torch.uint8)}
    if torch.cuda.is_available():
        states["random.cuda"] = torch.cuda.get_rng_state()
    return states


def set_random_state(states):
    own = lambda name: torch.from_numpy(np.array(states[name]))
    torch.set_rng_state(own("random.torch"))
    other = json.loads(bytes(states["random.other"]))
    version, internal, gauss = other["python"]
    random.setstate((version, tuple(internal), gauss))
    name, keys, *rest = other["numpy"]
    np.random.set_state((name, np.array(keys, dtype=np.uint32), *rest))
    if "random.cuda" in states and torch.cuda.is_available():
        torch.cuda.set_rng_state(own("random.cuda"))


def write_json(path, value):
    """Writes and flushes JSON under a temporary name, then renames it."""
    with open(path + ".tmp", "w", encoding="utf-8") as file:
        json.dump(value, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.rename(path + ".tmp", path)


def flush_folder(path):
    """Makes renames inside a folder durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
