"""Decoders as people write them in PyTorch: nn.Linear, a mask, a loop over experts. The peer of `lemma bench train`: written
to be right and free of waste a reader would point at, with nothing fused by hand. Shapes: B rows, T tokens, H heads.

qwen3 (arXiv 2505.09388) and deepseek_v3 (arXiv 2412.19437, section 2.1), from a Hugging Face config.json.
"""

import torch
import torch.nn.functional as F
from torch import nn


class RMSNorm(nn.Module):
    def __init__(self, width, eps):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.ones(width)), eps

    def forward(self, x):
        x = x.float()
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps) * self.weight


class MLP(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.gate_proj, self.up_proj = nn.Linear(width, inner, bias=False), nn.Linear(width, inner, bias=False)
        self.down_proj = nn.Linear(inner, width, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


def rotary(length, width, theta):
    angle = torch.outer(torch.arange(length).float(), theta ** (-torch.arange(0, width, 2).float() / width))
    return angle.cos(), angle.sin()


def rotate(x_BHTd, cos_Te, sin_Te):
    low, high = x_BHTd.chunk(2, dim=-1)
    return torch.cat([low * cos_Te - high * sin_Te, high * cos_Te + low * sin_Te], dim=-1)


def attend(q_BHTd, k_BHTd, v_BHTe, mask_BTT):
    """Softmax in float32; the fused operation where PyTorch has it."""
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q_BHTd, k_BHTd, v_BHTe, attn_mask=mask_BTT[:, None].to(q_BHTd.dtype))
    scores = (q_BHTd @ k_BHTd.transpose(2, 3)) * q_BHTd.shape[-1] ** -0.5
    return torch.softmax(scores.float() + mask_BTT[:, None], dim=-1).to(v_BHTe.dtype) @ v_BHTe


class GroupedAttention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads, self.groups, self.width = c["num_attention_heads"], c["num_key_value_heads"], c["head_dim"]
        hidden, linear = c["hidden_size"], lambda a, b: nn.Linear(a, b, bias=False)
        self.q_proj = linear(hidden, self.heads * self.width)
        self.k_proj, self.v_proj = linear(hidden, self.groups * self.width), linear(hidden, self.groups * self.width)
        self.o_proj = linear(self.heads * self.width, hidden)
        self.q_norm, self.k_norm = RMSNorm(self.width, c["rms_norm_eps"]), RMSNorm(self.width, c["rms_norm_eps"])

    def forward(self, x, cos, sin, mask):
        B, T, _ = x.shape
        split = lambda y, heads: y.view(B, T, heads, self.width).transpose(1, 2)
        q, k, v = split(self.q_proj(x), self.heads), split(self.k_proj(x), self.groups), split(self.v_proj(x), self.groups)
        q, k = rotate(self.q_norm(q), cos, sin).to(v.dtype), rotate(self.k_norm(k), cos, sin).to(v.dtype)
        k, v = (y.repeat_interleave(self.heads // self.groups, dim=1) for y in (k, v))
        return self.o_proj(attend(q, k, v, mask).transpose(1, 2).reshape(B, T, -1))


class LatentAttention(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.heads, self.nope, self.pe, self.value = c["num_attention_heads"], c["qk_nope_head_dim"], c["qk_rope_head_dim"], c["v_head_dim"]
        hidden, self.latent, eps, linear = c["hidden_size"], c["kv_lora_rank"], c["rms_norm_eps"], lambda a, b: nn.Linear(a, b, bias=False)
        self.q_a_proj, self.q_a_layernorm = linear(hidden, c["q_lora_rank"]), RMSNorm(c["q_lora_rank"], eps)
        self.q_b_proj = linear(c["q_lora_rank"], self.heads * (self.nope + self.pe))
        self.kv_a_proj, self.kv_a_layernorm = linear(hidden, self.latent + self.pe), RMSNorm(self.latent, eps)
        self.kv_b_proj = linear(self.latent, self.heads * (self.nope + self.value))
        self.o_proj = linear(self.heads * self.value, hidden)

    def forward(self, x, cos, sin, mask):
        B, T, _ = x.shape
        pairs = lambda y: y.float().unflatten(-1, (-1, 2)).transpose(-1, -2).flatten(-2)  # interleaved pairs to halves
        q = self.q_b_proj(self.q_a_layernorm(self.q_a_proj(x))).view(B, T, self.heads, -1).transpose(1, 2)
        latent, k_pe = self.kv_a_proj(x).split([self.latent, self.pe], dim=-1)
        kv = self.kv_b_proj(self.kv_a_layernorm(latent)).view(B, T, self.heads, -1).transpose(1, 2)
        k_nope, v = kv.split([self.nope, self.value], dim=-1)
        q_nope, q_pe = q.split([self.nope, self.pe], dim=-1)
        q = torch.cat([q_nope, rotate(pairs(q_pe), cos, sin).to(v.dtype)], dim=-1)
        k_pe = rotate(pairs(k_pe)[:, None], cos, sin).to(v.dtype).expand(-1, self.heads, -1, -1)
        k = torch.cat([k_nope, k_pe], dim=-1)
        return self.o_proj(attend(q, k, v, mask).transpose(1, 2).reshape(B, T, -1))


class MixtureOfExperts(nn.Module):
    def __init__(self, c):
        super().__init__()
        width, inner = c["hidden_size"], c["moe_intermediate_size"]
        self.count = c["num_experts_per_tok"]
        self.gate = nn.Linear(width, c["n_routed_experts"], bias=False)
        self.register_buffer("bias", torch.zeros(c["n_routed_experts"]))
        self.experts = nn.ModuleList([MLP(width, inner) for _ in range(c["n_routed_experts"])])
        self.shared = MLP(width, inner * c["n_shared_experts"])

    def forward(self, x):
        flat = x.reshape(-1, x.shape[-1])
        with torch.autocast(flat.device.type, enabled=False):
            scores = torch.sigmoid(self.gate(flat.float()))
        chosen = (scores.detach() + self.bias).topk(self.count, dim=-1).indices
        weights = scores.gather(1, chosen)
        weights = weights / (weights.sum(-1, keepdim=True) + 1e-20)
        out = torch.zeros_like(flat, dtype=torch.float32)
        for number, expert in enumerate(self.experts):
            rows, slot = (chosen == number).nonzero(as_tuple=True)
            if len(rows):
                out.index_add_(0, rows, expert(flat[rows]).float() * weights[rows, slot, None])
        if self.training:  # V3's balance without an auxiliary loss
            load = torch.bincount(chosen.flatten(), minlength=len(self.experts)).float()
            self.bias += 0.001 * torch.sign(load.mean() - load)
        return (out + self.shared(flat)).view(x.shape)


class Block(nn.Module):
    def __init__(self, c, number):
        super().__init__()
        is_latent = c["model_type"] == "deepseek_v3"
        self.input_layernorm = RMSNorm(c["hidden_size"], c["rms_norm_eps"])
        self.post_attention_layernorm = RMSNorm(c["hidden_size"], c["rms_norm_eps"])
        self.attention = (LatentAttention if is_latent else GroupedAttention)(c)
        has_experts = is_latent and number >= c["first_k_dense_replace"]
        self.mlp = MixtureOfExperts(c) if has_experts else MLP(c["hidden_size"], c["intermediate_size"])

    def forward(self, x, cos, sin, mask):
        x = x + self.attention(self.input_layernorm(x), cos, sin, mask)
        return x + self.mlp(self.post_attention_layernorm(x))


class Decoder(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.embed_tokens = nn.Embedding(c["vocab_size"], c["hidden_size"])
        self.blocks = nn.ModuleList([Block(c, i) for i in range(c["num_hidden_layers"])])
        self.norm = RMSNorm(c["hidden_size"], c["rms_norm_eps"])
        self.lm_head = nn.Linear(c["hidden_size"], c["vocab_size"], bias=False)
        if c["tie_word_embeddings"]:
            self.lm_head.weight = self.embed_tokens.weight
        for parameter in self.parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.02)
        width = c["qk_rope_head_dim"] if c["model_type"] == "deepseek_v3" else c["head_dim"]
        cos, sin = rotary(c["max_position_embeddings"], width, c["rope_theta"])
        self.register_buffer("cos", cos)
        self.register_buffer("sin", sin)

    def forward(self, tokens_BT, real_BT):
        """Logits [B, T, V]. `real_BT` is false for padding."""
        T = tokens_BT.shape[1]
        causal = torch.ones(T, T, dtype=torch.bool, device=tokens_BT.device).tril()
        mask = torch.zeros(len(tokens_BT), T, T, device=tokens_BT.device).masked_fill_(~(causal & real_BT[:, None]), -1e9)
        x = self.embed_tokens(tokens_BT)
        for block in self.blocks:
            x = block(x, self.cos[:T], self.sin[:T], mask)
        return self.lm_head(self.norm(x))
