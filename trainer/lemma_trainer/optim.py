"""AdamW over one flat vector, and the learning-rate schedule. Must not know models beyond their parameters.

All parameters become views of `values`, their gradients views of `grads`: one all-reduce, one norm, one update.
ZeRO-1 (S. Rajbhandari and others, 2019, arXiv 1910.02054, "P_os"): with `shard` each rank keeps the moments of one range
of the vector, updates that range, and the ranks exchange what they updated. Gradients are summed as without it, so the
weights are the same bit for bit.
"""

import math

import torch

from .parallel import split_ranges


def flat_order(model):
    """The parameters as the flat vector holds them, [(name, parameter)]: matrices first."""
    return sorted(model.named_parameters(), key=lambda item: item[1].dim() != 2)


class FlatAdamW:
    """AdamW with decoupled weight decay on matrices only. `grads` has two spare slots for sums that travel along.

    `rank` of `world` says which range this rank writes into a checkpoint, and with `shard` which one it updates.
    """

    SPARE = 2
    gradient_scale = 1  # gradients are sums over ranks already

    def __init__(self, model, betas, weight_decay, eps=1e-8, rank=0, world=1, shard=False):
        parameters = flat_order(model)
        self.names = [name for name, _ in parameters]
        self.betas, self.weight_decay, self.eps, self.updates = betas, weight_decay, eps, 0
        size = sum(parameter.numel() for _, parameter in parameters)
        self.size, self.decayed = size, sum(parameter.numel() for _, parameter in parameters if parameter.dim() == 2)
        device = parameters[0][1].device
        self.values = torch.empty(size, device=device)
        self._buffer = torch.zeros(size + self.SPARE, device=device)
        self.grads, self.spare = self._buffer[:size], self._buffer[size:]
        at = 0
        for _, parameter in parameters:
            part = slice(at, at + parameter.numel())
            self.values[part] = parameter.data.reshape(-1)
            parameter.data = self.values[part].view(parameter.shape)
            parameter.grad = self.grads[part].view(parameter.shape)
            at += parameter.numel()
        self.groups = self.whole_matrices(model)
        solid = sorted((part.start, part.stop) for parts in self.groups.values() for part in parts)
        self.ranges = split_ranges(size, world, solid)
        self.written, self.own = self.ranges[rank], self.ranges[rank] if shard else (0, size)
        self.is_sharded = shard
        self.first, self.second, self._scratch = (torch.zeros(self.own[1] - self.own[0], device=device) for _ in range(3))

    def whole_matrices(self, model):
        """{shape: [slice of `values`]} of what one rank must update as a whole: nothing for AdamW."""
        return {}

    def zero_grad(self):
        self._buffer.zero_()

    def reduce(self, parallel):
        """Sums gradients and spare slots over the ranks."""
        parallel.all_reduce(self._buffer)

    def clip(self, limit):
        """Scales the gradient to at most `limit`; returns its norm before that."""
        norm = self.grads.norm()
        if math.isfinite(norm):  # else it is left as it is, for whoever looks for the cause
            self.grads.mul_(torch.clamp(limit / (norm + 1e-6), max=1.0))
        return float(norm)

    def step(self, learning_rate):
        """Updates this rank's range; `exchange` makes the others know."""
        self.updates += 1
        self._adamw(*self.own, learning_rate)

    def exchange(self, parallel):
        """After `step`: gives the updated ranges to the other ranks. Nothing to do where every rank updates all."""
        if self.is_sharded:
            parallel.exchange(self.values, self.ranges)

    def _adamw(self, start, end, learning_rate):
        """AdamW on values[start:end] (I. Loshchilov and F. Hutter, 2019, arXiv 1711.05101, algorithm 2)."""
        beta1, beta2 = self.betas
        values, grads, at = self.values[start:end], self.grads[start:end], slice(start - self.own[0], end - self.own[0])
        first, second, scratch = self.first[at], self.second[at], self._scratch[at]
        values[: max(0, self.decayed - start)].mul_(1 - learning_rate * self.weight_decay)
        first.lerp_(grads, 1 - beta1)
        second.mul_(beta2).addcmul_(grads, grads, value=1 - beta2)
        torch.sqrt(second, out=scratch)
        scratch.div_(math.sqrt(1 - beta2**self.updates)).add_(self.eps)
        values.addcdiv_(first, scratch, value=-learning_rate / (1 - beta1**self.updates))

    def state(self):
        """The moments that this rank writes: ranges [n, 2] of the flat vector, and what lies in them, back to back."""
        at = slice(self.written[0] - self.own[0], self.written[1] - self.own[0])
        return {"ranges": torch.tensor([self.written]), "first": self.first[at], "second": self.second[at]}

    def restore(self, moments, updates):
        """`moments(ranges)`: {"first", "second"} of these ranges, whatever ranks wrote them (checkpoint.py)."""
        found = moments([self.own])
        self.first.copy_(found["first"])
        self.second.copy_(found["second"])
        self.updates = updates


def learning_rate(schedule, peak, step, steps):
    """Rate of step `step` (from 0) of `steps`: linear warm-up, then cosine, or flat with a linear end (wsd)."""
    if step < schedule.warmupSteps:
        return peak * (step + 1) / schedule.warmupSteps
    if schedule.kind == "constant":
        return peak
    floor = peak * schedule.floor
    start = schedule.warmupSteps if schedule.kind == "cosine" else max(schedule.warmupSteps, int(steps * (1 - schedule.decayShare)))
    done = min(1.0, max(0.0, (step - start) / max(1, steps - 1 - start)))
    if schedule.kind == "cosine":
        return floor + (peak - floor) * 0.5 * (1 + math.cos(math.pi * done))
    return peak + (floor - peak) * done
