"""Rotary position embeddings: frequencies, plain and scaled, and the tables of cosines and sines. Must not know models.

Scalings as `rope_scaling` of a Hugging Face config.json has them: none, `llama3` (Llama 3.1's), `yarn` (arXiv 2309.00071;
DeepSeek's form with two `mscale`s).
"""

import math

import torch


def frequencies(width, theta, scaling=None):
    """Angles per position [width/2], float64."""
    plain = theta ** (-torch.arange(0, width, 2, dtype=torch.float64) / width)
    kind = _kind(scaling)
    if kind == "none":
        return plain
    factor, original = float(scaling["factor"]), scaling["original_max_position_embeddings"]
    if kind == "llama3":
        slow, fast = original / scaling["low_freq_factor"], original / scaling["high_freq_factor"]  # wave lengths
        length = 2 * math.pi / plain
        blend = ((original / length - scaling["low_freq_factor"]) / (scaling["high_freq_factor"] - scaling["low_freq_factor"])).clamp(0, 1)
        blend = torch.where(length > slow, torch.zeros_like(blend), torch.where(length < fast, torch.ones_like(blend), blend))
    else:
        low, high = yarn_range(width, theta, original, scaling.get("beta_fast", 32), scaling.get("beta_slow", 1))
        ramp = (torch.arange(width // 2, dtype=torch.float64) - low) / max(high - low, 0.001)
        blend = 1 - ramp.clamp(0, 1)
    return plain * blend + plain / factor * (1 - blend)


def yarn_range(width, theta, original, beta_fast, beta_slow):
    """The pairs between which YaRN goes from kept to stretched frequencies."""
    pair = lambda turns: width * math.log(original / (turns * 2 * math.pi)) / (2 * math.log(theta))
    return max(math.floor(pair(beta_fast)), 0), min(math.ceil(pair(beta_slow)), width - 1)


def yarn_mscale(factor, mscale):
    """0.1 m ln(factor) + 1."""
    return 1.0 if factor <= 1 else 0.1 * mscale * math.log(factor) + 1.0


def table_scale(scaling):
    """What cosines and sines are multiplied by."""
    if _kind(scaling) != "yarn":
        return 1.0
    if scaling.get("attention_factor") is not None:
        return float(scaling["attention_factor"])
    if scaling.get("mscale") and scaling.get("mscale_all_dim"):
        return yarn_mscale(scaling["factor"], scaling["mscale"]) / yarn_mscale(scaling["factor"], scaling["mscale_all_dim"])
    return yarn_mscale(scaling["factor"], 1.0)


def score_scale(width, scaling):
    """What attention scores of a head of `width` are multiplied by: 1/sqrt(width), with YaRN's `mscale_all_dim` squared."""
    scale = width**-0.5
    if _kind(scaling) == "yarn" and scaling.get("mscale_all_dim"):
        scale *= yarn_mscale(scaling["factor"], scaling["mscale_all_dim"]) ** 2
    return scale


def rope_tables(length, width, theta, scaling=None):
    """cos and sin [length, width/2], float32."""
    angle = torch.outer(torch.arange(length, dtype=torch.float64), frequencies(width, theta, scaling))
    by = table_scale(scaling)
    return (angle.cos() * by).float(), (angle.sin() * by).float()


def rope(x_NHd, cos_N1e, sin_N1e):
    """Rotates pairs (i, i + d/2), the Hugging Face layout."""
    low, high = x_NHd.chunk(2, dim=-1)
    return torch.cat([low * cos_N1e - high * sin_N1e, high * cos_N1e + low * sin_N1e], dim=-1)


def rope_interleaved(x_NHd, cos_N1e, sin_N1e):
    """Rotates pairs (2i, 2i + 1), DeepSeek's layout. Leaves all first parts before all second ones: products of two such vectors are the same."""
    low, high = x_NHd[..., 0::2], x_NHd[..., 1::2]
    return torch.cat([low * cos_N1e - high * sin_N1e, high * cos_N1e + low * sin_N1e], dim=-1)


def _kind(scaling):
    if not scaling:
        return "none"
    kind = scaling.get("rope_type") or scaling.get("type")
    if kind == "default":
        return "none"
    if kind not in ("llama3", "yarn"):
        raise ValueError(f"rope_scaling: expected llama3 or yarn, found {kind!r}")
    return kind
