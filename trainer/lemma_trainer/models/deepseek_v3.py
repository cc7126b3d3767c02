"""DeepSeek-V3 decoder: multi-head latent attention, experts without auxiliary loss for balance, YaRN.

Formulas: arXiv 2412.19437, section 2.1. Training uses the un-absorbed form of attention: keys and values are made from the
latents. `to_hf` and `from_hf` map to the exact Hugging Face names; multi-token prediction is not trained.
Must not know: files, optimisers, where batches come from.
"""

import torch
from torch import nn

from ..experts import Experts, sequence_balance
from ..layers import Block, ChunkedCrossEntropy, attention, linear, rms_norm, swiglu
from ..rotary import rope_interleaved, rope_tables, score_scale
from .weights import copy_weights

BIAS_RATE = 0.001  # V3 report, section 4.2
SEQUENCE_BALANCE = 1e-4


class DeepseekV3(nn.Module):
    def __init__(self, config, dtype):
        super().__init__()
        self.config, self.dtype = config, dtype
        self.recompute = False  # gradient checkpointing: each layer's inside is computed again in the backward pass
        for name, expected in (("scoring_func", "sigmoid"), ("topk_method", "noaux_tc"), ("moe_layer_freq", 1), ("attention_bias", False)):
            if config.get(name, expected) != expected:
                raise ValueError(f"deepseek_v3: {name}: expected {expected!r}, found {config[name]!r}")
        width, self.heads = config["hidden_size"], config["num_attention_heads"]
        self.nope, self.pe, self.value = config["qk_nope_head_dim"], config["qk_rope_head_dim"], config["v_head_dim"]
        self.latent, query_latent = config["kv_lora_rank"], config.get("q_lora_rank")
        self.eps, scaling = config["rms_norm_eps"], config.get("rope_scaling")
        self.scale = score_scale(self.nope + self.pe, scaling)
        self.bias_rate, self.balances_by_share = config.get("bias_update_rate", BIAS_RATE), config.get("bias_update") == "proportional"
        self.progress = 0.0  # share of the stage that is done, set by the loop
        self.balance_weight = config.get("aux_loss_alpha", SEQUENCE_BALANCE)
        matrix = lambda rows, columns: nn.Parameter(torch.empty(rows, columns))
        vector = lambda size: nn.Parameter(torch.ones(size))
        self.embedding = matrix(config["vocab_size"], width)
        self.head = None if config.get("tie_word_embeddings") else matrix(config["vocab_size"], width)
        self.layers = nn.ModuleList()
        for i in range(config["num_hidden_layers"]):
            layer = Block()
            layer.attention_norm, layer.mlp_norm, layer.kv_norm = vector(width), vector(width), vector(self.latent)
            queries = self.heads * (self.nope + self.pe)
            layer.q_down = matrix(query_latent, width) if query_latent else None
            layer.q_norm = vector(query_latent) if query_latent else None
            layer.q = matrix(queries, query_latent or width)
            layer.kv_down = matrix(self.latent + self.pe, width)
            layer.kv = matrix(self.heads * (self.nope + self.value), self.latent)
            layer.out = matrix(width, self.heads * self.value)
            layer.experts = Experts(config, dtype) if i >= config["first_k_dense_replace"] else None
            if layer.experts is None:
                layer.gate_up = matrix(2 * config["intermediate_size"], width)
                layer.down = matrix(width, config["intermediate_size"])
            self.layers.append(layer)
        self.norm = vector(width)
        cos, sin = rope_tables(config["max_position_embeddings"], self.pe, config["rope_theta"], scaling)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        self._gates = []

    def initialise(self, seed):
        """Normal(0, 0.02) (`initializer_range`), matrices that write to the residual stream scaled by 1/sqrt(2 layers)."""
        generator = torch.Generator().manual_seed(seed)
        deviation = self.config.get("initializer_range", 0.02)
        damped = deviation / (2 * len(self.layers)) ** 0.5
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                small = name.endswith((".out", "down")) and not name.endswith(("q_down", "kv_down")) or ".down." in name
                with torch.no_grad():
                    parameter.copy_(torch.randn(parameter.shape, generator=generator) * (damped if small else deviation))

    def hidden(self, batch):
        """Hidden states [N, D] before the final norm, float32. Keeps the gates' scores for `balance_loss`."""
        cos = self.cos[batch.positions_N][:, None]
        sin = self.sin[batch.positions_N][:, None]
        self._gates = []
        x = self.embedding[batch.tokens_N]
        for layer in self.layers:
            x, scores, chosen = layer(self._layer, self.recompute, x, cos, sin, batch)
            if layer.experts is not None:
                self._gates.append((scores, chosen))
                if torch.is_grad_enabled():
                    layer.experts.count_load(chosen, batch.real_N)
        return x

    def _layer(self, layer, x, cos, sin, batch):
        """(x after the layer, the gate's scores, the chosen experts)."""
        x = x + self._attention(layer, rms_norm(x, layer.attention_norm, self.eps), cos, sin, batch)
        h = rms_norm(x, layer.mlp_norm, self.eps)
        if layer.experts is None:
            return x + linear(swiglu(linear(h, layer.gate_up, self.dtype)), layer.down, self.dtype), None, None
        out, scores, chosen = layer.experts(h)
        return x + out, scores, chosen

    def _attention(self, layer, h_ND, cos, sin, batch):
        if layer.q_down is not None:
            q = linear(rms_norm(linear(h_ND, layer.q_down, self.dtype), layer.q_norm, self.eps), layer.q, self.dtype)
        else:
            q = linear(h_ND, layer.q, self.dtype)
        q_nope, q_pe = q.float().view(-1, self.heads, self.nope + self.pe).split([self.nope, self.pe], dim=-1)
        latent, k_pe = linear(h_ND, layer.kv_down, self.dtype).split([self.latent, self.pe], dim=-1)
        k_pe = rope_interleaved(k_pe.float()[:, None], cos, sin)
        kv = linear(rms_norm(latent, layer.kv_norm, self.eps), layer.kv, self.dtype).view(-1, self.heads, self.nope + self.value)
        k_nope, v = kv.split([self.nope, self.value], dim=-1)
        q = torch.cat([q_nope, rope_interleaved(q_pe, cos, sin)], dim=-1)
        k = torch.cat([k_nope.float(), k_pe.expand(-1, self.heads, -1)], dim=-1)
        return linear(attention(q, k, v, batch, self.dtype, self.scale), layer.out, self.dtype)

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

    def extra_loss(self, batch):
        """After `loss`: the sequence balance loss of the same forward pass, for as many tokens as are learned."""
        document, count = batch.documents()
        terms = [sequence_balance(scores, chosen, document, count) for scores, chosen in self._gates]
        return self.balance_weight * batch.loss_tokens * sum(terms)

    def after_step(self, parallel):
        """Balances the experts by the load of the step over all ranks."""
        experts = [layer.experts for layer in self.layers if layer.experts is not None]
        load = torch.stack([one.load for one in experts])
        parallel.all_reduce(load)
        for one, sums in zip(experts, load):
            one.load.copy_(sums)
            one.balance(bias_rate(self.bias_rate, self.progress) if self.balances_by_share else self.bias_rate, self.balances_by_share)

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
            at = f"model.layers.{i}."
            tensors[at + "input_layernorm.weight"] = layer.attention_norm.data
            tensors[at + "post_attention_layernorm.weight"] = layer.mlp_norm.data
            attention_ = at + "self_attn."
            if layer.q_down is None:
                tensors[attention_ + "q_proj.weight"] = layer.q.data
            else:
                tensors[attention_ + "q_a_proj.weight"] = layer.q_down.data
                tensors[attention_ + "q_a_layernorm.weight"] = layer.q_norm.data
                tensors[attention_ + "q_b_proj.weight"] = layer.q.data
            tensors[attention_ + "kv_a_proj_with_mqa.weight"] = layer.kv_down.data
            tensors[attention_ + "kv_a_layernorm.weight"] = layer.kv_norm.data
            tensors[attention_ + "kv_b_proj.weight"] = layer.kv.data
            tensors[attention_ + "o_proj.weight"] = layer.out.data
            if layer.experts is None:
                _put_mlp(tensors, at + "mlp.", layer.gate_up, layer.down)
                continue
            experts = layer.experts
            tensors[at + "mlp.gate.weight"] = experts.gate.data
            tensors[at + "mlp.gate.e_score_correction_bias"] = experts.bias
            for k in range(experts.number):
                _put_mlp(tensors, f"{at}mlp.experts.{k}.", experts.gate_up[k], experts.down[k])
            if experts.shared_down is not None:
                _put_mlp(tensors, at + "mlp.shared_experts.", experts.shared_gate_up, experts.shared_down)
        return tensors

    def from_hf(self, tensors):
        """Copies weights in; names and shapes must fit exactly."""
        copy_weights(self.to_hf(), tensors, self.head is None)


def bias_rate(first, progress):
    """The rate of proportional balancing: falls to a tenth of the first while nine tenths of a stage are done, then nothing moves.

    V3's constant step of 0.001 is made for 100,000 steps; in runs of a few thousand the load would stay uneven for long.
    """
    return first * 0.1 ** (progress / 0.9) if progress < 0.9 else 0.0


def _put_mlp(tensors, at, gate_up, down):
    tensors[at + "gate_proj.weight"], tensors[at + "up_proj.weight"] = gate_up.data.chunk(2)
    tensors[at + "down_proj.weight"] = down.data
