// The interface between the scheduler and a model: a forward pass over a batch. An architecture is a file in models/ that reads
// a GGUF file by its own strict schema and returns a Decoder; models.h lists them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "batch.h"
#include "gguf.h"
#include "kernels/kernels.h"
#include "lemma.h"
#include "status.h"
#include "thread_pool.h"
#include "weight_store.h"

namespace lemma {

/// Facts of a model that the scheduler and `info` need.
struct DecoderShape {
  std::uint32_t vocabulary = 0, layers = 0, width = 0, trained_context = 0;
  std::uint64_t parameters = 0, weight_bytes = 0;
  TensorType main_type = TensorType::f32;
};

/// What a decoder may use; it outlives the decoder.
struct DecoderLimits {
  const KernelTable* kernels;
  ThreadPool* pool;
  std::uint32_t step_tokens;               // rows of one batch at most
  std::uint32_t logit_rows;                // of them with logits at most
  std::uint32_t context_length;
  KvType kv_type;
};

class Decoder {
 public:
  virtual ~Decoder() = default;
  virtual const DecoderShape& shape() const = 0;
  virtual WeightStore& weights() = 0;
  /// Bytes of one KV page: kPageTokens tokens, all layers.
  virtual std::size_t page_bytes(KvType type) const = 0;
  /// Whether a token's bits depend on its being of a prompt or generated. Then sequences share the pages of prompts only.
  virtual bool tells_prompts_apart() const { return false; }
  /// Allocates the buffers for passes of this size; called once before the first forward.
  virtual Status prepare(const DecoderLimits& limits) = 0;
  /// Runs the batch: stores its keys and values in the pages of `cache` and computes the logits asked for.
  virtual void forward(const Batch& batch, std::uint8_t* cache) = 0;
  /// Logits of the i-th entry of the last batch's logit_rows: `vocabulary` floats.
  virtual const float* logits(std::uint32_t i) const = 0;
};

}  // namespace lemma
