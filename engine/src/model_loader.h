// What the loaders of all architectures share: reading keys under the architecture's name, the sizes and tensors that every decoder
// has, and errors that name the key. Bounds are generous for real models and small enough that no product overflows 64 bits.
#pragma once

#include <optional>
#include <string>

#include "gguf.h"
#include "residual_decoder.h"
#include "tensor_reader.h"
#include "weight_store.h"

namespace lemma {

class ModelLoader {
 public:
  ModelLoader(const GgufFile& file, const WeightLimits& limits, const char* name) : file_(file), name_(name), tensors_(file, limits) {}

 protected:
  std::string key(const char* name) const { return std::string(name_) + "." + name; }
  /// An integer key; errors as GgufFile::integer. The fallback is not bounded.
  Result<std::uint32_t> integer(const char* name, std::uint64_t low, std::uint64_t high,
                                std::optional<std::uint64_t> fallback = std::nullopt) const;
  /// Error `model_unsupported` for a key.
  Status unsupported(const char* name, const std::string& expected, const std::string& found) const;

  /// Layers, widths, context, epsilon and vocabulary.
  Status read_sizes(ResidualShape& shape) const;
  /// Output and its norm; before the layers.
  Status read_output(ResidualWeights& weights);
  /// The embedding, and that no tensor is left over; after the layers, so that they find room first: rows are looked up in the file
  /// as well.
  Status read_embedding(ResidualWeights& weights);
  /// gate, up and down under `prefix` + "ffn_", their names ending in `suffix`.
  Result<FeedForward> read_feed_forward(const std::string& prefix, const std::string& suffix, std::uint32_t width,
                                        std::uint32_t inner);
  /// What the engine knows of a model; after all tensors.
  DecoderShape facts(const ResidualShape& shape) const;

  const GgufFile& file_;
  const char* name_;
  TensorReader tensors_;

 private:
  Status read_vocabulary(ResidualShape& shape) const;
};

}  // namespace lemma
