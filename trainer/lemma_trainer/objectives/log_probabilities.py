"""Log-probabilities of given tokens, without keeping the logits in either direction. Must not know what they are for."""

import torch

from ..layers import logit_rows


class ChunkedLogProbabilities(torch.autograd.Function):
    """log softmax(hidden @ head.T)[target] of each row, float32 [M].

    What comes from above is known only in the backward pass, so each chunk's softmax is computed there once more:
    d log p_t / d logits = onehot(t) - softmax.
    """

    @staticmethod
    def forward(ctx, hidden_MD, head_VD, targets_M, dtype):
        ctx.save_for_backward(hidden_MD, head_VD, targets_M)
        ctx.dtype = dtype
        head, rows = head_VD.to(dtype), logit_rows(len(head_VD))
        parts = []
        for hidden, target in zip(hidden_MD.split(rows), targets_M.split(rows)):
            logits = (hidden.to(dtype) @ head.t()).float()
            parts.append(logits.gather(1, target[:, None])[:, 0] - torch.logsumexp(logits, dim=-1))
        return torch.cat(parts)

    @staticmethod
    def backward(ctx, upstream_M):
        hidden_MD, head_VD, targets_M = ctx.saved_tensors
        head, rows = head_VD.to(ctx.dtype), logit_rows(len(head_VD))
        grad_hidden = torch.empty_like(hidden_MD)
        grad_head = torch.zeros_like(head_VD) if ctx.needs_input_grad[1] else None
        for start in range(0, len(hidden_MD), rows):
            part = slice(start, start + rows)
            hidden, target, upstream = hidden_MD[part].to(ctx.dtype), targets_M[part], upstream_M[part].float()
            grad = torch.softmax((hidden @ head.t()).float(), dim=-1).neg_()
            grad.scatter_add_(1, target[:, None], grad.new_ones(len(target), 1))
            grad = (grad * upstream[:, None]).to(ctx.dtype)
            grad_hidden[part] = grad @ head
            if grad_head is not None:
                grad_head += grad.t() @ hidden
        return grad_hidden, grad_head, None, None
