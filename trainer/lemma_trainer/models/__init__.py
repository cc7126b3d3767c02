"""The architectures, one file each; `build` picks by the Hugging Face `model_type`, `gradient_of` the way to the gradient."""

import torch

from .. import native
from . import deepseek_native, deepseek_v3, dense, dense_native

_ARCHITECTURES = {"deepseek_v3": deepseek_v3.DeepseekV3, "llama": dense.Dense, "qwen2": dense.Dense, "qwen3": dense.Dense}
_NATIVE = {"deepseek_v3": deepseek_native.NativeDeepseekV3, "qwen3": dense_native.NativeQwen3}


def build(config, dtype):
    """The model of a Hugging Face config.json (a dict), with matrix products in `dtype`."""
    kind = config.get("model_type")
    if kind not in _ARCHITECTURES:
        raise ValueError(f"model_type: expected one of {', '.join(_ARCHITECTURES)}, found {kind!r}")
    return _ARCHITECTURES[kind](config, dtype)


class PlainGradient:
    """Autograd: works everywhere. `loss` (model, batch → sum) is what to minimise: cross-entropy where left out."""

    def __init__(self, model, loss=None):
        self.model, self.loss = model, loss or (lambda model, batch: model(batch))

    def refresh(self):
        """Nothing to prepare after a change of the weights."""

    def finish(self):
        """Nothing to do when the micro-batches of a step are through."""

    def accumulate(self, batch, scale):
        """Sum of the losses of the batch (float); adds `scale` times its gradient to the parameters' .grad."""
        loss = self.loss(self.model, batch)
        extra = getattr(self.model, "extra_loss", None)
        ((loss + extra(batch) if extra else loss) * scale).backward()
        return float(loss.detach())


def gradient_of(model, kernels, needs_autograd="", loss=None):
    """(object with accumulate, finish and refresh, its name, why not the native one). `kernels`: auto, native or plain;
    `needs_autograd`: why only the plain ones will do; `loss`: as PlainGradient's, which needs them too."""
    if loss is not None:
        needs_autograd = needs_autograd or "the native kernels know cross-entropy only"
    if needs_autograd and kernels == "native":
        raise ValueError(f"kernels: expected auto or plain, found native: {needs_autograd}")
    if kernels == "plain" or needs_autograd:
        return PlainGradient(model, loss), "plain", needs_autograd
    kind = _NATIVE.get(model.config["model_type"])
    compiled, reason = native.load() if kind and not torch.cuda.is_available() else (None, "no kernels for this model or device")
    if compiled:
        reason = kind.supports(model, compiled)
        if not reason:
            return kind(model, compiled), "native", ""
    if kernels == "native":
        raise ValueError(f"kernels: expected native kernels to work here, found: {reason}")
    return PlainGradient(model), "plain", reason
