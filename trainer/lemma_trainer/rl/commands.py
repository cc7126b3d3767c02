"""Commands on standard input, one JSON object a line, the same on all ranks. Must not know what they do.

Rank 0 reads; the others hear from it at least once a minute, so that no collective waits for a long rollout.
"""

import json
import queue
import sys
import threading

import torch

HEARTBEAT_SECONDS = 60
END = {"command": None}


class Commands:
    """Iterates over commands; ends with the input or when `stop` is requested."""

    def __init__(self, parallel, stop):
        self._parallel, self._stop = parallel, stop
        self._lines = queue.Queue()
        if parallel.rank == 0:
            threading.Thread(target=self._read, daemon=True).start()

    def __iter__(self):
        while True:
            command = self._share(self._next() if self._parallel.rank == 0 else None)
            if command == END:
                return
            if command["command"] != "wait":
                yield command

    def _read(self):
        for line in sys.stdin:
            if line.strip():
                self._lines.put(line)
        self._lines.put(None)

    def _next(self):
        for _ in range(HEARTBEAT_SECONDS * 5):
            if self._stop.requested:
                return END
            try:
                line = self._lines.get(timeout=0.2)
            except queue.Empty:
                continue
            if line is None:
                return END
            command = json.loads(line)
            if not isinstance(command, dict) or not isinstance(command.get("command"), str):
                raise ValueError(f"expected an object with a command, found {line[:100]!r}")
            return command
        return {"command": "wait"}

    def _share(self, command):
        if self._parallel.world == 1:
            return command
        box = [command]
        torch.distributed.broadcast_object_list(box, 0)
        return box[0]
