"""AdamW over one flat vector, and the learning-rate schedule. Must not know models beyond their parameters.

All parameters become views of `values`, their gradients views of `grads`: one all-reduce, one norm, one update.
"""

import math

import torch


class FlatAdamW:
    """AdamW with decoupled weight decay on matrices only. `grads` has two spare slots for sums that travel along."""

    SPARE = 2

    def __init__(self, model, betas, weight_decay, eps=1e-8):
        parameters = sorted(model.named_parameters(), key=lambda item: item[1].dim() != 2)  # matrices first
        self.names = [name for name, _ in parameters]
        self.betas, self.weight_decay, self.eps, self.updates = betas, weight_decay, eps, 0
        size = sum(parameter.numel() for _, parameter in parameters)
        self.decayed = sum(parameter.numel() for _, parameter in parameters if parameter.dim() == 2)
        device = parameters[0][1].device
        self.values = torch.empty(size, device=device)
        self._buffer = torch.zeros(size + self.SPARE, device=device)
        self.grads, self.spare = self._buffer[:size], self._buffer[size:]
        self.first, self.second = torch.zeros_like(self.values), torch.zeros_like(self.values)
        self._scratch = torch.empty_like(self.values)
        at = 0
        for _, parameter in parameters:
            part = slice(at, at + parameter.numel())
            self.values[part] = parameter.data.reshape(-1)
            parameter.data = self.values[part].view(parameter.shape)
            parameter.grad = self.grads[part].view(parameter.shape)
            at += parameter.numel()

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
        beta1, beta2 = self.betas
        self.updates += 1
        self.values[: self.decayed].mul_(1 - learning_rate * self.weight_decay)
        self.first.lerp_(self.grads, 1 - beta1)
        self.second.mul_(beta2).addcmul_(self.grads, self.grads, value=1 - beta2)
        torch.sqrt(self.second, out=self._scratch)
        self._scratch.div_(math.sqrt(1 - beta2**self.updates)).add_(self.eps)
        self.values.addcdiv_(self.first, self._scratch, value=-learning_rate / (1 - beta1**self.updates))

    def state(self):
        return {"first": self.first, "second": self.second}

    def restore(self, tensors, updates):
        self.first.copy_(tensors["first"])
        self.second.copy_(tensors["second"])
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
