"""metrics.jsonl of a run, and the same lines as events on standard output. Must not know what is measured."""

import json
import os


class Metrics:
    """Appends lines; opened at step `step`, it first drops lines of later steps (an interrupted run repeats them)."""

    def __init__(self, folder, step):
        path = os.path.join(folder, "metrics.jsonl")
        kept = []
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                for line in file:
                    try:
                        if json.loads(line)["step"] <= step:
                            kept.append(line)
                    except (ValueError, KeyError):
                        continue  # a line cut by a kill
        with open(path + ".tmp", "w", encoding="utf-8") as file:
            file.writelines(kept)
        os.replace(path + ".tmp", path)
        self._file = open(path, "a", encoding="utf-8")

    def write(self, line):
        text = json.dumps(line)
        self._file.write(text + "\n")
        self._file.flush()
        emit("metrics", line)


def emit(event, fields):
    """One JSON line for the process that started us."""
    print(json.dumps({"event": event, **fields}), flush=True)
