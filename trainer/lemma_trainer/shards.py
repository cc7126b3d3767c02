"""Token shards: folders of NumPy files, opened as memory maps. Must not know batches or models.

Layout of a folder: NNNNN.tokens.npy (uint16 or uint32), NNNNN.loss.npy (uint8, 1 where the token is to be learned),
NNNNN.documents.npy (int64 offsets, one more than documents), index.json. Where messages have weights other than 0 and 1
there is NNNNN.weights.npy (float32, one a document): what its learned tokens count in the loss.
"""

import glob
import json
import os

import numpy as np


class Shards:
    """All documents of one or more shard folders, in file order.

    `lengths[i]` are the tokens of document i, `loss_counts[i]` the tokens it has to learn, `loss_weights[i]` the sum of their
    weights. With `learn_all` every token is learned, whatever the mask says.
    """

    def __init__(self, folders, learn_all=False):
        self._parts, self._learn_all = [], learn_all
        lengths, counts, weights = [], [], []
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
                counts.append(lengths[-1] - 1 if learn_all else learned)
                weights.append(_document_weights(stem, len(learned)))
                self._parts.append((tokens, loss, offsets, weights[-1]))
        self.lengths = np.concatenate(lengths)
        self.loss_counts = np.concatenate(counts)
        self.loss_weights = self.loss_counts * np.concatenate(weights).astype(np.float64)
        self._starts = np.cumsum([0] + [len(part) for part in lengths])

    def __len__(self):
        return len(self.lengths)

    @property
    def longest(self):
        """Tokens of the longest document."""
        return int(self.lengths.max())

    def document(self, index):
        """(tokens, weight of each in the loss) of one document as arrays that must not be written to."""
        part = int(np.searchsorted(self._starts, index, side="right")) - 1
        tokens, loss, offsets, weights = self._parts[part]
        local = index - self._starts[part]
        own = slice(offsets[local], offsets[local + 1])
        mask = np.ones(own.stop - own.start, dtype=np.uint8) if self._learn_all else loss[own]
        return tokens[own], mask if weights[local] == 1 else mask * weights[local]


def _document_weights(stem, documents):
    """Weights [documents]: those of the file, or ones."""
    if not os.path.exists(stem + ".weights.npy"):
        return np.ones(documents, dtype=np.float32)
    weights = np.load(stem + ".weights.npy")
    if weights.shape != (documents,) or not (np.isfinite(weights) & (weights > 0)).all():
        raise ValueError(f"{stem}.weights.npy: expected {documents} finite numbers above 0, found shape {weights.shape}")
    return weights.astype(np.float32)


def write_shard(folder, documents, number=0, weights=None):
    """Writes documents, a list of (tokens, loss), as one shard; `weights`: one a document. For tests and hand-made data."""
    os.makedirs(folder, exist_ok=True)
    stem = os.path.join(folder, f"{number:05d}")
    offsets = np.cumsum([0] + [len(tokens) for tokens, _ in documents]).astype(np.int64)
    np.save(stem + ".tokens.npy", np.concatenate([np.asarray(t) for t, _ in documents]).astype(np.uint16))
    np.save(stem + ".loss.npy", np.concatenate([np.asarray(m) for _, m in documents]).astype(np.uint8))
    np.save(stem + ".documents.npy", offsets)
    if weights is not None:
        np.save(stem + ".weights.npy", np.asarray(weights, dtype=np.float32))
    with open(os.path.join(folder, "index.json"), "w", encoding="utf-8") as file:
        json.dump({"documents": len(documents), "tokens": int(offsets[-1])}, file)
