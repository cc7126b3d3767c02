"""Log-probabilities of chosen tokens and the gradient of any function of them, without ever keeping the logits.

A step gives each row's log-probability and entropy to `weigh` and gets back the derivative of the loss by the log-probability;
everything below that is the model's usual backward pass. The head's product is in float32 whatever the model's dtype
(MiniMax, 2025, arXiv 2506.13585, section 3.2): rounded logits would move log-probabilities by more than a step does.
Must not know rewards, advantages or files.
"""

import torch

from .. import models
from ..layers import rms_norm
from ..models.dense_native import NativeQwen3

LOGIT_NUMBERS = 2**24  # that exist at once: 64 MiB in float32


def chunks(rows, vocabulary):
    """Slices of 0..rows of at most 512 rows, fewer where the vocabulary is large."""
    size = max(16, min(512, LOGIT_NUMBERS // vocabulary))
    return [slice(start, min(start + size, rows)) for start in range(0, rows, size)]


def log_probabilities(logits_mV, targets_m):
    """(log-probability of the targets, entropy, log-softmax) of rows of logits, the first two in float64. Overwrites the logits."""
    logits_mV -= logits_mV.max(-1, keepdim=True).values
    mass = logits_mV.exp().sum(-1, dtype=torch.float64)
    chosen = logits_mV.gather(1, targets_m[:, None])[:, 0].double()
    log_mass = mass.log()
    logits_mV -= log_mass[:, None].float()
    entropy = -(logits_mV.exp() * logits_mV).sum(-1, dtype=torch.float64)
    return chosen - log_mass, entropy, logits_mV


def head_gradient(log_softmax_mV, targets_m, slopes_m):
    """d loss / d logits from d loss / d log p: slope * (onehot - p). In place of the log-softmax."""
    grad = log_softmax_mV.exp_()
    grad.mul_(-slopes_m[:, None])
    return grad.scatter_add_(1, targets_m[:, None], slopes_m[:, None])


class _Weighed(torch.autograd.Function):
    """A number whose gradient by hidden states and head is the one that `weigh` asks for, by chunks (compare ChunkedCrossEntropy)."""

    @staticmethod
    def forward(ctx, hidden_MD, head_VD, targets_M, weigh, dtype):
        head = head_VD.to(dtype).float()
        grad_hidden = torch.empty_like(hidden_MD)
        grad_head = torch.zeros_like(head_VD)
        for part in chunks(len(hidden_MD), len(head)):
            hidden = hidden_MD[part].to(dtype).float()
            logp, entropy, log_softmax = log_probabilities(hidden @ head.t(), targets_M[part])
            grad = head_gradient(log_softmax, targets_M[part], weigh(part, logp, entropy))
            grad_hidden[part] = grad @ head
            grad_head += grad.t() @ hidden
        ctx.save_for_backward(grad_hidden, grad_head)
        return hidden_MD.new_zeros(())

    @staticmethod
    def backward(ctx, upstream):
        grad_hidden, grad_head = ctx.saved_tensors
        return grad_hidden * upstream, grad_head * upstream, None, None, None


class PlainPolicy:
    """Autograd: works for every architecture and device."""

    def __init__(self, model):
        self.model = model

    def refresh(self):
        """Nothing to prepare after a change of the weights."""

    def accumulate(self, batch, weigh, extra_share):
        """Adds the gradient that `weigh(part, logp, entropy)` asks for to the parameters' .grad. `extra_share`: what a token's part of
        the model's own extra loss (balance of experts) counts."""
        model = self.model
        total = _Weighed.apply(self._hidden(batch), model._head(), batch.targets, weigh, model.dtype)
        if hasattr(model, "extra_loss"):
            total = total + extra_share * model.extra_loss(batch)
        total.backward()

    @torch.no_grad()
    def score(self, batch):
        """(log-probabilities [M], entropies [M]) of the batch's targets, float64."""
        hidden_MD, head, logps, entropies = self._hidden(batch), self.model._head().to(self.model.dtype).float(), [], []
        for part in chunks(len(hidden_MD), len(head)):
            logits = hidden_MD[part].to(self.model.dtype).float() @ head.t()
            logp, entropy, _ = log_probabilities(logits, batch.targets[part])
            logps.append(logp)
            entropies.append(entropy)
        return torch.cat(logps), torch.cat(entropies)

    def _hidden(self, batch):
        return rms_norm(self.model.hidden(batch)[batch.loss_at], self.model.norm, self.model.eps)


class NativePolicy(NativeQwen3):
    """The fused kernels of supervised training below a head of its own. The same numbers as PlainPolicy, its oracle in the tests."""

    def accumulate(self, batch, weigh, extra_share=0.0):
        self._weigh = weigh
        super().accumulate(batch, 1.0)

    @torch.no_grad()
    def score(self, batch):
        scored = []
        self._weigh = lambda part, logp, entropy: scored.append((logp, entropy))
        super().accumulate(batch, None)
        return tuple(torch.cat(column) for column in zip(*scored))

    def refresh(self):
        super().refresh()
        self._wide = self._narrow["embedding" if self.model.head is None else "head"].float()

    def _head(self, batch, hold, scale):
        for part in chunks(len(batch.loss_at), len(self._wide)):
            hidden, targets = hold.h[part].float(), batch.targets[part]
            logp, entropy, log_softmax = log_probabilities(hidden @ self._wide.t(), targets)
            slopes = self._weigh(part, logp, entropy)
            if scale is None:
                continue
            grad = head_gradient(log_softmax, targets, slopes)
            hold.dh[part] = grad @ self._wide
            self.model._head().grad.addmm_(grad.t(), hidden)
        return 0.0


def policy_of(model, kernels, needs_autograd=""):
    """(policy, its name, why not the native one) for `kernels`: auto, native or plain. `needs_autograd`: why only plain will do."""
    if model.config["model_type"] != "qwen3":
        needs_autograd = needs_autograd or "the native kernels of grpo know qwen3 only"
    gradient, name, why = models.gradient_of(model, kernels, needs_autograd)
    return (NativePolicy(model, gradient.kernels) if name == "native" else PlainPolicy(model)), name, why
