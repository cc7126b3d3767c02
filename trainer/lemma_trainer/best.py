"""Which checkpoints are the best of their stages: <run>/best.json, {stage: {"step", "by", "value"}}.

By `check`: the share of right rows of the exact-trace check, at whose step a checkpoint is written when it is the highest
yet. By `loss`: the lowest mean training loss since the checkpoint before. Must not know how either is made.
"""

import json
import os

from . import checkpoint


class Best:
    """The best of one stage; `by` "off" takes nothing. Every rank decides alike, rank 0 (`lead`) writes."""

    def __init__(self, folder, stage, by, lead=True):
        self.by, self._folder, self._stage, self._lead = by, folder, str(stage), lead
        found = _entries(folder).get(self._stage)
        self._value = found["value"] if found and found["by"] == by else None

    def takes(self, step, value):
        """Notes `step` and returns true where `value` beats all before: the caller then writes the checkpoint at once."""
        sign = -1 if self.by == "loss" else 1
        if self.by == "off" or self._value is not None and sign * value <= sign * self._value:
            return False
        self._value = value
        if self._lead:
            entries = {**_entries(self._folder), self._stage: {"step": step, "by": self.by, "value": round(value, 6)}}
            checkpoint.write_json(os.path.join(self._folder, "best.json"), entries)
        return True


def best_steps(folder):
    """The steps of all stages' best checkpoints: never dropped."""
    return {entry["step"] for entry in _read(folder).values()}


def _entries(folder):
    """Those whose checkpoint is whole: a kill may come between the note and the checkpoint."""
    whole = set(checkpoint.steps(folder))
    return {stage: entry for stage, entry in _read(folder).items() if entry["step"] in whole}


def _read(folder):
    path = os.path.join(folder, "best.json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return json.load(file)
