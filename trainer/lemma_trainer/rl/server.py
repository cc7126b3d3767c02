"""The update server: one JSON command a line on standard input, done in order, one JSON answer a line on standard output.

weights {path} · update {batch} · score {batch, path} · checkpoint {driver} · end {driver}. A command that can't be done as asked is
answered by {"event": "error", "command", "message", "kind"}, and the next one is read. An "error" without "command" is the end of
the process (exit 1): a gradient that is not finite, an engine that drifted away. End of input and SIGTERM: checkpoint, exit 3.
Rank 0 reads; the others are told. Must not know formulas.
"""

import json
import os
import select
import time

import numpy as np
import torch

from .. import checkpoint
from ..metrics import emit
from ..parallel import Parallel
from ..process import StopRequest, end_with_parent
from .learner import Learner, write_weights
from .replies import RepliesError

_FIELDS = {"weights": {"path": str}, "update": {"batch": str}, "score": {"batch": str, "path": str}, "checkpoint": {"driver": None}, "end": {"driver": None}}
KEEP_ALIVE = 60  # seconds; rollouts may take longer than the other ranks' patience (parallel.py)


class CommandError(ValueError):
    """The command can't be done as asked: the message says what was expected and what was found."""


def serve(config, index):
    """Serves stage `index` until it ends. Returns "done" (command end) or "stopped" (end of input, SIGTERM, SIGINT)."""
    stop = StopRequest(os.path.join(config.folder, "stop"))
    end_with_parent()
    torch.set_num_threads(1)
    torch.backends.mkldnn.enabled = True
    parallel = Parallel(config.device)
    os.makedirs(os.path.join(config.folder, "stages"), exist_ok=True)
    learner = Learner(config, index, parallel)
    _tell(parallel, "start", {
        "stage": index, "step": learner.step, "lastStep": learner.last_step, "ranks": parallel.world, "layout": learner.layout,
        "parameters": learner.optimiser.size, "kernels": learner.kernels, "whyPlain": learner.why_plain, "device": learner.device,
        "driver": learner.driver})
    lines, result = Lines(stop), None
    while result is None:
        result = _do(learner, parallel, _next(lines, learner, parallel))
    parallel.barrier()
    parallel.close()
    return result


def _do(learner, parallel, command):
    """Does one command that was found good. Returns how the stage ended, or None."""
    began, name = time.time(), command["command"]
    if name == "weights":
        if parallel.rank == 0:
            write_weights(learner.model, command["path"])
        _tell(parallel, name, {"step": learner.step, "path": command["path"]})
    elif name == "update":
        answer = learner.update(learner.read(command["batch"]))
        _tell(parallel, name, {**answer, "seconds": round(time.time() - began, 3)})
    elif name == "score":
        scores = learner.score(learner.read(command["batch"]))
        if parallel.rank == 0:
            with open(command["path"] + ".tmp", "wb") as file:
                np.save(file, scores)
            os.replace(command["path"] + ".tmp", command["path"])
        _tell(parallel, name, {"path": command["path"]})
    elif name == "checkpoint":
        _tell(parallel, name, {"path": learner.save(command["driver"]), "step": learner.step})
    elif name == "end":
        learner.save(command["driver"])
        if parallel.rank == 0:
            checkpoint.write_json(os.path.join(learner.config.folder, "stages", f"{learner.index}.done"), {"step": learner.step, "tokens": learner.tokens})
        _tell(parallel, "done", {"stage": learner.index, "step": learner.step, "tokens": learner.tokens})
        return "done"
    elif name == "stop":
        if learner.step > learner.first_step:
            _tell(parallel, "checkpoint", {"path": learner.save(learner.driver), "step": learner.step})
        _tell(parallel, "stopped", {"step": learner.step})
        return "stopped"
    return None


def _next(lines, learner, parallel):
    """The next command, the same on every rank."""
    while True:
        command = None
        if parallel.rank == 0:
            line = lines.next(KEEP_ALIVE if parallel.world > 1 else 1e9)
            try:
                command = {"command": "stop"} if line is Lines.END else {"command": "wait"} if line is None else _checked(line, learner)
            except (CommandError, RepliesError) as error:
                emit("error", {"command": _name(line), "message": str(error), "kind": type(error).__name__})
                continue
        command = _broadcast(command, parallel, learner.device)
        if command["command"] != "wait":
            return command


def _checked(line, learner):
    """The command in a line, if it can be done. Rank 0 reads a batch before the others hear of it."""
    try:
        command = json.loads(line)
    except ValueError as error:
        raise CommandError(f"expected a JSON object a line, found {line[:80]!r}: {error}") from error
    name = command.get("command") if isinstance(command, dict) else None
    if not isinstance(name, str) or name not in _FIELDS:
        raise CommandError(f"command: expected one of {', '.join(_FIELDS)}, found {line[:80]!r}")
    fields = _FIELDS[name]
    if command.keys() - {"command"} != fields.keys():
        raise CommandError(f"{name}: expected the fields {', '.join(fields)}, found {', '.join(command.keys() - {'command'}) or 'none'}")
    for field, kind in fields.items():
        if kind and not (isinstance(command[field], kind) and command[field]):
            raise CommandError(f"{name}.{field}: expected a path, found {command[field]!r}")
    if name == "update" and learner.step >= learner.last_step:
        raise CommandError(f"update: expected the command end, as all {learner.last_step} steps are done")
    if "batch" in fields:
        learner.read(command["batch"])
    if "path" in fields and not os.path.isdir(os.path.dirname(os.path.abspath(command["path"]))):
        raise CommandError(f"{name}.path: expected a path in a folder that is there, found {command['path']}")
    return command


def _name(line):
    """What to call a refused command in the answer."""
    try:
        name = json.loads(line)["command"]
        return name if isinstance(name, str) else ""
    except (ValueError, TypeError, KeyError):
        return ""


def _broadcast(command, parallel, device):
    """Rank 0's command on every rank, as JSON."""
    if parallel.world == 1:
        return command
    raw = np.frombuffer(json.dumps(command).encode(), dtype=np.uint8).copy() if parallel.rank == 0 else None
    size = torch.tensor([0 if raw is None else len(raw)], device=device)
    torch.distributed.broadcast(size, 0)
    text = torch.zeros(int(size), dtype=torch.uint8, device=device) if raw is None else torch.from_numpy(raw).to(device)
    torch.distributed.broadcast(text, 0)
    return json.loads(bytes(text.cpu().numpy()))


def _tell(parallel, event, fields):
    if parallel.rank == 0:
        emit(event, fields)


class Lines:
    """Lines of standard input, read so that a wish to stop is heard while nothing comes."""

    END = object()

    def __init__(self, stop, handle=0):
        self._stop, self._handle, self._rest, self._is_over = stop, handle, b"", False

    def next(self, seconds):
        """A line without its end; None after `seconds` without one; END when input is over or a stop is wanted."""
        deadline = time.monotonic() + seconds
        while True:
            if self._stop.requested:
                return Lines.END
            line, separator, rest = self._rest.partition(b"\n")
            if separator:
                self._rest = rest
                if line.strip():
                    return line.decode("utf-8", "replace")
                continue
            if self._is_over:
                return Lines.END  # what has no end of line was cut off: not a command
            if time.monotonic() > deadline:
                return None
            if select.select([self._handle], [], [], 0.2)[0]:
                found = os.read(self._handle, 65536)
                self._rest, self._is_over = self._rest + found, not found
