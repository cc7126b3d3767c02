"""Direct preference optimisation (R. Rafailov and others, 2023, arXiv 2305.18290, eq. 7; label smoothing: E. Mitchell, 2023, "A note on
DPO with noisy preferences", eq. 3).

For a prompt x with a chosen reply c and a rejected one r, and log p of a reply the sum over its tokens:
    m = beta * ((log p(c|x) - log ref(c|x)) - (log p(r|x) - log ref(r|x)))
    loss = -(1 - e) log sigmoid(m) - e log sigmoid(-m)
The reference is the model as the stage begins. Its log-probabilities are numbers, not a second model: computed once for all
pairs and kept in a file of the run. A pair's two documents stand one behind the other in the shards and share a micro-batch.
"""

import os

import numpy as np
import torch
import torch.nn.functional as F

from .. import safetensors
from ..batches import BatchStream, build_packed, build_padded, padded_shape
from ..shards import Shards
from .log_probabilities import ChunkedLogProbabilities


class PairShards:
    """Documents 2i (chosen) and 2i + 1 (rejected) of the folders as pair i. `lengths` are the tokens of both."""

    def __init__(self, folders):
        self._documents = Shards(folders)
        if len(self._documents) % 2:
            raise ValueError(f"{', '.join(folders)}: expected pairs of documents, found {len(self._documents)}")
        self.lengths, self.loss_counts = (x.reshape(-1, 2).sum(1) for x in (self._documents.lengths, self._documents.loss_counts))
        if (self._documents.loss_counts < 1).any():
            raise ValueError(f"{', '.join(folders)}: expected a reply in every document, found one without learned tokens")
        self.longest = self._documents.longest
        self.loss_weights = np.ones(len(self.lengths))  # the loss is a mean over pairs

    def __len__(self):
        return len(self.lengths)

    def pair(self, index):
        """[chosen, rejected], each (tokens, loss)."""
        return [self._documents.document(2 * index), self._documents.document(2 * index + 1)]


class PairStream(BatchStream):
    """Micro-batches of whole pairs. Padded ones plan with the length of both documents, so their rows fit the budget in most cases."""

    def __init__(self, shards, layout, budget, pool, seed):
        longest = int(shards.lengths.max())
        if longest > budget:
            raise ValueError(f"microTokens: expected at least the longest pair of documents ({longest} tokens), found {budget}")
        super().__init__(shards, layout, budget, pool, seed)

    def build(self, documents):
        pairs = self._pairs(documents)
        batch = (build_packed if self.layout == "packed" else build_padded)(pairs, self._room(pairs))
        counts = [int(np.count_nonzero(loss[1:])) for _, loss in pairs]
        owner = np.full(len(batch.loss_at), len(pairs), dtype=np.int64)  # of padding: one behind the last
        owner[: sum(counts)] = np.repeat(np.arange(len(pairs)), counts)
        batch.owner, batch.pairs = torch.from_numpy(owner), torch.from_numpy(np.array(documents, dtype=np.int64))
        return batch

    def slots(self, plan):
        if self.layout == "packed":
            return len(plan) * self.budget
        shapes = (padded_shape([len(tokens) for tokens, _ in pairs], self._room(pairs)) for pairs in map(self._pairs, plan))
        return sum(rows * length for rows, length in shapes)

    def _pairs(self, documents):
        return [document for index in documents for document in self.shards.pair(index)]

    def _room(self, pairs):
        """The budget, or what the rows of a chosen and a rejected reply of unlike lengths need."""
        return self.budget if self.layout == "packed" else max(self.budget, len(pairs) * max(len(tokens) for tokens, _ in pairs))


def dpo_loss(policy_P2, reference_P2, beta, smoothing):
    """(sum of the losses, margins m [P]) from log-probabilities of [chosen, rejected], float64."""
    gain = policy_P2 - reference_P2
    margins = beta * (gain[:, 0] - gain[:, 1])
    losses = -(1 - smoothing) * F.logsigmoid(margins) - smoothing * F.logsigmoid(-margins)
    return losses.sum(), margins


class DirectPreference:
    """The objective; `options`: beta, labelSmoothing."""

    def __init__(self, options):
        self.options, self.reference_P2 = options, None
        self._seen = torch.zeros(3, dtype=torch.float64)  # pairs, pairs whose margin is above 0, sum of margins

    def shards(self, folders):
        return PairShards(folders)

    def stream(self, shards, layout, budget, pool, seed):
        return PairStream(shards, layout, budget, pool, seed)

    def prepare(self, model, stream, parallel, path, is_new):
        """Computes the reference's log-probabilities, the ranks sharing the work, or reads those of the run."""
        file, device = path + ".reference.safetensors", model.embedding.device
        self._seen = self._seen.to(device)
        if not is_new:
            if not os.path.exists(file):
                raise FileNotFoundError(f"{file}: expected the log-probabilities of the reference, found no file. The weights have moved "
                                        "since it was made: start the run afresh")
            self.reference_P2 = safetensors.load_file(file)["reference"].to(device)
        else:
            plans = stream.whole_pass()
            sums = torch.zeros(len(stream.shards), 2, dtype=torch.float64, device=device)
            with torch.no_grad():
                for documents in plans[parallel.rank :: parallel.world]:
                    batch = stream.build(documents).to(device)
                    sums[batch.pairs.to(device)] = self._log_probabilities(model, batch)
            parallel.all_reduce(sums)
            self.reference_P2 = sums
            if parallel.rank == 0:
                os.makedirs(os.path.dirname(file), exist_ok=True)
                safetensors.save_file({"reference": sums}, file + ".tmp")
                os.replace(file + ".tmp", file)
            parallel.barrier()

    def loss(self, model, batch):
        policy_P2 = self._log_probabilities(model, batch)
        reference_P2 = self.reference_P2[batch.pairs.to(policy_P2.device)]
        total, margins = dpo_loss(policy_P2, reference_P2, self.options.beta, self.options.labelSmoothing)
        with torch.no_grad():
            self._seen += torch.stack([torch.full_like(total, len(margins)), (margins > 0).sum().double(), margins.sum()])
        return total

    def take(self, parallel):
        """`preferred`: share of pairs whose chosen reply gained more than the rejected one; `margin`: the mean m."""
        parallel.all_reduce(self._seen)
        pairs, preferred, margin = self._seen.tolist()
        self._seen.zero_()
        return {"preferred": round(preferred / max(1, pairs), 4), "margin": round(margin / max(1, pairs), 4)}

    def _log_probabilities(self, model, batch):
        """Of each pair's replies, float64 [P, 2]."""
        hidden, head = model.outputs(batch)
        each_M = ChunkedLogProbabilities.apply(hidden, head, batch.targets, model.dtype)
        owner = batch.owner.to(each_M.device)
        sums = torch.zeros(2 * len(batch.pairs) + 1, dtype=torch.float64, device=each_M.device).index_add(0, owner, each_M.double())
        return sums[:-1].view(-1, 2)
