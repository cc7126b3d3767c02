"""The GRPO loss of single tokens and its derivative. Must not know batches, models or where log-probabilities come from.

For a sampled token with log-probability l under the weights that learn, o under the weights at the step's start, e under the
engine that sampled it and f under the reference, advantage A and share s of the loss (1 / tokens, or 1 / (replies * length)):

    ratio  = exp(l - o)
    weight = min(exp(o - e), cap)            truncated importance correction, a constant
    policy = -weight * min(ratio * A, clip(ratio, 1 - low, 1 + high) * A)
    kl     = exp(f - l) - (f - l) - 1        the k3 estimator of KL(learning || reference)
    loss   = s * (policy + klWeight * kl)

GRPO: Z. Shao et al., 2024, arXiv 2402.03300, equation 3. Clip-higher and the loss by tokens: Q. Yu et al., 2025, arXiv
2503.14476. Constant length: Z. Liu et al., 2025, arXiv 2503.20783. k3: J. Schulman, 2020, "Approximating KL divergence".
Truncated importance: F. Yao et al., 2025, "Your efficient RL framework secretly brings you off-policy RL training".
"""

from dataclasses import dataclass

import torch

SUMS = ("loss", "tokens", "clipped", "entropy", "kl", "klReference")
PEAKS = ("kl", "weight")


@dataclass
class TokenColumns:
    """What is known of the M rows of a micro-batch beside the model's own log-probabilities. `old_M` None: the weights are still
    those of the step's start, so the ratio is 1. `share_M` is 0 for padding."""

    advantage_M: torch.Tensor
    engine_M: torch.Tensor
    share_M: torch.Tensor
    old_M: torch.Tensor = None
    reference_M: torch.Tensor = None


class TokenLoss:
    """Adds up loss and measurements over chunks of rows; calling it gives the derivative of the loss by each log-probability.

    `sums` (float64, in the order of SUMS) are over real rows; `peaks` (PEAKS): the largest |o - e| and weight before its cap.
    """

    def __init__(self, settings, columns):
        self.settings, self.columns = settings, columns
        device = columns.share_M.device
        self.sums = torch.zeros(len(SUMS), dtype=torch.float64, device=device)
        self.peaks = torch.zeros(len(PEAKS), dtype=torch.float64, device=device)

    @torch.no_grad()
    def __call__(self, part, logp_m, entropy_m):
        """d loss / d logp for the rows `part`, a slice of 0..M, whose log-probabilities and entropies (nats) are given."""
        settings, columns = self.settings, self.columns
        logp = logp_m.double()
        advantage, engine, share = (x[part].double() for x in (columns.advantage_M, columns.engine_M, columns.share_M))
        old = logp if columns.old_M is None else columns.old_M[part].double()
        real = (share > 0).double()
        gap = (old - engine) * real
        importance = torch.exp(gap.clamp(max=50))  # keeps the uncapped one finite: it is reported
        weight = importance.clamp(max=settings.importanceCap)
        ratio = torch.exp((logp - old).clamp(max=50))
        free = ratio * advantage
        held = ratio.clamp(1 - settings.clipLow, 1 + settings.clipHigh) * advantage
        is_clipped = held < free  # the minimum is flat there
        policy, slope = -weight * torch.minimum(free, held), torch.where(is_clipped, torch.zeros_like(free), -weight * free)
        kl = torch.zeros_like(logp)
        if columns.reference_M is not None:
            drift = (columns.reference_M[part].double() - logp) * real
            kl = torch.expm1(drift) - drift
            slope = slope + settings.klWeight * -torch.expm1(drift)
        loss = share * (policy + settings.klWeight * kl)
        rows = (loss, real, is_clipped.double() * real, entropy_m.double() * real, gap.abs(), kl * real)
        self.sums += torch.stack([row.sum() for row in rows])
        for i, row in enumerate((gap.abs(), importance * real)):
            self.peaks[i] = torch.maximum(self.peaks[i], row.max())
        return (share * slope).float()
