"""Checkpoints: <run>/checkpoints/<step>/ with model.safetensors, optimiser by rank and state.json.

A checkpoint is written to a temporary folder, flushed, then renamed: a folder with a plain number for a name is whole.
With data parallelism every rank holds the same optimiser state, so rank 0 writes the only part. Must not know training.
"""

import json
import os
import shutil

from . import safetensors


def save(folder, step, weights, optimiser, state, keep, also=None):
    """Writes checkpoint `step` and drops all but the newest `keep`; `also` writes more into the folder it is given. Returns its path."""
    root = os.path.join(folder, "checkpoints")
    final, temporary = os.path.join(root, str(step)), os.path.join(root, f".{step}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    os.makedirs(temporary)
    safetensors.save_file(weights, os.path.join(temporary, "model.safetensors"), {"format": "pt"})
    safetensors.save_file(optimiser, os.path.join(temporary, "optimiser-00000.safetensors"))
    if also:
        also(temporary)
    write_json(os.path.join(temporary, "state.json"), state)
    flush_folder(temporary)
    if os.path.exists(final):
        shutil.rmtree(final)
    os.rename(temporary, final)
    flush_folder(root)
    for old in steps(folder)[:-keep]:
        shutil.rmtree(os.path.join(root, str(old)))
    return final


def steps(folder):
    """Steps of the whole checkpoints of a run, ascending."""
    root = os.path.join(folder, "checkpoints")
    return sorted(int(name) for name in os.listdir(root) if name.isdigit()) if os.path.isdir(root) else []


def load(folder, step):
    """(weights, optimiser, state) of a checkpoint."""
    path = os.path.join(folder, "checkpoints", str(step))
    with open(os.path.join(path, "state.json"), encoding="utf-8") as file:
        state = json.load(file)
    weights = safetensors.load_file(os.path.join(path, "model.safetensors"))
    return weights, safetensors.load_file(os.path.join(path, "optimiser-00000.safetensors")), state


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
