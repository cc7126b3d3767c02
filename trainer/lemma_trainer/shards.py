"""Token shards: folders of NumPy files, opened as memory maps. Must not know batches or models.

Layout of a folder: NNNNN.tokens.npy (uint16 or uint32), NNNNN.loss.npy (uint8, 1 where the token is to be learned),
NNNNN.documents.npy (int64 offsets, one more than documents), index.json.
"""

import glob
import json
import os

import numpy as np


class Shards:
    """All documents of one or more shard folders, in file order.

    `lengths[i]` are the tokens of document i, `loss_counts[i]` the tokens it has to learn.
    """

    def __init__(self, folders):
        self._parts = []
        lengths, counts = [], []
        for folder in folders:
            paths = sorted(glob.glob(os.path.join(folder, "*.tokens.npy")))
            if not paths:
                raise FileNotFoundError(f"{folder}: expected token shards (*.tokens.npy), found none")
            for path in paths:
                stem = path[: -len(".tokens.npy")]
                tokens = np.load(path, mmap_mode="r")
                loss = np.load(stem + ".loss.npy", mmap_mode="r")
                offsets = np.load(stem + ".documents.npy")
                if len(loss) != len(tokens) or offsets[0] != 0 or offsets[-1] != len(tokens) or (np.diff(offsets) < 1).any():
                    raise ValueError(f"{stem}: tokens, loss and documents do not fit together")
                # The first token of a document has nothing before it to be predicted from.
                learned = np.add.reduceat(np.asarray(loss, dtype=np.int64), offsets[:-1]) - loss[offsets[:-1]]
                lengths.append(np.diff(offsets))
                counts.append(learned)
                self._parts.append((tokens, loss, offsets))
        self.lengths = np.concatenate(lengths)
        self.loss_counts = np.concatenate(counts)
        self._starts = np.cumsum([0] + [len(part) for part in lengths])

    def __len__(self):
        return len(self.lengths)

    def document(self, index):
        """(tokens, loss) of one document as arrays that must not be written to."""
        part = int(np.searchsorted(self._starts, index, side="right")) - 1
        tokens, loss, offsets = self._parts[part]
        local = index - self._starts[part]
        return tokens[offsets[local] : offsets[local + 1]], loss[offsets[local] : offsets[local + 1]]


def write_shard(folder, documents, number=0):
    """Writes documents, a list of (tokens, loss), as one shard. For tests and hand-made data."""
    os.makedirs(folder, exist_ok=True)
    stem = os.path.join(folder, f"{number:05d}")
    offsets = np.cumsum([0] + [len(tokens) for tokens, _ in documents]).astype(np.int64)
    np.save(stem + ".tokens.npy", np.concatenate([np.asarray(t) for t, _ in documents]).astype(np.uint16))
    np.save(stem + ".loss.npy", np.concatenate([np.asarray(m) for _, m in documents]).astype(np.uint8))
    np.save(stem + ".documents.npy", offsets)
    with open(os.path.join(folder, "index.json"), "w", encoding="utf-8") as file:
        json.dump({"documents": len(documents), "tokens": int(offsets[-1])}, file)
