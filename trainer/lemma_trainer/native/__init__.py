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

    HEAD_WIDTHS = (32, 64, 128)

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

    def norm(self, x, delta, total, weight, normed, rstd, eps):
        self._call("norm", normed.dtype)(
            _at(x), _at(delta) if delta is not None else None, _at(total), _at(weight), _at(normed), _at(rstd), len(x), x.shape[1], eps)

    def norm_backward(self, upstream, x, weight, rstd, grad, narrow, grad_weight):
        self._call("norm_backward", narrow.dtype)(
            _at(upstream), _at(x), _at(weight), _at(rstd), _at(grad), _at(narrow), _at(grad_weight), len(x), x.shape[1])

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

    def attend(self, head_width, q, k, v, offsets, out, lse, grads=None):
        """Forward; with grads = (dout, dq, dk, dv) backward. q, k, v are [N, heads * width] with row strides; dq, dk, dv share one."""
        pointers = [*(_at(g) for g in grads), grads[1].stride(0)] if grads else [None] * 4 + [0]
        heads, groups = q.shape[1] // head_width, k.shape[1] // head_width
        failed = self._call("attend", q.dtype)(
            head_width, _at(q), _at(k), _at(v), q.stride(0), k.stride(0), v.stride(0), heads, groups, _at(offsets), len(offsets) - 1,
            _at(out), _at(lse), *pointers)
        if failed:
            raise ValueError(f"attention: expected a head width of {self.HEAD_WIDTHS}, found {head_width}")


# p pointer, i int64, f float; in the order of the C functions.
_TYPES = {"p": ctypes.c_void_p, "i": ctypes.c_int64, "f": ctypes.c_float}
_SIGNATURES = {
    "norm": "ppppppiif", "norm_backward": "pppppppii", "rotate": "pipippppiiif", "rotate_backward": "ppippppp" + "iiif",
    "swiglu": "ppii", "swiglu_backward": "ppii", "cross_entropy": "pppiif", "accumulate": "ppi", "scatter_add": "pppii",
    "attend": "ipppiiiiipippppppi",
}


def _at(tensor):
    return tensor.data_ptr()
