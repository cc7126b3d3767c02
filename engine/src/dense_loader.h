// Reads a dense model from GGUF by a strict schema: which keys with which bounds, which tensors with which exact shapes.
// An architecture of this family is a row of traits.
#pragma once

#include <memory>

#include "decoder.h"
#include "gguf.h"
#include "weight_store.h"

namespace lemma {

enum class RopePairs : std::uint8_t { interleaved, halves };  // how the file orders the elements that rotate together
enum class Presence : std::uint8_t { absent, optional, required };

struct DenseTraits {
  const char* name;             // prefix of its keys
  RopePairs pairs;
  Presence qkv_bias;
  Presence qk_norm;
};

Result<std::unique_ptr<Decoder>> load_dense(const GgufFile& file, const WeightLimits& limits, const DenseTraits& traits);

}  // namespace lemma
