"""What a training step costs in floating-point operations, and what this machine can do: together they give the MFU.

MFU (model FLOPs utilisation; PaLM, arXiv 2204.02311, appendix B) = tokens a second * FLOPs a token / peak. Counted is what
the loss needs, not what an implementation spends: a matrix of P numbers costs 2P forward and 4P backward a token, a routed
expert only for the tokens that it gets, the head and what lies behind the last attention only for tokens that are learned.
Attention is causal and stays inside documents. Must not know training.
"""

import time

import torch

PROBE_SIZE = 1024
PROBE_SECONDS = 0.4


def flops_per_token(model, lengths, learned_share):
    """FLOPs of forward and backward pass for one real token. `lengths`: tokens of the documents [count];
    `learned_share`: learned tokens over all tokens."""
    config, last = model.config, f"layers.{len(model.layers) - 1}."
    total = 0.0
    for name, parameter in model.named_parameters():
        if parameter.dim() != 2:
            continue
        cost = 6.0 * parameter.numel()
        if name == "embedding":
            cost = cost * learned_share if model.head is None else 0.0  # looked up, not multiplied, unless it is the head too
        elif name == "head" or name.startswith(last) and not _makes_keys_or_queries(name[len(last) :]):
            cost *= learned_share
        if ".experts.gate_up." in name or ".experts.down." in name:
            cost *= config["num_experts_per_tok"] / config["n_routed_experts"]
        total += cost
    lengths = torch.as_tensor(lengths, dtype=torch.float64)
    keys = float((lengths * (lengths + 1) / 2).sum() / lengths.sum())  # that a token sees on average
    return total + 6.0 * len(model.layers) * config["num_attention_heads"] * sum(_head_widths(config)) * keys


def _makes_keys_or_queries(name):
    return name in ("qkv", "q", "q_down", "kv", "kv_down")


def _head_widths(config):
    """(width of a head's queries and keys, width of its values)."""
    if "kv_lora_rank" in config:
        return config["qk_nope_head_dim"] + config["qk_rope_head_dim"], config["v_head_dim"]
    width = config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]
    return width, width


@torch.no_grad()
def matmul_peak(dtype, device="cpu", seconds=PROBE_SECONDS):
    """FLOP/s of square matrix products in `dtype` with this process's threads: the best of those that fit into `seconds`."""
    size = PROBE_SIZE if device == "cpu" else 8 * PROBE_SIZE
    a, b = (torch.randn(size, size, device=device).to(dtype) for _ in range(2))
    out = torch.empty_like(a)
    wait = torch.cuda.synchronize if device != "cpu" else lambda: None
    for _ in range(2):
        torch.mm(a, b, out=out)
    wait()
    best, end = float("inf"), time.perf_counter() + seconds
    while True:
        start = time.perf_counter()
        torch.mm(a, b, out=out)
        wait()
        now = time.perf_counter()
        best = min(best, now - start)
        if now > end:
            return 2.0 * size**3 / best


def measured_peak(dtype, device, parallel):
    """FLOP/s of all ranks together, measured by all at the same time."""
    parallel.barrier()
    total = torch.tensor([matmul_peak(dtype, device)], dtype=torch.float64, device=device)
    parallel.all_reduce(total)
    return float(total)
