// Reads a model's RoPE keys and its frequency divisors from GGUF, with llama.cpp's meaning of the keys.
#pragma once

#include <string>

#include "gguf.h"
#include "rope.h"
#include "tensor_reader.h"

namespace lemma {

/// The keys `<architecture>.rope.*` and the tensor rope_freqs.weight, for heads whose first `rotated` elements rotate unless the
/// file says fewer, and a trained context of `context` tokens. Errors: model_format, model_unsupported (naming the key).
/// `LEMMA_ASSIGN(weights.rope, read_rope(file, "qwen2", shape.head_dim, shape.context, tensors));`
Result<RopeConfig> read_rope(const GgufFile& file, const std::string& architecture, std::uint32_t rotated, std::uint32_t context,
                             TensorReader& tensors);

}  // namespace lemma
