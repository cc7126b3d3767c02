"""The replies of a step: a folder of NumPy files, checked, and cut into micro-batches. Must not know losses or models.

The folder (written by packages/trainer/src/rl/batch-folder.ts): tokens.npy (uint16 or uint32: prompt and reply, documents back to
back), loss.npy (uint8, 1 where the token was sampled), documents.npy (int64 offsets, one more than documents), logprobs.npy
(float32, the engine's log-probability of a sampled token), rewards.npy (float32 per document), groups.npy (int32 per document),
truncated.npy (uint8 per document).
"""

import os

import numpy as np

from ..batches import build_packed, build_padded, plan_packed, plan_padded

_KINDS = {"tokens": "ui", "loss": "ui", "documents": "i", "logprobs": "f", "rewards": "f", "groups": "ui", "truncated": "ui"}


class RepliesError(ValueError):
    """The folder can't be used: the message names the file, what was expected and what was found."""


class Replies:
    """R replies, N tokens. `loss_N`, `logprobs_N` by token; `rewards_R`, `groups_R`, `truncated_R`, `lengths_R`, `sampled_R` by reply."""

    def __init__(self, folder, vocabulary, context):
        found = {name: _load(folder, name, kinds) for name, kinds in _KINDS.items()}
        self.tokens_N, self.loss_N, self.offsets = found["tokens"], found["loss"], found["documents"]
        self.logprobs_N, self.rewards_R, self.groups_R = found["logprobs"], found["rewards"], found["groups"]
        self.truncated_R = found["truncated"].astype(bool)
        self._check(folder, vocabulary, context)
        self.lengths_R = np.diff(self.offsets)
        self.sampled_R = np.add.reduceat((self.loss_N != 0).astype(np.int64), self.offsets[:-1])

    def __len__(self):
        return len(self.rewards_R)

    def _check(self, folder, vocabulary, context):
        def expect(holds, file, expected, got):
            if not holds:
                raise RepliesError(f"{os.path.join(folder, file)}.npy: expected {expected}, found {got}")

        tokens, offsets, size, count = self.tokens_N, self.offsets, len(self.tokens_N), len(self.offsets) - 1
        expect(count > 0, "documents", "at least one document", f"{len(offsets)} offsets")
        expect(offsets[0] == 0 and offsets[-1] == size and (np.diff(offsets) > 0).all(), "documents", f"rising offsets from 0 to {size}", _brief(offsets))
        for name, column in (("loss", self.loss_N), ("logprobs", self.logprobs_N)):
            expect(len(column) == size, name, f"{size} numbers, one a token", len(column))
        for name, column in (("rewards", self.rewards_R), ("groups", self.groups_R), ("truncated", self.truncated_R)):
            expect(len(column) == count, name, f"{count} numbers, one a document", len(column))
        expect(tokens.min() >= 0 and tokens.max() < vocabulary, "tokens", f"ids from 0 to {vocabulary - 1}", f"{tokens.min()} to {tokens.max()}")
        longest = int(np.diff(offsets).max())
        expect(longest <= context, "documents", f"documents of at most {context} tokens, the model's context", f"one of {longest}")
        expect(not self.loss_N[offsets[:-1]].any(), "loss", "0 at the first token of each document: nothing comes before it", "1")
        sampled = self.logprobs_N[self.loss_N != 0]
        expect(np.isfinite(sampled).all() and (sampled <= 1e-3).all(), "logprobs", "finite log-probabilities of at most 0", _brief(sampled))
        expect(np.isfinite(self.rewards_R).all(), "rewards", "finite numbers", _brief(self.rewards_R))

    def micro_batches(self, chosen, layout, budget):
        """Lists of reply numbers, one list a micro-batch of about `budget` tokens, that hold the replies `chosen` once."""
        chosen = np.asarray(chosen, dtype=np.int64)
        if len(chosen) == 0:
            return []
        if layout == "packed":
            return plan_packed(chosen, self.lengths_R, max(budget, int(self.lengths_R.max())))
        return plan_padded(chosen, self.lengths_R, budget)

    def build(self, micro, layout, budget):
        """(Batch of the replies `micro`, places in the flat axis of N of its real rows): row i of the batch is about token places[i]."""
        parts = [slice(self.offsets[i], self.offsets[i + 1]) for i in micro]
        documents = [(self.tokens_N[part], (self.loss_N[part] != 0).astype(np.uint8)) for part in parts]
        make = build_packed if layout == "packed" else build_padded
        batch = make(documents, max(budget, int(self.lengths_R.max())) if layout == "packed" else budget)
        places = np.concatenate([part.start + np.flatnonzero(loss) for part, (_, loss) in zip(parts, documents)])
        return batch, places

    def replies_of(self, places):
        """The reply to which each token belongs."""
        return np.searchsorted(self.offsets, places, side="right") - 1


def _load(folder, name, kinds):
    path = os.path.join(folder, f"{name}.npy")
    try:
        column = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise RepliesError(f"{path}: expected a NumPy file, found: {error}") from error
    if column.ndim != 1 or column.dtype.kind not in kinds:
        wanted = "floats" if kinds == "f" else "whole numbers"
        raise RepliesError(f"{path}: expected one row of {wanted}, found {column.dtype} of shape {list(column.shape)}")
    return column


def _brief(column):
    return f"{len(column)} numbers, {column.min()} to {column.max()}" if len(column) else "none"
