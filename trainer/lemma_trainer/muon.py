"""Muon for the matrices inside the model, AdamW for the rest (embeddings, head, gates of experts, norms). Must not know training.

A matrix moves along its momentum made orthogonal: every direction of the update has about the same size, so rare
directions (what few examples teach) learn as fast as common ones. Momentum with Nesterov's look ahead, five
Newton-Schulz steps (K. Jordan and others, 2024, "Muon"), an update of root mean square 0.2 and decoupled weight
decay, so that AdamW's rates fit (J. Liu and others, 2025, arXiv 2502.16982, eq. 4).
"""

import torch

from .optim import FlatAdamW

MOMENTUM = 0.95
COEFFICIENTS = (3.4445, -4.7750, 2.0315)
UPDATE_RMS = 0.2


def orthogonal(matrices_BMN, steps=5):
    """About U V' of each matrix U S V' [B, M, N]: singular values between 0.7 and 1.2, the directions kept."""
    a, b, c = COEFFICIENTS
    x = matrices_BMN / (matrices_BMN.flatten(1).norm(dim=1)[:, None, None] + 1e-7)
    wide = x if x.shape[1] <= x.shape[2] else x.transpose(1, 2)
    for _ in range(steps):
        square = torch.bmm(wide, wide.transpose(1, 2))
        wide = a * wide + torch.bmm(torch.baddbmm(square, square, square, beta=b, alpha=c), wide)
    return wide if x.shape[1] <= x.shape[2] else wide.transpose(1, 2)


class FlatMuon(FlatAdamW):
    """As FlatAdamW; the moments of Muon's matrices are the momentum (`first`) and zeros (`second`). With `shard` every matrix belongs to one rank."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        start, end = self.own
        inside = lambda part: start <= part.start and part.stop <= end
        self._matrices = {shape: [part for part in parts if inside(part)] for shape, parts in self.groups.items()}
        self._rest, at = [], start  # ranges of this rank that AdamW moves
        for part in sorted((part for parts in self._matrices.values() for part in parts), key=lambda part: part.start):
            self._rest.append((at, part.start))
            at = part.stop
        self._rest = [(start, end) for start, end in [*self._rest, (at, end)] if end > start]

    def whole_matrices(self, model):
        """Matrices of the Hugging Face folder: q, k and v are moved each on its own though they are stored as one."""
        start, size, groups = self.values.data_ptr(), self.values.element_size(), {}
        for name, tensor in model.to_hf().items():
            if tensor.dim() == 2 and not any(part in name for part in ("embed", "lm_head", "mlp.gate.")):
                at = (tensor.data_ptr() - start) // size
                groups.setdefault(tuple(tensor.shape), []).append(slice(at, at + tensor.numel()))
        return groups

    def step(self, learning_rate):
        self.updates += 1
        for start, end in self._rest:
            self._adamw(start, end, learning_rate)
        for shape, parts in self._matrices.items():
            if not parts:
                continue
            momenta = [self.first[part.start - self.own[0] : part.stop - self.own[0]] for part in parts]
            for part, momentum in zip(parts, momenta):
                momentum.mul_(MOMENTUM).add_(self.grads[part])
            ahead = torch.stack([torch.add(self.grads[part], momentum, alpha=MOMENTUM).view(shape) for part, momentum in zip(parts, momenta)])
            updates = orthogonal(ahead).reshape(len(parts), -1)
            for part, update in zip(parts, updates):
                values = self.values[part].mul_(1 - learning_rate * self.weight_decay)
                values.sub_(update, alpha=learning_rate * UPDATE_RMS * max(shape) ** 0.5)
