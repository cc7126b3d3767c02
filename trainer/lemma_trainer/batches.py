"""Turns documents into micro-batches of constant or rounded shape. Must not know models.

The order is a pure function of (lengths, seed): documents are permuted by epoch, cut into pools, and each pool is laid
out in micro-batches, which are shuffled. A step takes the next `micros` of them, rank r every world-th one from r, so
the data of a step does not depend on the number of ranks. The cursor (epoch, pool, micro) is the whole state.

padded: rows of similar length, rounded up to 16; the row count follows from the token budget. Few distinct shapes.
packed: documents back to back, best fit, always exactly `budget` tokens long; attention must respect `offsets`.
In both, no document ever sees another: positions restart, and the layout tells attention where documents end.
"""

import bisect
from dataclasses import dataclass

import numpy as np
import torch

ROUND_LENGTH = 16
ROUND_LOSS = 128
PADDING_SPAN = 32


@dataclass
class Batch:
    """One micro-batch of N tokens, flat. N = rows * length when padded.

    `loss_at`: indices of the tokens from whose hidden state a learned token is predicted, padded to a multiple of
    128 with weight 0; `targets` and `weights` belong to them. `offsets`: document ends of the packed layout.
    `real_N`: false for padding.
    """

    tokens_N: torch.Tensor
    real_N: torch.Tensor
    positions_N: torch.Tensor
    loss_at: torch.Tensor
    targets: torch.Tensor
    weights: torch.Tensor
    rows: int
    length: int
    offsets: torch.Tensor  # int32 [documents + 1], spans of the flat axis that attend to themselves only
    tokens: int  # real tokens
    loss_tokens: int

    @property
    def packed(self):
        return self.rows == 1

    def documents(self):
        """(the document of each token [N], -1 for padding; how many spans of documents there are)."""
        spans = len(self.offsets) - 1
        lengths = (self.offsets[1:] - self.offsets[:-1]).long()
        document = torch.repeat_interleave(torch.arange(spans, device=lengths.device), lengths)
        used = int(document[self.real_N].max()) + 1 if bool(self.real_N.any()) else 1
        return torch.where(self.real_N, document, torch.full_like(document, -1)), used

    def to(self, device):
        for name in ("tokens_N", "real_N", "positions_N", "loss_at", "targets", "weights", "offsets"):
            setattr(self, name, getattr(self, name).to(device, non_blocking=True))
        return self


def plan_padded(documents, lengths, budget):
    """Lists of document indices, one list a micro-batch, for a pool: longest first, rows of about equal length."""
    order = documents[np.argsort(-lengths[documents], kind="stable")]
    plan, at = [], 0
    while at < len(order):
        length = _round(int(lengths[order[at]]), ROUND_LENGTH)
        rows = max(1, budget // length)
        plan.append(order[at : at + rows])
        at += rows
    return plan


def plan_packed(documents, lengths, budget):
    """Best fit, longest first: each document goes to the fullest micro-batch that still has room."""
    order = documents[np.argsort(-lengths[documents], kind="stable")]
    plan, free = [], []  # free: sorted list of (room, micro-batch)
    for document in order:
        need = int(lengths[document])
        slot = bisect.bisect_left(free, (need, -1))
        if slot == len(free):
            plan.append([document])
            bisect.insort(free, (budget - need, len(plan) - 1))
        else:
            room, micro = free.pop(slot)
            plan[micro].append(document)
            if room > need:
                bisect.insort(free, (room - need, micro))
    return [np.array(micro) for micro in plan]


class BatchStream:
    """Endless micro-batches of `shards`; `take(count)` returns the document lists of one step and moves the cursor."""

    def __init__(self, shards, layout, budget, pool, seed):
        longest = int(shards.lengths.max())
        if longest > budget:
            raise ValueError(f"microTokens: expected at least the longest document ({longest} tokens), found {budget}")
        self.shards, self.layout, self.budget, self.pool, self.seed = shards, layout, budget, pool, seed
        self.epoch, self.pool_index, self.micro = 0, 0, 0
        self.samples = 0  # documents taken so far, over all ranks
        self._loaded, self._order_of, self._order = None, None, None

    def state(self):
        return {"epoch": self.epoch, "pool": self.pool_index, "micro": self.micro, "samples": self.samples}

    def restore(self, state):
        self.epoch, self.pool_index, self.micro = state["epoch"], state["pool"], state["micro"]
        self.samples = state.get("samples", 0)

    def take(self, count):
        taken = []
        while len(taken) < count:
            plan = self._plan()
            part = plan[self.micro : self.micro + count - len(taken)]
            taken.extend(part)
            self.micro += len(part)
            if self.micro >= len(plan):
                self.micro, self.pool_index = 0, self.pool_index + 1
                if self.pool_index * self.pool >= len(self.shards):
                    self.pool_index, self.epoch = 0, self.epoch + 1
        self.samples += sum(len(documents) for documents in taken)
        return taken

    def whole_pass(self):
        """Micro-batches that hold every document once; the cursor stays."""
        make = plan_packed if self.layout == "packed" else plan_padded
        pools = np.split(np.arange(len(self.shards)), range(self.pool, len(self.shards), self.pool))
        return [micro for pool in pools for micro in make(pool, self.shards.lengths, self.budget)]

    def slots(self, plan):
        """Tokens that the micro-batches of a step take, padding included."""
        if self.layout == "packed":
            return len(plan) * self.budget
        return sum(rows * length for rows, length in (padded_shape([self.shards.lengths[i] for i in d], self.budget) for d in plan))

    def build(self, documents):
        """The tensors of one micro-batch."""
        make = build_packed if self.layout == "packed" else build_padded
        return make([self.shards.document(i) for i in documents], self.budget)

    def _plan(self):
        key = (self.epoch, self.pool_index)
        if self._loaded is None or self._loaded[0] != key:
            if self._order_of != self.epoch:
                self._order = np.random.default_rng([self.seed, self.epoch]).permutation(len(self.shards))
                self._order_of = self.epoch
            documents = self._order[self.pool_index * self.pool : (self.pool_index + 1) * self.pool]
            plan = (plan_packed if self.layout == "packed" else plan_padded)(documents, self.shards.lengths, self.budget)
            shuffle = np.random.default_rng([self.seed, self.epoch, self.pool_index]).permutation(len(plan))
            self._loaded = (key, [plan[i] for i in shuffle])
        return self._loaded[1]


def padded_shape(lengths, budget):
    """(rows, length) of a padded micro-batch."""
    length = _round(int(max(lengths)), ROUND_LENGTH)
    return min(_round(len(lengths), 4), max(len(lengths), budget // length)), length


def build_padded(documents, budget):
    """documents: list of (tokens, weight of each in the loss: 0 is not learned). Rows are filled up to a multiple of 4 where the budget allows."""
    rows, length = padded_shape([len(tokens) for tokens, _ in documents], budget)
    starts = [i * length for i in range(len(documents))]
    batch = _build(documents, starts, rows * length)
    batch.positions_N = torch.arange(length).repeat(rows)
    batch.rows, batch.length = rows, length
    batch.offsets = torch.arange(0, rows * length + 1, length, dtype=torch.int32)
    return batch


def build_packed(documents, budget):
    """documents: list of (tokens, loss), together at most `budget` tokens; the rest is padding, in spans that are shorter
    than any document may be, so that no position is past the end of the rotary tables."""
    ends = np.cumsum([len(tokens) for tokens, _ in documents])
    starts = [0, *ends[:-1].tolist()]
    batch = _build(documents, starts, budget)
    spans = [0, *ends.tolist(), *range(int(ends[-1]) + PADDING_SPAN, budget, PADDING_SPAN)] + ([budget] if ends[-1] < budget else [])
    positions = np.arange(budget)
    for start, end in zip(spans[:-1], spans[1:]):
        positions[start:end] -= start
    batch.positions_N = torch.from_numpy(positions)
    batch.rows, batch.length = 1, budget
    batch.offsets = torch.tensor(spans, dtype=torch.int32)
    return batch


def _build(documents, starts, size):
    tokens_N, real_N = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool)
    loss_at, targets, counts = [], [], []
    for (tokens, loss), start in zip(documents, starts):
        tokens_N[start : start + len(tokens)] = tokens
        real_N[start : start + len(tokens)] = True
        learned = np.flatnonzero(loss[1:])
        loss_at.append(start + learned)
        targets.append(tokens[1:][learned].astype(np.int64))
        counts.append(loss[1:][learned])
    loss_at, targets = np.concatenate(loss_at), np.concatenate(targets)
    count, padded = len(loss_at), _round(max(len(loss_at), 1), ROUND_LOSS)
    weights = np.zeros(padded, dtype=np.float32)
    weights[:count] = np.concatenate(counts)
    fill = np.zeros(padded - count, dtype=np.int64)
    return Batch(
        tokens_N=torch.from_numpy(tokens_N), real_N=torch.from_numpy(real_N), positions_N=None,
        loss_at=torch.from_numpy(np.concatenate([loss_at, fill])),
        targets=torch.from_numpy(np.concatenate([targets, fill])), weights=torch.from_numpy(weights),
        rows=0, length=0, offsets=None, tokens=sum(len(tokens) for tokens, _ in documents), loss_tokens=count,
    )


def _round(value, multiple):
    return -(-value // multiple) * multiple
