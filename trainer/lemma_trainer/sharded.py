"""Fully sharded data parallelism: weights, gradients and moments are shared out by PyTorch's `fully_shard` (FSDP2).

Each rank keeps its rows of every parameter; a layer's whole weights exist while it is computed. Must not know where PyTorch
keeps `fully_shard` (plans.py). Formulas are optim.py's; the moments are written as ranges of the same flat vector, so that a
checkpoint continues under any other plan and number of ranks.
"""

import math

import torch

from .optim import flat_order


def shard(model, fully_shard, device, parallel):
    """Shares out `model` in place: layer by layer, then embedding, head and norm. Weights are on the host until their turn."""
    from torch.distributed.device_mesh import init_device_mesh

    mesh = init_device_mesh(torch.device(device).type, (parallel.world,))
    for layer in model.layers:
        if getattr(layer, "experts", None) is not None:
            layer.experts.touches_all = True  # all ranks must have gradients of the same parameters
        fully_shard(layer, mesh=mesh)
    fully_shard(model, mesh=mesh)
    model.to(device)  # buffers


def local_part(tensor):
    """A rank's rows of a shared-out tensor (memory shared); a plain tensor itself."""
    return tensor.to_local() if hasattr(tensor, "to_local") else tensor


def whole(tensor):
    """A shared-out tensor put together on every rank: all ranks must call it."""
    return tensor.full_tensor() if hasattr(tensor, "full_tensor") else tensor


class ShardedAdamW:
    """The interface of FlatAdamW over the local rows of each parameter.

    `fully_shard` averages gradients over ranks, the trainer wants their sum: `gradient_scale` is what losses are multiplied by.
    """

    def __init__(self, model, betas, weight_decay, eps=1e-8, rank=0, world=1):
        self.betas, self.weight_decay, self.eps, self.updates = betas, weight_decay, eps, 0
        self.gradient_scale = world
        self._model, self._parameters, self._parallel, self._ranges, at = model, [], None, [], 0
        for _, parameter in flat_order(model):
            rows, columns = parameter.shape[0], parameter.numel() // parameter.shape[0]
            local, each = local_part(parameter.data), -(-rows // world)  # as torch.chunk cuts
            start = at + min(rank * each, rows) * columns
            self._ranges.append((start, start + local.numel()))
            self._parameters.append((parameter, local))
            at += parameter.numel()
        self.size = at
        self.spare = torch.zeros(2, device=self._parameters[0][1].device)
        self._moments = [(torch.zeros_like(local), torch.zeros_like(local)) for _, local in self._parameters]

    def zero_grad(self):
        self.spare.zero_()
        for parameter, _ in self._parameters:
            parameter.grad = None

    def reduce(self, parallel):
        """Sums the spare slots; gradients were summed during the backward pass."""
        self._parallel = parallel
        parallel.all_reduce(self.spare)

    def clip(self, limit):
        """Scales the gradient to at most `limit`; returns its norm before that."""
        grads = [local_part(parameter.grad) for parameter, _ in self._parameters if parameter.grad is not None]
        square = torch.stack([grad.float().pow(2).sum() for grad in grads]).sum()
        if self._parallel:
            self._parallel.all_reduce(square)
        norm = square.sqrt()
        for grad in grads:
            grad.mul_(torch.clamp(limit / (norm + 1e-6), max=1.0))
        return float(norm)

    @torch.no_grad()
    def step(self, learning_rate):
        self.updates += 1
        beta1, beta2 = self.betas
        for (parameter, values), (first, second) in zip(self._parameters, self._moments):
            grad = torch.zeros_like(values) if parameter.grad is None else local_part(parameter.grad)
            if parameter.dim() == 2:
                values.mul_(1 - learning_rate * self.weight_decay)
            first.lerp_(grad, 1 - beta1)
            second.mul_(beta2).addcmul_(grad, grad, value=1 - beta2)
            scale = torch.sqrt(second).div_(math.sqrt(1 - beta2**self.updates)).add_(self.eps)
            values.addcdiv_(first, scale, value=-learning_rate / (1 - beta1**self.updates))

    def exchange(self, parallel):
        """Nothing to do: layers gather what they need when they need it."""

    def state(self):
        """The moments of this rank's rows: ranges [n, 2] of the flat vector, and what lies in them, back to back."""
        join = lambda at: torch.cat([pair[at].flatten() for pair in self._moments])
        return {"ranges": torch.tensor(self._ranges), "first": join(0), "second": join(1)}

    def restore(self, moments, updates):
        """`moments(ranges)`: {"first", "second"} of these ranges, whatever ranks wrote them (checkpoint.py)."""
        found = moments(self._ranges)
        sizes = [end - start for start, end in self._ranges]
        for name, at in (("first", 0), ("second", 1)):
            for pair, part in zip(self._moments, found[name].split(sizes)):
                pair[at].copy_(part.view(pair[at].shape))
        self.updates = updates


def gather_weights(model, plain, rank):
    """The weights under Hugging Face names on rank 0, elsewhere nothing. All ranks must call it. `plain`: makes an empty model of the kind on the host."""
    target = plain() if rank == 0 else None
    places = dict(target.named_parameters()) if target is not None else {}
    for name, parameter in model.named_parameters():
        value = whole(parameter.data).detach()
        if places:
            places[name].data.copy_(value)
    if target is None:
        return {}
    for (_, buffer), (_, own) in zip(target.named_buffers(), model.named_buffers()):
        buffer.copy_(own)
    return target.to_hf()
