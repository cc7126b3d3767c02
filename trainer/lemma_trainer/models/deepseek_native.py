"""Loss and gradient of a DeepSeek-V3 micro-batch through the fused kernels of ../native, without autograd. CPU only.

The same function as `DeepseekV3.loss(batch)` plus `extra_loss`, followed by backward(), which is its oracle in the tests.
Matrix products are PyTorch's; everything between two of them is one pass. The gate is small and is left to autograd, with
the functions of ../experts, so that its formulas stand in one place. Tokens are dealt to their experts in segments whose
lengths are rounded up, so that products have few shapes; what fills a segment up has no gradient.
Names: N tokens, D width, H heads, W and E widths of a head's keys and values, K experts a token, F inner width.
"""

import torch

from ..experts import choose_experts, sequence_balance
from .dense_native import NativeQwen3

SEGMENT = 32  # rows of an expert are a multiple of this


class NativeDeepseekV3(NativeQwen3):
    """`accumulate` adds to the .grad of the model's parameters; call `refresh` after each change of the weights."""

    @staticmethod
    def supports(model, kernels):
        """Why this model can't take the native path, or an empty string."""
        config = model.config
        experts = [layer.experts for layer in model.layers if layer.experts is not None]
        shared = [one.shared_down.shape[1] for one in experts if one.shared_down is not None]
        inner = [config["intermediate_size"], *(one.down[0].shape[1] for one in experts), *shared]
        latents = (model.latent, model.pe, model.nope, *((config["q_lora_rank"],) if config.get("q_lora_rank") else ()))
        widths = sorted({config["hidden_size"], config["vocab_size"], model.value, *inner, *latents})
        if any(width % 16 for width in widths):
            return f"widths {widths} are not multiples of 16"
        if model.pe > 512:
            return f"qk_rope_head_dim: at most 512, found {model.pe}"
        if (model.nope + model.pe, model.value) not in kernels.HEAD_WIDTHS:
            return f"head widths {(model.nope + model.pe, model.value)} are none of (keys, values) {kernels.HEAD_WIDTHS}"
        if getattr(model, "recompute", False):
            return "gradient checkpointing is the plain path's"
        if model.embedding.device.type != "cpu":
            return "the model is not on the CPU"
        return ""

    @torch.no_grad()
    def accumulate(self, batch, scale):
        """Sum of the cross-entropies of the batch (float); adds `scale` times its gradient."""
        model, kernels = self.model, self.kernels
        self._check(batch)
        size, learned = len(batch.tokens_N), len(batch.loss_at)
        document_N, documents = batch.documents()
        x, delta = torch.index_select(model.embedding, 0, batch.tokens_N), None
        saved = []
        for i, layer in enumerate(model.layers):
            own = _Saved()
            saved.append(own)
            x = self._attention(i, layer, own, x, delta, batch)
            own.x2, own.rstd2 = self._new(i, "x2", x.shape, torch.float32), self._new(i, "rstd2", (size,), torch.float32)
            own.h2 = self._new(i, "h2", x.shape)
            own.wide = None if layer.experts is None else self._new(i, "wide", x.shape, torch.float32)
            kernels.norm(x, own.delta, own.x2, layer.mlp_norm, own.h2, own.rstd2, model.eps, own.wide)
            delta = self._new("all", "delta2", x.shape)
            if layer.experts is None:
                self._feed_forward(i, own, f"layers.{i}.", own.h2, delta)
            else:
                self._experts(i, layer.experts, own, batch, delta)
            x = own.x2
        last_x = torch.index_select(x, 0, batch.loss_at)
        last_delta = torch.index_select(delta, 0, batch.loss_at)
        hold = _Saved()
        hold.h, hold.dh = self._new("all", "h", last_x.shape), self._new("all", "dh", last_x.shape)
        hold.logits = self._new("all", "logits", (min(512, learned), len(model.embedding)))
        final, rstd = self._new("all", "final", last_x.shape, torch.float32), self._new("all", "rstd", (learned,), torch.float32)
        kernels.norm(last_x, last_delta, final, model.norm, hold.h, rstd, model.eps)
        loss = self._head(batch, hold, scale)

        # Backward. grad: of the residual stream, float32; narrow: the same as the matrices' operand.
        part, narrow_part = torch.zeros_like(final), self._new("all", "narrow_part", final.shape)
        kernels.norm_backward(hold.dh, final, model.norm, rstd, part, narrow_part, model.norm.grad)
        real = batch.loss_at[: batch.loss_tokens]
        grad = self._new("all", "grad", x.shape, torch.float32).zero_().index_copy_(0, real, part[: batch.loss_tokens])
        narrow = self._new("all", "narrow", x.shape).zero_().index_copy_(0, real, narrow_part[: batch.loss_tokens])
        for i in range(len(model.layers) - 1, -1, -1):
            layer, own = model.layers[i], saved[i]
            dh, wide = self._new("all", "dh2", x.shape), None
            if layer.experts is None:
                self._feed_forward_backward(own, layer.gate_up, layer.down, f"layers.{i}.", own.h2, narrow, dh)
            else:
                balance = (document_N, documents, model.balance_weight * batch.loss_tokens * scale)
                wide = self._experts_backward(i, layer.experts, own, narrow, dh, balance)
            kernels.norm_backward(dh, own.x2, layer.mlp_norm, own.rstd2, grad, narrow, layer.mlp_norm.grad, wide)
            self._attention_backward(i, layer, own, grad, narrow, batch)
        kernels.scatter_add(grad, batch.tokens_N, model.embedding.grad)
        return loss

    def _attention(self, i, layer, own, x, delta, batch):
        """Up to the output projection, whose result is left in own.delta. Returns the residual stream before it."""
        model, kernels, size = self.model, self.kernels, len(x)
        w = lambda name: self._narrow[f"layers.{i}.{name}"]
        heads, nope, pe, value = model.heads, model.nope, model.pe, model.value
        own.x1, own.rstd1 = self._new(i, "x1", x.shape, torch.float32), self._new(i, "rstd1", (size,), torch.float32)
        own.h1 = self._new(i, "h1", x.shape)
        kernels.norm(x, delta, own.x1, layer.attention_norm, own.h1, own.rstd1, model.eps)
        own.q, own.kv_down = self._new(i, "q", (size, heads * (nope + pe))), self._new(i, "kv_down", (size, model.latent + pe))
        if layer.q_down is None:
            torch.mm(own.h1, w("q").t(), out=own.q)
        else:
            own.q_down, own.q_normed = (self._new(i, name, (size, len(layer.q_down))) for name in ("q_down", "q_normed"))
            torch.mm(own.h1, w("q_down").t(), out=own.q_down)
            kernels.norm_rows(own.q_down, layer.q_norm, own.q_normed, model.eps)
            torch.mm(own.q_normed, w("q").t(), out=own.q)
        torch.mm(own.h1, w("kv_down").t(), out=own.kv_down)
        own.latent = self._new(i, "latent", (size, model.latent))
        kernels.norm_rows(own.kv_down, layer.kv_norm, own.latent, model.eps)
        own.kv, own.k = self._new(i, "kv", (size, heads * (nope + value))), self._new(i, "k", (size, heads * (nope + pe)))
        torch.mm(own.latent, w("kv").t(), out=own.kv)
        kernels.latent_queries(own.q, model.cos, model.sin, batch.positions_N, heads, nope, pe)
        kernels.latent_keys(own.kv, own.kv_down[:, model.latent :], own.k, model.cos, model.sin, batch.positions_N, heads, nope, pe, value)
        own.attended, own.lse = self._new(i, "attended", (size, heads * value)), self._new(i, "lse", (size, heads), torch.float32)
        kernels.attend(nope + pe, own.q, own.k, self._values(own.kv), batch.offsets, own.attended, own.lse, None, value, model.scale)
        own.delta = torch.mm(own.attended, w("out").t(), out=self._new("all", "delta1", x.shape))
        return own.x1

    def _attention_backward(self, i, layer, own, grad, narrow, batch):
        """`grad` and `narrow` become those of the layer's input."""
        model, kernels, size = self.model, self.kernels, len(grad)
        w = lambda name: self._narrow[f"layers.{i}.{name}"]
        heads, nope, pe, value = model.heads, model.nope, model.pe, model.value
        dattended = torch.mm(narrow, w("out"), out=self._new("all", "dattended", own.attended.shape))
        self._add(layer.out, narrow, own.attended)
        like = {"dq": own.q, "dk": own.k, "dkv": own.kv, "dkv_down": own.kv_down}
        dq, dk, dkv, dkv_down = (self._new("all", name, one.shape) for name, one in like.items())
        grads = (dattended, dq, dk, self._values(dkv))
        kernels.attend(nope + pe, own.q, own.k, self._values(own.kv), batch.offsets, own.attended, own.lse, grads, value, model.scale)
        kernels.latent_keys_backward(dk, dkv, dkv_down[:, model.latent :], model.cos, model.sin, batch.positions_N, heads, nope, pe, value)
        kernels.latent_queries(dq, model.cos, model.sin, batch.positions_N, heads, nope, pe, backward=True)
        dlatent = torch.mm(dkv, w("kv"), out=self._new("all", "dlatent", own.latent.shape))
        self._add(layer.kv, dkv, own.latent)
        kernels.norm_rows_backward(own.kv_down, layer.kv_norm, dlatent, dkv_down, layer.kv_norm.grad, model.eps)
        dh = torch.mm(dkv_down, w("kv_down"), out=self._new("all", "dh1", own.h1.shape))
        self._add(layer.kv_down, dkv_down, own.h1)
        if layer.q_down is None:
            dh.addmm_(dq, w("q"))
            self._add(layer.q, dq, own.h1)
        else:
            dq_normed = torch.mm(dq, w("q"), out=self._new("all", "dq_normed", own.q_normed.shape))
            self._add(layer.q, dq, own.q_normed)
            dq_down = self._new("all", "dq_down", own.q_down.shape)
            kernels.norm_rows_backward(own.q_down, layer.q_norm, dq_normed, dq_down, layer.q_norm.grad, model.eps)
            dh.addmm_(dq_down, w("q_down"))
            self._add(layer.q_down, dq_down, own.h1)
        kernels.norm_backward(dh, own.x1, layer.attention_norm, own.rstd1, grad, narrow, layer.attention_norm.grad)

    def _values(self, kv):
        """The values inside kv as [N, H, E] with strides."""
        return kv.view(len(kv), self.model.heads, -1)[:, :, self.model.nope :]

    def _feed_forward(self, i, own, prefix, h, out, gate_up="gate_up", down="down"):
        gate_up, down = self._narrow[prefix + gate_up], self._narrow[prefix + down]
        own.gate_up, own.inner = self._new(i, "gate_up", (len(h), len(gate_up))), self._new(i, "inner", (len(h), len(gate_up) // 2))
        torch.mm(h, gate_up.t(), out=own.gate_up)
        self.kernels.swiglu(own.gate_up, own.inner)
        torch.mm(own.inner, down.t(), out=out)

    def _feed_forward_backward(self, own, gate_up, down, prefix, h, upstream, dh, names=("gate_up", "down")):
        dinner = torch.mm(upstream, self._narrow[prefix + names[1]], out=self._new("all", "dinner", own.inner.shape))
        self._add(down, upstream, own.inner)
        self.kernels.swiglu_backward(own.gate_up, dinner)  # own.gate_up is its own gradient from here on
        torch.mm(own.gate_up, self._narrow[prefix + names[0]], out=dh)
        self._add(gate_up, own.gate_up, h)

    def _experts(self, i, experts, own, batch, out):
        """out = sum of the chosen experts' outputs times their weights, and the shared experts'."""
        kernels, size, count = self.kernels, len(own.h2), experts.count
        own.logits = (own.wide @ experts.gate.t()).requires_grad_()
        with torch.enable_grad():
            own.scores = torch.sigmoid(own.logits)
            own.chosen = choose_experts(own.scores.detach(), experts.bias, experts.groups, experts.used_groups, count)
            weights = own.scores.gather(1, own.chosen)
            if experts.is_normalised:
                weights = weights / (weights.sum(-1, keepdim=True) + 1e-20)
            own.weighted = weights * experts.scale
        experts.count_load(own.chosen, batch.real_N)
        # Segments: expert e has the rows starts[e] to starts[e + 1], of which the first loads[e] are tokens.
        flat = own.chosen.flatten()
        loads = torch.bincount(flat, minlength=experts.number)
        lengths = (loads + SEGMENT - 1) // SEGMENT * SEGMENT
        starts = torch.cat([lengths.new_zeros(1), lengths.cumsum(0)])
        order = flat.sort(stable=True).indices
        slots = torch.empty_like(flat)
        first = loads.cumsum(0) - loads  # of each expert in `order`
        slots[order] = torch.arange(len(flat)) + (starts[:-1] - first)[flat[order]]
        own.slots, own.starts = slots.view(size, count), starts.tolist()
        rows, inner = size * count + experts.number * SEGMENT, experts.down[0].shape[1]  # at most
        own.dealt, own.hidden = self._new(i, "dealt", (rows, own.h2.shape[1])), self._new(i, "e.gate_up", (rows, 2 * inner))
        own.expert_inner, own.y = self._new(i, "e.inner", (rows, inner)), self._new(i, "y", (rows, own.h2.shape[1]))
        own.dealt.zero_()
        kernels.deal(own.h2, own.slots, own.dealt)
        for e, part in self._segments(own):
            torch.mm(own.dealt[part], self._narrow[f"layers.{i}.experts.gate_up.{e}"].t(), out=own.hidden[part])
        used = own.starts[-1]
        kernels.swiglu(own.hidden[:used], own.expert_inner[:used])
        for e, part in self._segments(own):
            torch.mm(own.expert_inner[part], self._narrow[f"layers.{i}.experts.down.{e}"].t(), out=own.y[part])
        shared = None
        if experts.shared_down is not None:
            own.shared, shared = _Saved(), self._new("all", "shared", own.h2.shape)
            self._feed_forward(i, own.shared, f"layers.{i}.experts.", own.h2, shared, "shared_gate_up", "shared_down")
        kernels.mix(own.y, own.slots, own.weighted, shared, out)

    def _experts_backward(self, i, experts, own, upstream, dh, balance):
        """Writes dh, the gradient at the experts' input; returns that through the gate (float32)."""
        kernels, used = self.kernels, own.starts[-1]
        dy = self._new("all", "dy", own.y.shape)[:used].zero_()
        dweights = self._new("all", "dweights", own.slots.shape, torch.float32)
        kernels.mix_backward(own.y, own.slots, own.weighted, upstream, dy, dweights)
        dinner = self._new("all", "e.dinner", own.expert_inner.shape)
        for e, part in self._segments(own):
            torch.mm(dy[part], self._narrow[f"layers.{i}.experts.down.{e}"], out=dinner[part])
            self._add(experts.down[e], dy[part], own.expert_inner[part])
        kernels.swiglu_backward(own.hidden[:used], dinner[:used])
        ddealt = self._new("all", "ddealt", own.dealt.shape)
        for e, part in self._segments(own):
            torch.mm(own.hidden[part], self._narrow[f"layers.{i}.experts.gate_up.{e}"], out=ddealt[part])
            self._add(experts.gate_up[e], own.hidden[part], own.dealt[part])
        dshared = None
        if experts.shared_down is not None:
            dshared = self._new("all", "dshared", own.h2.shape)
            names = ("shared_gate_up", "shared_down")
            self._feed_forward_backward(own.shared, experts.shared_gate_up, experts.shared_down, f"layers.{i}.experts.", own.h2, upstream, dshared, names)
        kernels.mix(ddealt, own.slots, None, dshared, dh)
        document_N, documents, factor = balance
        with torch.enable_grad():
            uneven = sequence_balance(own.scores, own.chosen, document_N, documents) * factor
            (dlogits,) = torch.autograd.grad([own.weighted, uneven], own.logits, [dweights, torch.ones_like(uneven)])
        experts.gate.grad.addmm_(dlogits.t(), own.wide)
        return torch.mm(dlogits, experts.gate, out=self._new("all", "dwide", own.wide.shape, torch.float32))

    def _segments(self, own):
        """(expert, its rows) where it has any."""
        return [(e, slice(a, b)) for e, (a, b) in enumerate(zip(own.starts[:-1], own.starts[1:])) if b > a]

    def _new(self, where, name, shape, dtype=None):
        """A buffer that is used again at the next micro-batch; with a layer's number it lives until that layer's backward pass."""
        return self._pool(f"{where}.{name}", shape, dtype or self.dtype)


class _Saved:
    """What the forward pass of a layer leaves for the backward pass."""
