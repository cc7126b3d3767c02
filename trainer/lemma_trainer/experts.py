"""Mixture of experts as DeepSeek-V3 has it: a sigmoid gate, groups, a bias that balances the load, shared experts.

Formulas: arXiv 2412.19437, section 2.1.2; the gate's steps as the released inference code has them. Shapes: N tokens, D width,
E experts, F inner width of an expert, K experts a token. Must not know attention or optimisers.
"""

import torch
from torch import nn

from .layers import linear, swiglu


def choose_experts(scores_NE, bias_E, groups, used_groups, count):
    """Indices [N, K] of the experts of each token: the bias takes part in choosing only."""
    biased = scores_NE + bias_E
    if groups > 1:
        grouped = biased.view(len(biased), groups, -1)
        best = grouped.topk(min(2, grouped.shape[-1]), dim=-1).values.sum(-1)
        kept = torch.zeros_like(best, dtype=torch.bool).scatter_(1, best.topk(used_groups, dim=-1).indices, True)
        biased = grouped.masked_fill(~kept[:, :, None], float("-inf")).flatten(1)
    return biased.topk(count, dim=-1).indices


def sequence_balance(scores_NE, chosen_NK, document_N, documents):
    """Mean over documents of sum_i f_i P_i (eq. 17-20): 1 where the load is even, more where it is not. `document_N` is -1 for padding."""
    experts, count = scores_NE.shape[1], chosen_NK.shape[1]
    real = document_N >= 0
    of, shares = document_N[real], scores_NE[real] / scores_NE[real].sum(-1, keepdim=True)
    taken = torch.zeros_like(scores_NE[real]).scatter_(1, chosen_NK[real], 1.0)
    sums = lambda x: x.new_zeros(documents, experts).index_add_(0, of, x)
    lengths = torch.bincount(of, minlength=documents).clamp(min=1)[:, None]
    load = sums(taken) * experts / (count * lengths)
    return ((load * sums(shares) / lengths).sum(-1)).mean()


class Experts(nn.Module):
    """The feed-forward part of a layer with experts."""

    def __init__(self, config, dtype):
        super().__init__()
        self.dtype = dtype
        width, inner = config["hidden_size"], config["moe_intermediate_size"]
        self.count, self.number = config["num_experts_per_tok"], config["n_routed_experts"]
        self.touches_all = False  # experts without tokens too take part in the graph (a sharded plan needs all gradients)
        self.groups, self.used_groups = config.get("n_group") or 1, config.get("topk_group") or 1
        self.is_normalised, self.scale = config.get("norm_topk_prob", True), config.get("routed_scaling_factor", 1.0)
        matrix = lambda rows, columns: nn.Parameter(torch.empty(rows, columns))
        self.gate = matrix(self.number, width)
        self.gate_up = nn.ParameterList([matrix(2 * inner, width) for _ in range(self.number)])
        self.down = nn.ParameterList([matrix(width, inner) for _ in range(self.number)])
        shared = (config.get("n_shared_experts") or 0) * inner
        self.shared_gate_up = matrix(2 * shared, width) if shared else None
        self.shared_down = matrix(width, shared) if shared else None
        self.register_buffer("bias", torch.zeros(self.number), persistent=False)
        self.register_buffer("load", torch.zeros(self.number), persistent=False)

    def forward(self, x_ND):
        """(output [N, D], scores [N, E], chosen [N, K])."""
        scores = torch.sigmoid(x_ND.float() @ self.gate.t())
        with torch.no_grad():
            chosen = choose_experts(scores, self.bias, self.groups, self.used_groups, self.count)
        weights = scores.gather(1, chosen)
        if self.is_normalised:
            weights = weights / (weights.sum(-1, keepdim=True) + 1e-20)
        out = self._routed(x_ND, chosen, weights * self.scale)
        if self.shared_down is not None:
            out = out + linear(swiglu(linear(x_ND, self.shared_gate_up, self.dtype)), self.shared_down, self.dtype)
        return out, scores, chosen

    def _routed(self, x_ND, chosen_NK, weights_NK):
        """Tokens sorted by expert: one pair of products an expert."""
        experts, order = chosen_NK.flatten().sort(stable=True)
        rows = order // self.count
        ends = torch.bincount(experts, minlength=self.number).cumsum(0).tolist()
        sorted_x, parts, start = x_ND[rows].to(self.dtype), [], 0
        for expert, end in enumerate(ends):
            if end > start or self.touches_all:
                hidden = swiglu(linear(sorted_x[start:end], self.gate_up[expert], self.dtype))
                parts.append(linear(hidden, self.down[expert], self.dtype))
            start = end
        mixed = torch.cat(parts).float() * weights_NK.flatten()[order][:, None]
        return torch.zeros_like(x_ND, dtype=torch.float32).index_add_(0, rows, mixed)

    def count_load(self, chosen_NK, real_N):
        """Adds the real tokens of each expert to `load`: once a pass, not again where it is recomputed."""
        self.load += torch.bincount(chosen_NK[real_N].flatten(), minlength=self.number)

    def balance(self, rate, proportional=False):
        """Moves the bias towards an even load: up where an expert had less than the mean, down where more, by `rate`, or by the
        share that it is off (at most `rate`). Forgets the load."""
        off = self.load.mean() - self.load
        self.bias += rate * ((off / self.load.mean().clamp(min=1)).clamp(-1, 1) if proportional else torch.sign(off))
        self.load.zero_()
