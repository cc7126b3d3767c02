"""Distillation from logits: the student's distribution of each learned token is drawn to a teacher's, mixed with cross-entropy.

With p of the teacher and q of the student, both softmax(logits / T) over the vocabulary, s the student's logits:
    forward  KL(p||q) = sum p (log p - log q)                       d/ds = (q - p) / T
    reverse  KL(q||p) = sum q (log q - log p)                       d/ds = q (log q - log p - KL) / T
    js       (KL(p||m) + KL(q||m)) / 2 with m = (p + q) / 2         d/ds = q (log q - log m - KL(q||m)) / 2T
    loss = (1 - share) * cross-entropy + share * T^2 * divergence
T^2 keeps the gradient's size when T changes (G. Hinton and others, 2015, arXiv 1503.02531, section 2). Forward KL covers all that the
teacher may say, reverse KL keeps to what it says most, Jensen-Shannon (J. Lin, 1991) lies between. Logits of either model exist for
one chunk of rows at a time.
"""

import hashlib
import math
import os

import torch

from .. import hf_folder
from ..config import ConfigError
from ..layers import logit_rows
from .cross_entropy import CrossEntropy


def divergence_and_gradient(teacher_logits_RV, student_logits_RV, kind, temperature):
    """(divergence [R], its gradient by the student's logits [R, V]), in the logits' own precision."""
    log_p = torch.log_softmax(teacher_logits_RV / temperature, dim=-1)
    log_q = torch.log_softmax(student_logits_RV / temperature, dim=-1)
    p, q = log_p.exp(), log_q.exp()
    if kind == "forward":
        return (p * (log_p - log_q)).sum(-1), (q - p) / temperature
    if kind == "reverse":
        ratio = log_q - log_p
        kl = (q * ratio).sum(-1)
        return kl, q * (ratio - kl[:, None]) / temperature
    log_m = torch.logaddexp(log_p, log_q) - math.log(2)
    ratio = log_q - log_m
    kl_q = (q * ratio).sum(-1)
    return 0.5 * ((p * (log_p - log_m)).sum(-1) + kl_q), q * (ratio - kl_q[:, None]) / (2 * temperature)


class ChunkedDistillation(torch.autograd.Function):
    """(sum of the weighted losses, sums of weighted cross-entropies and divergences [2]), all float64; only the first has a gradient.

    As in ChunkedCrossEntropy the gradient is made in the forward pass, chunk by chunk.
    """

    @staticmethod
    def forward(ctx, hidden_MD, head_VD, teacher_hidden_ME, teacher_head_VE, targets_M, weights_M, options, dtype, teacher_dtype):
        head, teacher_head = head_VD.to(dtype), teacher_head_VE.to(teacher_dtype)
        share, temperature = options.share, options.temperature
        sums = torch.zeros(2, dtype=torch.float64, device=hidden_MD.device)
        grad_hidden = torch.empty_like(hidden_MD)
        grad_head = torch.zeros_like(head_VD) if ctx.needs_input_grad[1] else None
        rows = max(1, logit_rows(len(head)) // 2)  # of both models
        for start in range(0, len(hidden_MD), rows):
            part = slice(start, start + rows)
            hidden, target, weight = hidden_MD[part].to(dtype), targets_M[part], weights_M[part]
            student = (hidden @ head.t()).float()
            teacher = (teacher_hidden_ME[part].to(teacher_dtype) @ teacher_head.t()).float()
            divergence, grad = divergence_and_gradient(teacher, student, options.divergence, temperature)
            log_q = torch.log_softmax(student, dim=-1)
            sums[0] -= (log_q.gather(1, target[:, None])[:, 0] * weight).sum(dtype=torch.float64)
            sums[1] += (divergence * weight).sum(dtype=torch.float64)
            grad.mul_(share * temperature**2).add_(log_q.exp_(), alpha=1 - share)
            grad.scatter_add_(1, target[:, None], grad.new_full((len(target), 1), share - 1.0))
            grad = (grad * weight[:, None]).to(dtype)
            grad_hidden[part] = grad @ head
            if grad_head is not None:
                grad_head += grad.t() @ hidden
        ctx.save_for_backward(grad_hidden, grad_head)
        ctx.mark_non_differentiable(sums)
        return (1 - share) * sums[0] + share * temperature**2 * sums[1], sums

    @staticmethod
    def backward(ctx, upstream, _):
        grad_hidden, grad_head = ctx.saved_tensors
        scale = upstream.float()
        return (grad_hidden * scale, None if grad_head is None else grad_head * scale, *[None] * 7)


class Distillation(CrossEntropy):
    """The objective; `options`: teacher, divergence, temperature, share. The teacher is a folder that the same code runs."""

    def __init__(self, options, config):
        super().__init__()
        from .. import models

        self.options = options
        shape = hf_folder.load_config(options.teacher)
        self._check(shape, config)
        self.teacher = models.build(shape, getattr(torch, config.dtype))
        self.teacher.from_hf(hf_folder.load_weights(options.teacher))
        self.teacher.requires_grad_(False)
        self._sums, self._count = None, 0.0

    def _check(self, shape, config):
        teacher, own = shape.get("vocab_size"), config.model["vocab_size"]
        if teacher != own:
            raise ConfigError(f"distill.teacher: expected a vocabulary of {own} as the model's, found {teacher} in {self.options.teacher}")
        if config.tokenizer and _digest(config.tokenizer) != _digest(self.options.teacher):
            raise ConfigError(f"distill.teacher: expected the tokenizer of {config.tokenizer}, found another tokenizer.json in "
                              f"{self.options.teacher}: the two models must mean the same by a token")

    def prepare(self, model, stream, parallel, path, is_new):
        device, context = model.embedding.device, self.teacher.config["max_position_embeddings"]
        longest = stream.shards.longest
        if longest > context:
            raise ConfigError(f"distill.teacher: the longest document has {longest} tokens, the teacher's context {context}")
        self.teacher.to(device)
        self._sums = torch.zeros(3, dtype=torch.float64, device=device)  # cross-entropy, divergence, weights

    def loss(self, model, batch):
        with torch.no_grad():
            teacher_hidden, teacher_head = self.teacher.outputs(batch)
        hidden, head = model.outputs(batch)
        total, sums = ChunkedDistillation.apply(hidden, head, teacher_hidden, teacher_head, batch.targets, batch.weights, self.options,
                                                model.dtype, self.teacher.dtype)
        self._sums[:2] += sums
        self._sums[2] += batch.weights.sum()
        return total

    def take(self, parallel):
        """`crossEntropy` and `divergence`: means over learned tokens."""
        parallel.all_reduce(self._sums)
        cross_entropy, divergence, weights = self._sums.tolist()
        self._sums.zero_()
        return {"crossEntropy": round(cross_entropy / max(weights, 1e-9), 6), "divergence": round(divergence / max(weights, 1e-9), 6)}


def _digest(folder):
    """Of tokenizer.json. Raises FileNotFoundError where there is none."""
    with open(os.path.join(folder, "tokenizer.json"), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
