"""One step's replies, as the TypeScript side writes them (packages/trainer/src/rl/batch-folder.ts). Must not know models."""

import os
from dataclasses import dataclass

import numpy as np

COLUMNS = {"tokens": "iu", "loss": "iu", "documents": "iu", "logprobs": "f", "rewards": "f", "groups": "iu", "truncated": "iu"}


@dataclass
class Replies:
    """K replies. Flat columns have T tokens; `documents` are K + 1 offsets into them."""

    tokens: np.ndarray
    loss: np.ndarray  # 1: sampled
    documents: np.ndarray
    logprobs: np.ndarray  # the engine's, 0 where loss is 0
    rewards: np.ndarray
    groups: np.ndarray
    truncated: np.ndarray

    def __len__(self):
        return len(self.rewards)

    @property
    def lengths(self):
        return np.diff(self.documents)

    def span(self, reply):
        """The tokens of one reply, prompt included, as a slice of the flat columns."""
        return slice(int(self.documents[reply]), int(self.documents[reply + 1]))

    def document(self, reply):
        """(tokens, loss) of one reply."""
        part = self.span(reply)
        return self.tokens[part], self.loss[part]


def read_replies(folder):
    """Reads and checks a batch folder. ValueError names the file and what is wrong."""
    columns = {}
    for name, kinds in COLUMNS.items():
        path = os.path.join(folder, name + ".npy")
        array = np.load(path)
        if array.ndim != 1 or array.dtype.kind not in kinds:
            raise ValueError(f"{path}: expected one row of {'floats' if kinds == 'f' else 'whole numbers'}, found {array.dtype} {array.shape}")
        columns[name] = array
    replies = Replies(**columns)
    offsets, size = replies.documents, len(replies.tokens)
    if len(offsets) < 2 or offsets[0] != 0 or offsets[-1] != size or (np.diff(offsets) < 2).any():
        raise ValueError(f"{folder}: documents.npy does not cut {size} tokens into replies of two tokens or more")
    for name, expected in (("loss", size), ("logprobs", size), *((n, len(offsets) - 1) for n in ("rewards", "groups", "truncated"))):
        if len(columns[name]) != expected:
            raise ValueError(f"{folder}: {name}.npy: expected {expected} entries, found {len(columns[name])}")
    if replies.loss[offsets[:-1]].any():
        raise ValueError(f"{folder}: a reply begins with a sampled token; expected a prompt before it")
    if not (np.isfinite(replies.rewards).all() and np.isfinite(replies.logprobs).all()):
        raise ValueError(f"{folder}: rewards.npy or logprobs.npy holds what is no finite number")
    return replies
