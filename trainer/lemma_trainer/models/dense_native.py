"""Loss and gradient of a Qwen3 micro-batch without autograd, through the fused kernels of ../native. CPU only.

The same function as `Qwen3.loss(batch)` followed by backward(), which is its oracle in the tests. Matrix products are
PyTorch's; everything between two of them is one pass. Buffers are made once a batch size and used again.
After the last attention only the tokens from which something is predicted go on.
Names: D width, A = heads * head width, F feed-forward width, M rows with a loss, V vocabulary.
"""

import torch

from ..layers import logit_rows


class NativeQwen3:
    """`accumulate` adds to the .grad of the model's parameters; call `refresh` after each change of the weights."""

    def __init__(self, model, kernels):
        self.model, self.kernels, self.dtype = model, kernels, model.dtype
        self._narrow = {}  # matrices in the activations' dtype
        self._buffers = {}
        self._parts = {}
        self.refresh()

    @staticmethod
    def supports(model, kernels):
        """Why this model can't take the native path, or an empty string."""
        config = model.config
        widths = (config["hidden_size"], config["intermediate_size"], config["vocab_size"])
        if any(width % 16 for width in widths):
            return f"widths {widths} are not multiples of 16"
        if (model.head_width, model.head_width) not in kernels.HEAD_WIDTHS:
            return f"head width {model.head_width} is none of (keys, values) {kernels.HEAD_WIDTHS}"
        if model.embedding.device.type != "cpu":
            return "the model is not on the CPU"
        return ""

    @torch.no_grad()
    def refresh(self):
        """Copies the matrices to the activations' dtype."""
        for name, parameter in self.model.named_parameters():
            if parameter.dim() == 2:
                if name not in self._narrow:
                    self._narrow[name] = torch.empty(parameter.shape, dtype=self.dtype)
                self._narrow[name].copy_(parameter.data)

    def finish(self):
        """Nothing to do when the micro-batches of a step are through."""

    @torch.no_grad()
    def accumulate(self, batch, scale):
        """Sum of the cross-entropies of the batch (float); adds `scale` times its gradient. Scale None: forward only."""
        model, kernels, layers = self.model, self.kernels, self.model.layers
        self._check(batch)
        hold = self._hold(len(batch.tokens_N), len(batch.loss_at))
        queries, keys = model.sizes_qkv[0], model.sizes_qkv[1]
        last = len(layers) - 1
        x, delta = torch.index_select(model.embedding, 0, batch.tokens_N, out=hold.embedded), None
        for i, layer in enumerate(layers):
            own, w = hold.layers[i], lambda name, i=i: self._narrow[f"layers.{i}.{name}"]
            kernels.norm(x, delta, own.x1, layer.attention_norm, own.h1, own.rstd1, model.eps)
            torch.mm(own.h1, w("qkv").t(), out=own.qkv)
            kernels.rotate(own.qkv, own.q, layer.q_norm, model.cos, model.sin, batch.positions_N, model.heads, model.eps)
            kernels.rotate(own.qkv[:, queries:], own.k, layer.k_norm, model.cos, model.sin, batch.positions_N, model.groups, model.eps)
            kernels.attend(model.head_width, own.q, own.k, own.qkv[:, queries + keys :], batch.offsets, own.attended, own.lse)
            x, attended = own.x1, own.attended
            if i == last:
                x = torch.index_select(x, 0, batch.loss_at, out=hold.last_x)
                attended = torch.index_select(attended, 0, batch.loss_at, out=hold.last_attended)
            torch.mm(attended, w("out").t(), out=own.delta1)
            kernels.norm(x, own.delta1, own.x2, layer.mlp_norm, own.h2, own.rstd2, model.eps)
            torch.mm(own.h2, w("gate_up").t(), out=own.gate_up)
            kernels.swiglu(own.gate_up, own.inner)
            torch.mm(own.inner, w("down").t(), out=own.delta2)
            x, delta = own.x2, own.delta2
        kernels.norm(x, delta, hold.x, model.norm, hold.h, hold.rstd, model.eps)
        loss = self._head(batch, hold, scale)
        if scale is None:
            return loss

        # Backward. grad: of the residual stream, float32; narrow: the same as the matrices' operand.
        grad, narrow = hold.grad_M.zero_(), hold.narrow_M
        kernels.norm_backward(hold.dh, hold.x, model.norm, hold.rstd, grad, narrow, model.norm.grad)
        for i in range(last, -1, -1):
            layer, own, w = layers[i], hold.layers[i], lambda name, i=i: self._narrow[f"layers.{i}.{name}"]
            rows = len(own.x2)
            dinner, dh = hold.dinner[:rows], hold.dh_N[:rows]
            torch.mm(narrow, w("down"), out=dinner)
            self._add(layer.down, narrow, own.inner)
            kernels.swiglu_backward(own.gate_up, dinner)
            torch.mm(own.gate_up, w("gate_up"), out=dh)
            self._add(layer.gate_up, own.gate_up, own.h2)
            kernels.norm_backward(dh, own.x2, layer.mlp_norm, own.rstd2, grad, narrow, layer.mlp_norm.grad)
            attended = hold.last_attended if i == last else own.attended
            dattended = torch.mm(narrow, w("out"), out=hold.dattended[:rows])
            self._add(layer.out, narrow, attended)
            if i == last:  # back from the rows with a loss to all rows
                real = batch.loss_at[: batch.loss_tokens]
                hold.scattered.zero_().index_copy_(0, real, dattended[: batch.loss_tokens])
                hold.grad_N.zero_().index_copy_(0, real, grad[: batch.loss_tokens])
                dattended, grad, narrow = hold.scattered, hold.grad_N, hold.narrow_N
            dqkv = hold.dqkv
            self._attend_backward(batch, own, dattended, dqkv, queries, keys)
            kernels.rotate_backward(own.qkv, dqkv, layer.q_norm, layer.q_norm.grad, model.cos, model.sin, batch.positions_N, model.heads, model.eps)
            kernels.rotate_backward(own.qkv[:, queries:], dqkv[:, queries:], layer.k_norm, layer.k_norm.grad, model.cos, model.sin,
                                    batch.positions_N, model.groups, model.eps)
            dh = torch.mm(dqkv, w("qkv"), out=hold.dh_N[: len(dqkv)])
            self._add(layer.qkv, dqkv, own.h1)
            kernels.norm_backward(dh, own.x1, layer.attention_norm, own.rstd1, grad, narrow, layer.attention_norm.grad)
        kernels.scatter_add(grad, batch.tokens_N, model.embedding.grad)
        return loss

    def _check(self, batch):
        """The kernels trust their indices: checked here, once a batch."""
        vocabulary = len(self.model.embedding)
        for name, indices, limit in (
            ("position", batch.positions_N, len(self.model.cos)), ("token", batch.tokens_N, vocabulary),
            ("target", batch.targets, vocabulary), ("row", batch.loss_at, len(batch.tokens_N)),
        ):
            low, high = int(indices.min()), int(indices.max())
            if low < 0 or high >= limit:
                raise ValueError(f"{name}s from {low} to {high}, expected 0 to {limit - 1}")
        if int(batch.offsets[-1]) != len(batch.tokens_N) or int((batch.offsets[1:] - batch.offsets[:-1]).min()) < 0:
            raise ValueError(f"offsets end at {int(batch.offsets[-1])} of {len(batch.tokens_N)} tokens")

    def _attend_backward(self, batch, own, dattended, dqkv, queries, keys):
        """Gradients of q, k and v go straight to their columns of dqkv: all three share its row stride."""
        self.kernels.attend(
            self.model.head_width, own.q, own.k, own.qkv[:, queries + keys :], batch.offsets, own.attended, own.lse,
            (dattended, dqkv, dqkv[:, queries:], dqkv[:, queries + keys :]))

    def _head(self, batch, hold, scale):
        """Loss and its gradient at the final norm's output (hold.dh), by chunks of rows."""
        name = "embedding" if self.model.head is None else "head"
        matrix, parameter, loss = self._narrow[name], self.model._head(), 0.0
        rows = logit_rows(len(matrix))
        for start in range(0, len(batch.loss_at), rows):
            part = slice(start, start + rows)
            h = hold.h[part]
            logits = torch.mm(h, matrix.t(), out=hold.logits[: len(h)])
            loss += self.kernels.cross_entropy(logits, batch.targets[part], batch.weights[part], scale)
            torch.mm(logits, matrix, out=hold.dh[part])
            self._add(parameter, logits, h)
        return loss

    def _add(self, parameter, upstream, x):
        """parameter.grad += upstream.T @ x"""
        part = self._parts.get(parameter.shape)
        if part is None:
            part = self._parts[parameter.shape] = torch.empty(parameter.shape, dtype=self.dtype)
        torch.mm(upstream.t(), x, out=part)
        self.kernels.accumulate(part, parameter.grad)

    def _hold(self, size, learned):
        key = (size, learned)
        if key not in self._buffers:
            if len(self._buffers) > 64:
                self._buffers.clear()
            self._buffers[key] = _Hold(self.model, self._pool, size, learned)
        return self._buffers[key]

    def _pool(self, name, shape, dtype):
        """A tensor of `shape` at the start of the buffer `name`, which grows as needed."""
        count = 1
        for n in shape:
            count *= n
        buffer = self._parts.get(name)
        if buffer is None or buffer.numel() < count:
            buffer = self._parts[name] = torch.empty(count, dtype=dtype)
            self._buffers.clear()
        return buffer[:count].view(shape)


class _Hold:
    """The activations of one batch size. Views of shared buffers, so many sizes cost no more than the largest."""

    def __init__(self, model, pool, size, learned):
        config, dtype = model.config, model.dtype
        width, inner, attended = config["hidden_size"], config["intermediate_size"], model.sizes_qkv[0]
        columns = sum(model.sizes_qkv)
        f32 = torch.float32
        self.layers = []
        for i in range(len(model.layers)):
            rows = learned if i == len(model.layers) - 1 else size
            own = _Layer()
            for name, shape, kind in (
                ("x1", (size, width), f32), ("h1", (size, width), dtype), ("rstd1", (size,), f32), ("qkv", (size, columns), dtype),
                ("q", (size, attended), dtype), ("k", (size, model.sizes_qkv[1]), dtype), ("attended", (size, attended), dtype),
                ("lse", (size, model.heads), f32), ("x2", (rows, width), f32), ("h2", (rows, width), dtype), ("rstd2", (rows,), f32),
                ("gate_up", (rows, 2 * inner), dtype), ("inner", (rows, inner), dtype),
            ):
                setattr(own, name, pool(f"{i}.{name}", shape, kind))
            own.delta1, own.delta2 = pool("delta1", (rows, width), dtype), pool("delta2", (rows, width), dtype)
            self.layers.append(own)
        for name, shape, kind in (
            ("embedded", (size, width), f32), ("last_x", (learned, width), f32), ("last_attended", (learned, attended), dtype),
            ("x", (learned, width), f32), ("h", (learned, width), dtype), ("rstd", (learned,), f32), ("dh", (learned, width), dtype),
            ("logits", (min(logit_rows(config["vocab_size"]), learned), config["vocab_size"]), dtype),
            ("grad_M", (learned, width), f32), ("narrow_M", (learned, width), dtype), ("grad_N", (size, width), f32),
            ("narrow_N", (size, width), dtype), ("dinner", (max(size, learned), inner), dtype), ("dh_N", (max(size, learned), width), dtype),
            ("dattended", (max(size, learned), attended), dtype), ("scattered", (size, attended), dtype), ("dqkv", (size, columns), dtype),
        ):
            setattr(self, name, pool(name, shape, kind))


class _Layer:
    """Saved activations of one layer."""
