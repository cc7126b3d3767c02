"""The architectures. One file each; `build` picks by the Hugging Face `model_type`."""

from . import qwen3

_ARCHITECTURES = {"qwen3": qwen3.Qwen3}


def build(config, dtype):
    """The model of a Hugging Face config.json (a dict), with matrix products in `dtype`."""
    kind = config.get("model_type")
    if kind not in _ARCHITECTURES:
        raise ValueError(f"model_type: expected one of {', '.join(_ARCHITECTURES)}, found {kind!r}")
    return _ARCHITECTURES[kind](config, dtype)
