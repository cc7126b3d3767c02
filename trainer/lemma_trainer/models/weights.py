"""Weights under Hugging Face names into a model. Must not know any architecture."""


def copy_weights(own, tensors, is_tied):
    """Copies `tensors` into the views `own`; names and shapes must fit exactly. A head that is tied may be there too."""
    tensors = {name: value for name, value in tensors.items() if not (name == "lm_head.weight" and is_tied)}
    missing, extra = own.keys() - tensors.keys(), tensors.keys() - own.keys()
    if missing or extra:
        raise ValueError(f"weights do not fit: missing {sorted(missing)[:4]}, unexpected {sorted(extra)[:4]}")
    for name, target in own.items():
        if tuple(target.shape) != tuple(tensors[name].shape):
            raise ValueError(f"{name}: expected {tuple(target.shape)}, found {tuple(tensors[name].shape)}")
        target.copy_(tensors[name])
