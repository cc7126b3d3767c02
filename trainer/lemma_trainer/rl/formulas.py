"""Rewards to advantages, and advantages to a weight for each sampled token. All formulas of the update are here.

Group-relative policy optimisation (DeepSeekMath, arXiv 2402.03300) without a value model:
    A_i = (r_i - mean of its group) / s        s: deviation of the group, of the step, or 1 (`std`)
    loss = -1/Z sum_i sum_t  w_t min(rho_t A_i, clip(rho_t, 1 - clipLow, 1 + clipHigh) A_i)  [+ klWeight * k3_t]
    rho_t = p_now / p_before (trainer's own, 1 in the first minibatch), w_t = min(p_before / p_engine, importanceCap)
    k3_t = e^d - d - 1, d = log p_reference - log p_now (Schulman's estimator)
Clip-higher, token-level loss, dropped equal groups and masked truncated replies: DAPO (arXiv 2503.14476). Z of
constant-length is replies * maxTokens: Dr. GRPO (arXiv 2503.20783). The cap: truncated importance sampling.

The gradient of that loss is one of weighted cross-entropies, so the plain and the native way to a gradient both serve:
    d loss / d theta = sum_t c_t d(-log p_t) / d theta / Z,
    c_t = A w_t rho_t where the minimum is not the clipped constant, else 0;  minus klWeight (1 - e^d).
"""

import numpy as np

EQUAL = 1e-8
TINY = 1e-6


def advantages(rewards, groups, std):
    """(advantage of each reply, mask of replies whose group has equal rewards). `std`: group, batch or none."""
    rewards = np.asarray(rewards, dtype=np.float64)
    centred, equal = np.zeros_like(rewards), np.zeros(len(rewards), dtype=bool)
    for group in np.unique(groups):
        own = groups == group
        centred[own] = rewards[own] - rewards[own].mean()
        equal[own] = np.ptp(rewards[own]) < EQUAL
        if std == "group":
            centred[own] /= rewards[own].std() + TINY
    if std == "batch":
        centred /= rewards.std() + TINY
    centred[equal] = 0.0
    return centred, equal


def token_weights(advantage, now, before, engine, settings, reference=None):
    """c_t above for arrays of tokens, and which tokens are clipped. `advantage` is that of each token's reply."""
    ratio = np.exp(now - before)
    importance = np.minimum(np.exp(before - engine), settings.importanceCap)
    clipped = np.where(advantage > 0, ratio > 1 + settings.clipHigh, (advantage < 0) & (ratio < 1 - settings.clipLow))
    weights = np.where(clipped, 0.0, advantage * importance * ratio)
    if reference is not None:
        weights = weights - settings.klWeight * (1 - np.exp(reference - now))
    return weights, clipped


def surrogate(advantage, now, before, engine, settings, reference=None):
    """The loss itself, a token: what the weights are the gradient of. For the log."""
    ratio = np.exp(now - before)
    importance = np.minimum(np.exp(before - engine), settings.importanceCap)
    bounded = np.clip(ratio, 1 - settings.clipLow, 1 + settings.clipHigh)
    loss = -importance * np.minimum(ratio * advantage, bounded * advantage)
    if reference is not None:
        difference = reference - now
        loss = loss + settings.klWeight * (np.exp(difference) - difference - 1)
    return loss


def normaliser(settings, replies, tokens):
    """Z: what the sum over tokens is divided by."""
    return float(replies * settings.maxTokens if settings.loss == "constant-length" else tokens)
