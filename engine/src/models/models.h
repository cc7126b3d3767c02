// The list of architectures. A new one: a file here with a load function, and its line in models.cpp.
#pragma once

#include <memory>

#include "decoder.h"
#include "gguf.h"

namespace lemma {

Result<std::unique_ptr<Decoder>> load_deepseek2(const GgufFile& file, const WeightLimits& limits);
Result<std::unique_ptr<Decoder>> load_llama(const GgufFile& file, const WeightLimits& limits);
Result<std::unique_ptr<Decoder>> load_qwen2(const GgufFile& file, const WeightLimits& limits);
Result<std::unique_ptr<Decoder>> load_qwen3(const GgufFile& file, const WeightLimits& limits);

/// Loads the file's architecture; error `model_unsupported` names the supported ones.
Result<std::unique_ptr<Decoder>> load_decoder(const GgufFile& file, const WeightLimits& limits);

}  // namespace lemma
