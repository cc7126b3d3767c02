"""Compiles native/kernels.cpp once a machine and calls it through ctypes. Must not know models.

The library is cached under $LEMMA_HOME/cache, named by the hash of source, compiler and processor. Without a C++
compiler `load` returns None and the trainer takes the plain PyTorch path, which computes the same.
"""

import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import tempfile

import torch

_FLAGS = ["-std=c++20", "-O3", "-march=native", "-fno-math-errno", "-fno-trapping-math", "-ffp-contract=fast", "-fPIC", "-shared"]
_SOURCES = ["kernels.cpp", "attention.h", "vectors.h"]


def load():
    """The kernels, or (None, why not) as a pair (Kernels or None, reason)."""
    compiler = os.environ.get("CXX") or shutil.which("g++") or shutil.which("clang++")
    if not compiler:
        return None, "no C++ compiler (g++ or clang++) found"
    folder = os.path.dirname(os.path.abspath(__file__))
    digest = hashlib.sha256()
    for name in _SOURCES:
        with open(os.path.join(folder, name), "rb") as file:
            digest.update(file.read())
    version = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=False).stdout
    digest.update(f"{compiler} {version} {_FLAGS} {_processor()}".encode())
    cache = os.path.join(os.environ.get("LEMMA_HOME") or os.path.expanduser("~/.lemma"), "cache")
    path = os.path.join(cache, f"trainer-kernels-{digest.hexdigest()[:16]}.so")
    if not os.path.exists(path):
        os.makedirs(cache, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            built = os.path.join(scratch, "kernels.so")
            command = [compiler, *_FLAGS, "-o", built, os.path.join(folder, "kernels.cpp")]
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            if run.returncode:
                return None, f"{' '.join(command)} failed: {run.stderr[-400:]}"
            os.rename(built, path)  # another rank may have done the same: either file is good
    return Kernels(ctypes.CDLL(path)), ""


def _processor():
    if not os.path.exists("/proc/cpuinfo"):
        return platform.processor()
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        return next((line for line in file if line.startswith("flags")), "")


class Kernels:
    """One method a kernel. Tensors are contiguous (or strided in rows where a stride is passed) and on the CPU."""

    HEAD_WIDTHS = ((32, 32), (64, 32), (64, 64), (128, 128))  # of (queries and keys, values)

    def __init__(self, library):
        self._library = library
        self._calls = {}

    def _call(self, name, dtype):
        """The C function `name` for activations of `dtype`."""
        key = (name, dtype)
        if key not in self._calls:
            function = getattr(self._library, f"{name}_{'bf16' if dtype == torch.bfloat16 else 'f32'}")
            function.argtypes = [_TYPES[letter] for letter in _SIGNATURES[name]]
            function.restype = ctypes.c_double if name == "cross_entropy" else ctypes.c_int
            self._calls[key] = function
        return self._calls[key]

    def norm(self, x, delta, total, weight, normed, rstd, eps, wide=None):
        self._call("norm", normed.dtype)(
            _at(x), _at(delta), _at(total), _at(weight), _at(normed), _at(wide), _at(rstd), len(x), x.shape[1], eps)

    def norm_backward(self, upstream, x, weight, rstd, grad, narrow, grad_weight, wide=None):
        self._call("norm_backward", narrow.dtype)(
            _at(upstream), _at(wide), _at(x), _at(weight), _at(rstd), _at(grad), _at(narrow), _at(grad_weight), len(x), x.shape[1])

    def rotate(self, source, target, weight, cos, sin, positions, heads, eps):
        self._call("rotate", source.dtype)(
            _at(source), source.stride(0), _at(target), target.stride(0), _at(weight), _at(cos), _at(sin), _at(positions),
            len(source), heads, len(weight), eps)

    def rotate_backward(self, source, grad, weight, grad_weight, cos, sin, positions, heads, eps):
        self._call("rotate_backward", source.dtype)(
            _at(source), _at(grad), source.stride(0), _at(weight), _at(grad_weight), _at(cos), _at(sin), _at(positions),
            len(source), heads, len(weight), eps)

    def swiglu(self, gate_up, out):
        self._call("swiglu", out.dtype)(_at(gate_up), _at(out), len(out), out.shape[1])

    def swiglu_backward(self, gate_up, grad):
        self._call("swiglu_backward", grad.dtype)(_at(gate_up), _at(grad), len(grad), grad.shape[1])

    def cross_entropy(self, logits, targets, weights, scale):
        return self._call("cross_entropy", logits.dtype)(
            _at(logits), _at(targets), _at(weights), len(logits), logits.shape[1], scale)

    def accumulate(self, part, total):
        self._call("accumulate", part.dtype)(_at(part), _at(total), part.numel())

    def scatter_add(self, source, rows, target):
        self._call("scatter_add", torch.float32)(_at(source), _at(rows), _at(target), len(rows), source.shape[1])

    def attend(self, head_width, q, k, v, offsets, out, lse, grads=None, value_width=None, scale=None):
        """Forward; with grads = (dout, dq, dk, dv) backward. q and k are [N, heads * width] with row strides, v and dv that or
        [N, heads, width] with strides of their own. `value_width`: `head_width` where left out; `scale`: 1/sqrt(head_width)."""
        value_width = value_width or head_width
        dout, dq, dk, dv = grads or (None,) * 4
        stride = lambda x: x.stride(0) if x is not None else 0
        between = lambda x: x.stride(1) if x is not None and x.dim() == 3 else value_width
        call = AttentionCall(
            _at(q), _at(k), _at(v), stride(q), stride(k), stride(v), between(v), q.shape[1] // head_width, k.shape[1] // head_width,
            _at(offsets), len(offsets) - 1, _at(out), _at(lse), _at(dout), _at(dq), _at(dk), _at(dv), stride(dq), stride(dk), stride(dv),
            between(dv), head_width**-0.5 if scale is None else scale)
        if self._call("attend", q.dtype)(head_width, value_width, ctypes.byref(call)):
            raise ValueError(f"attention: expected head widths (keys, values) of {self.HEAD_WIDTHS}, found {(head_width, value_width)}")

    def norm_rows(self, x, weight, out, eps):
        self._call("norm_rows", x.dtype)(_at(x), x.stride(0), _at(weight), _at(out), len(x), len(weight), eps)

    def norm_rows_backward(self, x, weight, grad_out, grad, grad_weight, eps):
        """`grad` is written, with a row stride of its own."""
        self._call("norm_rows_backward", x.dtype)(
            _at(x), x.stride(0), _at(weight), _at(grad_out), _at(grad), grad.stride(0), _at(grad_weight), len(x), len(weight), eps)

    def latent_queries(self, q, cos, sin, positions, heads, nope, pe, backward=False):
        """Rotates q in place, or its gradient back."""
        name = "latent_queries_backward" if backward else "latent_queries"
        self._call(name, q.dtype)(_at(q), _at(cos), _at(sin), _at(positions), len(q), heads, nope, pe)

    def latent_keys(self, kv, k_pe, k, cos, sin, positions, heads, nope, pe, value):
        self._call("latent_keys", k.dtype)(
            _at(kv), _at(k_pe), k_pe.stride(0), _at(k), _at(cos), _at(sin), _at(positions), len(k), heads, nope, pe, value)

    def latent_keys_backward(self, grad_k, grad_kv, grad_pe, cos, sin, positions, heads, nope, pe, value):
        self._call("latent_keys_backward", grad_k.dtype)(
            _at(grad_k), _at(grad_kv), _at(grad_pe), grad_pe.stride(0), _at(cos), _at(sin), _at(positions), len(grad_k), heads, nope, pe, value)

    def deal(self, x, slots, out):
        self._call("deal", x.dtype)(_at(x), _at(slots), _at(out), len(slots), slots.shape[1], x.shape[1])

    def mix(self, y, slots, weights, also, out):
        self._call("mix", y.dtype)(_at(y), _at(slots), _at(weights), _at(also), _at(out), len(slots), slots.shape[1], y.shape[1])

    def mix_backward(self, y, slots, weights, grad_out, grad_y, grad_weights):
        self._call("mix_backward", y.dtype)(
            _at(y), _at(slots), _at(weights), _at(grad_out), _at(grad_y), _at(grad_weights), len(slots), slots.shape[1], y.shape[1])


class AttentionCall(ctypes.Structure):
    """Mirrors the struct in kernels.cpp."""

    _fields_ = [
        *((name, ctypes.c_void_p) for name in ("q", "k", "v")),
        *((name, ctypes.c_int64) for name in ("q_stride", "k_stride", "v_stride", "v_head", "heads", "groups")),
        ("offsets", ctypes.c_void_p), ("documents", ctypes.c_int64),
        *((name, ctypes.c_void_p) for name in ("out", "lse", "dout", "dq", "dk", "dv")),
        *((name, ctypes.c_int64) for name in ("dq_stride", "dk_stride", "dv_stride", "dv_head")), ("scale", ctypes.c_float),
    ]


# p pointer, i int64, f float; in the order of the C functions.
_TYPES = {"p": ctypes.c_void_p, "i": ctypes.c_int64, "f": ctypes.c_float}
_SIGNATURES = {
    "norm": "pppppppiif", "norm_backward": "ppppppppii", "rotate": "pipippppiiif", "rotate_backward": "ppippppp" + "iiif",
    "swiglu": "ppii", "swiglu_backward": "ppii", "cross_entropy": "pppiif", "accumulate": "ppi", "scatter_add": "pppii",
    "attend": "iip", "norm_rows": "pippiif", "norm_rows_backward": "pipppipiif", "latent_queries": "ppppiiii", "latent_queries_backward": "ppppiiii",
    "latent_keys": "ppippppiiiii", "latent_keys_backward": "pppipppiiiii", "mix": "pppppiii", "mix_backward": "ppppppiii",
    "deal": "pppiii",
}


def _at(tensor):
    return None if tensor is None else tensor.data_ptr()
