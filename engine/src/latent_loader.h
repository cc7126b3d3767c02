// Reads a model of latent attention and experts from GGUF by a strict schema: the architecture `deepseek2`, both generations of it.
#pragma once

#include <memory>

#include "decoder.h"
#include "gguf.h"
#include "weight_store.h"

namespace lemma {

/// Errors: model_format, model_unsupported, memory; each names the key or tensor.
Result<std::unique_ptr<Decoder>> load_latent(const GgufFile& file, const WeightLimits& limits);

}  // namespace lemma
