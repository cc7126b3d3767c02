// The dense transformer block that llama, qwen2 and qwen3 share: RMSNorm, grouped-query attention with rotary positions, SwiGLU.
// What differs (biases, norms of queries and keys, tied output) is data here; how a file spells it is dense_loader's matter.
//
// Seven barriers a layer:
//   norm -> q,k,v -> store and attend -> output projection -> norm -> gate, up, swiglu -> down projection
// The attention and gate/up phases write their results straight into the tiles of the next multiplication.
#pragma once

#include <vector>

#include "residual_decoder.h"

namespace lemma {

struct DenseShape {
  std::uint32_t heads = 0, kv_heads = 0, head_dim = 0;
};

/// Empty vectors are absent.
struct DenseLayer {
  std::vector<float> attention_norm, feed_forward_norm;  // [width]
  std::vector<float> q_norm, k_norm;                     // [head_dim]
  std::vector<float> q_bias, k_bias, v_bias;             // [heads or kv_heads * head_dim]
  PackedMatrix q, k, v, o;
  FeedForward feed_forward;
};

struct DenseWeights {
  ResidualWeights stream;
  DenseShape shape;
  std::vector<DenseLayer> layers;
};

class DenseDecoder final : public ResidualDecoder {
 public:
  DenseDecoder(DenseWeights weights, DecoderShape facts);
  std::size_t page_bytes(KvType type) const override;
  Status prepare(const DecoderLimits& limits) override;

 private:
  struct AttentionItem {
    std::uint32_t part, first, rows;  // rows of the batch, within one part
  };

  void plan(const Batch& batch) override;
  void run_layer(std::uint32_t thread, const Batch& batch, std::uint32_t layer, std::uint8_t* cache) override;
  void attend(std::uint32_t thread, const Batch& batch, const DenseLayer& layer, std::uint8_t* layer_cache);
  void store_head(const Batch& batch, const AttentionItem& item, std::uint32_t kv_head, const DenseLayer& layer,
                  std::uint8_t* layer_cache);
  void attend_heads(std::uint32_t thread, const Batch& batch, const AttentionItem& item, std::uint32_t first, std::uint32_t last,
                    std::uint8_t* layer_cache);

  DenseShape shape_;
  std::vector<DenseLayer> layers_;
  std::size_t q_stride_ = 0, kv_stride_ = 0;
  std::size_t page_bytes_ = 0;
  std::size_t head_bytes_ = 0, v_offset_ = 0;     // of one KV head in a page
  bool attention_fused_ = false;                  // a head's result is a whole number of the tiles' units
  Memory q_, k_, v_, attended_;
  std::vector<AttentionItem> items_;
  bool single_rows_ = false;                      // every part has one row: pure decode
  std::uint32_t heads_at_once_ = 1;               // KV heads of a task; several in pure decode only, if threads have work
};

}  // namespace lemma
