"""Reads and writes safetensors files with numpy alone. Must not know models or checkpoints.

Layout: u64 little-endian header length, JSON header {name: {dtype, shape, data_offsets}}, then the raw little-endian
data without gaps. BF16 travels as torch.bfloat16 through its uint16 view.
"""

import json
import os
import struct

import numpy as np
import torch

_DTYPES = {
    "F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16,
    "I64": torch.int64, "I32": torch.int32, "U8": torch.uint8,
}
_NAMES = {dtype: name for name, dtype in _DTYPES.items()}
_CARRIERS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<i2", "I64": "<i8", "I32": "<i4", "U8": "u1"}
_MAX_HEADER = 100_000_000


def save_file(tensors, path, metadata=None):
    """Writes `tensors` (name -> torch.Tensor) and flushes the file to disk."""
    header, offset, blobs = {}, 0, []
    if metadata:
        header["__metadata__"] = {key: str(value) for key, value in metadata.items()}
    for name in sorted(tensors):
        tensor = tensors[name].detach().cpu().contiguous()
        kind = _NAMES[tensor.dtype]
        carrier = tensor.view(torch.int16) if tensor.dtype == torch.bfloat16 else tensor
        blob = carrier.numpy().astype(_CARRIERS[kind], copy=False)
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [offset, offset + blob.nbytes]}
        offset += blob.nbytes
        blobs.append(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for blob in blobs:
            file.write(blob.tobytes())
        file.flush()
        os.fsync(file.fileno())


def load_file(path):
    """Reads a file back as name -> torch.Tensor (own memory). Raises ValueError where the file is not well-formed."""
    return {name: _tensor(kind, array.copy()) for name, (kind, array) in _map(path).items()}


def map_file(path):
    """The same as name -> NumPy array over the mapped file, read when touched: for parts of large tensors. BF16 stays as int16."""
    return {name: array for name, (_, array) in _map(path).items()}


def _tensor(kind, array):
    tensor = torch.from_numpy(array)
    return tensor.view(torch.bfloat16) if kind == "BF16" else tensor


def _map(path):
    """name -> (type, array over the mapped file)."""
    size = os.path.getsize(path)
    with open(path, "rb") as file:
        prefix = file.read(8)
        if len(prefix) < 8:
            raise ValueError(f"{path}: expected a safetensors file, found {size} bytes")
        (length,) = struct.unpack("<Q", prefix)
        if length > min(_MAX_HEADER, size - 8):
            raise ValueError(f"{path}: header of {length} bytes in a file of {size}")
        header = json.loads(file.read(length))
    left = size - 8 - length
    data = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + length) if left else np.zeros(0, dtype=np.uint8)
    arrays = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        kind, shape, (start, end) = entry["dtype"], entry["shape"], entry["data_offsets"]
        if kind not in _DTYPES:
            raise ValueError(f"{path}: tensor {name} has the unsupported type {kind}")
        carrier = np.dtype(_CARRIERS[kind])
        count = int(np.prod(shape, dtype=np.int64))
        if not 0 <= start <= end <= left or end - start != count * carrier.itemsize:
            raise ValueError(f"{path}: tensor {name} {shape} does not fit its offsets {start}..{end} of {left}")
        arrays[name] = (kind, np.ndarray(shape, carrier, data, start))
    return arrays
