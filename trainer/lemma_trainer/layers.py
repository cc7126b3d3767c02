"""The mathematics of the decoder in plain PyTorch: readable, differentiable, the oracle of every faster path.

Shapes: N tokens (flat), D width, H query heads, G key/value heads, d head width, V vocabulary.
Must not know: batches' origin, weights' names.
"""

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.checkpoint import checkpoint

HAS_SDPA = hasattr(F, "scaled_dot_product_attention")


class Block(nn.Module):
    """The parameters of a layer. It is called with the function that computes the layer, so that whoever wraps modules
    (`fully_shard`) sees a forward pass that begins and ends."""

    def forward(self, run, recompute, *inputs):
        """run(block, *inputs). With `recompute` nothing inside is kept for the backward pass, which computes it again
        (T. Chen and others, 2016, arXiv 1604.06174)."""
        if recompute and torch.is_grad_enabled():
            return checkpoint(run, self, *inputs, use_reentrant=False)
        return run(self, *inputs)


def linear(x_NI, weight_OI, dtype):
    """Matrix product in `dtype` (operands rounded to it), with what an adapter on the weight adds (lora.py)."""
    x = x_NI.to(dtype)
    out, adapter = F.linear(x, weight_OI.to(dtype)), getattr(weight_OI, "adapter", None)
    return out if adapter is None else out + adapter(x)


def rms_norm(x, weight, eps):
    """x / rms(x) * weight over the last axis, in float32."""
    x = x.float()
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps) * weight


def swiglu(gate_up_NF):
    """silu(gate) * up, where gate and up lie side by side. In float32: bfloat16 silu is slow in PyTorch 1.13."""
    gate, up = gate_up_NF.float().chunk(2, dim=-1)
    return F.silu(gate) * up


def attention(q_NHd, k_NGd, v_NGe, batch, dtype, scale=None):
    """Causal attention inside each document. Returns [N, H * e] in `dtype`. `scale` of the scores: 1/sqrt(d) where left out.

    Padded batches are rows of one document each; packed ones carry a block-diagonal mask made from `batch.offsets`.
    """
    rows, length = batch.rows, batch.length
    heads, width = q_NHd.shape[1:]
    groups = k_NGd.shape[1]
    shape = lambda x: x.to(dtype).view(rows, length, -1, x.shape[-1]).transpose(1, 2)  # [B, heads, T, d]
    q, k, v = shape(q_NHd), shape(k_NGd), shape(v_NGe)
    if HAS_SDPA:
        if scale is not None:
            q = q * (scale * width**0.5)  # older versions know no scale of their own
        k, v = (x.repeat_interleave(heads // groups, dim=1) for x in (k, v))
        mask = document_mask(batch) if batch.packed else None
        out = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None)
    else:
        q = q.reshape(rows, groups, -1, width)  # query heads of a group become rows of one product
        scores = torch.matmul(q, k.transpose(2, 3)).float().view(rows, heads, length, length)
        scores = scores * (width**-0.5 if scale is None else scale) + additive_mask(batch)
        weights = torch.softmax(scores, dim=-1).to(dtype)
        out = torch.matmul(weights.view(rows, groups, -1, length), v).view(rows, heads, length, -1)
    return out.transpose(1, 2).reshape(rows * length, -1)


def document_mask(batch):
    """Boolean [T, T] of a packed batch: true where the key is in the query's document and not after it."""
    lengths = (batch.offsets[1:] - batch.offsets[:-1]).long()
    document = torch.repeat_interleave(torch.arange(len(lengths), device=lengths.device), lengths)
    order = torch.arange(batch.length, device=lengths.device)
    return (document[:, None] == document[None, :]) & (order[:, None] >= order[None, :])


def additive_mask(batch):
    """0 where attention may look, -inf elsewhere."""
    if batch.packed:
        allowed = document_mask(batch)
    else:
        allowed = torch.ones(batch.length, batch.length, dtype=torch.bool, device=batch.tokens_N.device).tril()
    return torch.zeros(allowed.shape, device=allowed.device).masked_fill_(~allowed, float("-inf"))


LOGIT_ROWS = 512
LOGIT_NUMBERS = 2**24  # 64 MiB in float32


def logit_rows(vocabulary):
    """Rows of logits that may exist at once: 512, fewer where the vocabulary is large."""
    return max(16, min(LOGIT_ROWS, LOGIT_NUMBERS // vocabulary))


class ChunkedCrossEntropy(torch.autograd.Function):
    """Sum of weighted cross-entropies of hidden @ head.T without keeping the logits.

    The gradient is computed chunk by chunk in the forward pass, where the softmax is at hand. Where the head is frozen (an
    adapter elsewhere learns) its gradient is not computed.
    """

    @staticmethod
    def forward(ctx, hidden_MD, head_VD, targets_M, weights_M, dtype):
        head = head_VD.to(dtype)
        total = hidden_MD.new_zeros((), dtype=torch.float64)
        grad_hidden = torch.empty_like(hidden_MD)
        grad_head = torch.zeros_like(head_VD) if ctx.needs_input_grad[1] else None
        rows = logit_rows(len(head))
        for start in range(0, len(hidden_MD), rows):
            part = slice(start, start + rows)
            hidden, target, weight = hidden_MD[part].to(dtype), targets_M[part], weights_M[part]
            log_probabilities = torch.log_softmax((hidden @ head.t()).float(), dim=-1)
            total -= (log_probabilities.gather(1, target[:, None])[:, 0] * weight).sum(dtype=torch.float64)
            grad = log_probabilities.exp_()
            grad.scatter_add_(1, target[:, None], grad.new_full((len(target), 1), -1.0))
            grad = (grad * weight[:, None]).to(dtype)
            grad_hidden[part] = grad @ head
            if grad_head is not None:
                grad_head += grad.t() @ hidden
        ctx.save_for_backward(grad_hidden, grad_head)
        return total

    @staticmethod
    def backward(ctx, upstream):
        grad_hidden, grad_head = ctx.saved_tensors
        scale = upstream.float()
        return grad_hidden * scale.to(grad_hidden.dtype), None if grad_head is None else grad_head * scale, None, None, None


def chunked_choice(hidden_MD, head_VD, dtype):
    """The likeliest token of each row [M], without keeping the logits."""
    head, rows = head_VD.to(dtype), logit_rows(len(head_VD))
    return torch.cat([(part.to(dtype) @ head.t()).float().argmax(-1) for part in hidden_MD.split(rows)])
