"""Dense decoders: grouped-query attention, RoPE, SwiGLU, optional tied embeddings. What sets them apart:

qwen3 has RMSNorm on each head of q and k; qwen2 biases on q, k and v; llama neither (nor has Qwen3 biases).

Inside, q/k/v and gate/up are one matrix each (fewer products); `to_hf` and `from_hf` map to the exact Hugging Face
names. Must not know: files, optimisers, where batches come from.
"""

import torch
from torch import nn

from ..layers import Block, ChunkedCrossEntropy, attention, linear, rms_norm, swiglu
from ..rotary import rope, rope_tables
from .weights import copy_weights

_ATTENTION, _MLP = "model.layers.{}.self_attn.", "model.layers.{}.mlp."


class Dense(nn.Module):
    def __init__(self, config, dtype):
        super().__init__()
        self.config, self.dtype = config, dtype
        self.recompute = False  # gradient checkpointing: each layer's inside is computed again in the backward pass
        width, heads, groups = config["hidden_size"], config["num_attention_heads"], config["num_key_value_heads"]
        self.head_width = config.get("head_dim") or width // heads
        self.heads, self.groups = heads, groups
        self.eps = config["rms_norm_eps"]
        self.sizes_qkv = [heads * self.head_width, groups * self.head_width, groups * self.head_width]
        kind, scaling = config["model_type"], config.get("rope_scaling")
        if kind != "qwen2" and config.get("attention_bias") or config.get("use_sliding_window") or config.get("mlp_bias"):
            raise ValueError(f"{kind}: attention_bias, mlp_bias and use_sliding_window are not supported in training")
        has_norms, has_biases = kind == "qwen3", kind == "qwen2"
        inner = config["intermediate_size"]
        matrix = lambda rows, columns: nn.Parameter(torch.empty(rows, columns))
        vector = lambda size: nn.Parameter(torch.ones(size))
        self.embedding = matrix(config["vocab_size"], width)
        self.head = None if config.get("tie_word_embeddings") else matrix(config["vocab_size"], width)
        self.layers = nn.ModuleList()
        for _ in range(config["num_hidden_layers"]):
            layer = Block()
            layer.attention_norm, layer.mlp_norm = vector(width), vector(width)
            layer.q_norm, layer.k_norm = (vector(self.head_width) if has_norms else None for _ in range(2))
            layer.qkv_bias = nn.Parameter(torch.zeros(sum(self.sizes_qkv))) if has_biases else None
            layer.qkv = matrix(sum(self.sizes_qkv), width)
            layer.out = matrix(width, heads * self.head_width)
            layer.gate_up = matrix(2 * inner, width)
            layer.down = matrix(width, inner)
            self.layers.append(layer)
        self.norm = vector(width)
        cos, sin = rope_tables(config["max_position_embeddings"], self.head_width, config["rope_theta"], scaling)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    def initialise(self, seed):
        """Normal(0, 0.02) (`initializer_range`), matrices that write to the residual stream scaled by 1/sqrt(2 layers)."""
        generator = torch.Generator().manual_seed(seed)
        deviation = self.config.get("initializer_range", 0.02)
        damped = deviation / (2 * len(self.layers)) ** 0.5
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                small = name.endswith((".out", ".down"))
                with torch.no_grad():
                    parameter.copy_(torch.randn(parameter.shape, generator=generator) * (damped if small else deviation))

    def hidden(self, batch):
        """Hidden states [N, D] before the final norm, float32."""
        cos = self.cos[batch.positions_N][:, None]
        sin = self.sin[batch.positions_N][:, None]
        x = self.embedding[batch.tokens_N]
        for layer in self.layers:
            x = layer(self._layer, self.recompute, x, cos, sin, batch)
        return x

    def _layer(self, layer, x, cos, sin, batch):
        h = rms_norm(x, layer.attention_norm, self.eps)
        qkv = linear(h, layer.qkv, self.dtype)
        if layer.qkv_bias is not None:
            qkv = qkv.float() + layer.qkv_bias
        q, k, v = (x.reshape(-1, count, self.head_width) for x, count in
                   zip(qkv.split(self.sizes_qkv, dim=-1), (self.heads, self.groups, self.groups)))
        if layer.q_norm is None:
            q, k = q.float(), k.float()
        else:
            q, k = rms_norm(q, layer.q_norm, self.eps), rms_norm(k, layer.k_norm, self.eps)
        q, k = rope(q, cos, sin), rope(k, cos, sin)
        x = x + linear(attention(q, k, v, batch, self.dtype), layer.out, self.dtype)
        h = rms_norm(x, layer.mlp_norm, self.eps)
        return x + linear(swiglu(linear(h, layer.gate_up, self.dtype)), layer.down, self.dtype)

    def outputs(self, batch):
        """(hidden states [M, D] from which the tokens to be learned are predicted, head [V, D]): logits are their product."""
        return rms_norm(self.hidden(batch)[batch.loss_at], self.norm, self.eps), self._head()

    def forward(self, batch):
        """The same as `loss`, for whoever wraps modules."""
        return self.loss(batch)

    def loss(self, batch):
        """Sum of the cross-entropies of the tokens to be learned (float64, not averaged)."""
        hidden, head = self.outputs(batch)
        return ChunkedCrossEntropy.apply(hidden, head, batch.targets, batch.weights, self.dtype)

    def logits(self, batch, at=None):
        """Logits [M, V] in float32 at the flat indices `at`, or at all N positions."""
        hidden = self.hidden(batch)
        hidden = hidden if at is None else hidden[at]
        return linear(rms_norm(hidden, self.norm, self.eps), self._head(), self.dtype).float()

    def _head(self):
        return self.embedding if self.head is None else self.head

    def to_hf(self):
        """Weights under Hugging Face names, as views."""
        tensors = {"model.embed_tokens.weight": self.embedding.data, "model.norm.weight": self.norm.data}
        if self.head is not None:
            tensors["lm_head.weight"] = self.head.data
        for i, layer in enumerate(self.layers):
            attention_, mlp = _ATTENTION.format(i), _MLP.format(i)
            tensors[f"model.layers.{i}.input_layernorm.weight"] = layer.attention_norm.data
            tensors[f"model.layers.{i}.post_attention_layernorm.weight"] = layer.mlp_norm.data
            if layer.q_norm is not None:
                tensors[attention_ + "q_norm.weight"] = layer.q_norm.data
                tensors[attention_ + "k_norm.weight"] = layer.k_norm.data
            if layer.qkv_bias is not None:
                for name, part in zip("qkv", layer.qkv_bias.data.split(self.sizes_qkv)):
                    tensors[f"{attention_}{name}_proj.bias"] = part
            for name, part in zip("qkv", layer.qkv.data.split(self.sizes_qkv)):
                tensors[f"{attention_}{name}_proj.weight"] = part
            tensors[attention_ + "o_proj.weight"] = layer.out.data
            tensors[mlp + "gate_proj.weight"], tensors[mlp + "up_proj.weight"] = layer.gate_up.data.chunk(2)
            tensors[mlp + "down_proj.weight"] = layer.down.data
        return tensors

    def from_hf(self, tensors):
        """Copies weights in; names and shapes must fit exactly."""
        copy_weights(self.to_hf(), tensors, self.head is None)
