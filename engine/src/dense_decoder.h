// The dense transformer block that llama, qwen2 and qwen3 share: RMSNorm, grouped-query attention with rotary positions, SwiGLU.
// What differs (biases, norms of queries and keys, tied output) is data here; how a file spells it is dense_loader's matter.
//
// A pass runs on all threads at once, seven barriers a layer:
//   norm -> q,k,v -> store and attend -> output projection -> norm -> gate, up, swiglu -> down projection
// The attention and gate/up phases write their results straight into the tiles of the next multiplication.
#pragma once

#include <memory>
#include <vector>

#include "decoder.h"
#include "packed_matrix.h"
#include "rope.h"
#include "tiles.h"
#include "weight_store.h"

namespace lemma {

struct DenseShape {
  std::uint32_t layers = 0, width = 0, heads = 0, kv_heads = 0, head_dim = 0, feed_forward = 0, vocabulary = 0, context = 0;
  float epsilon = 0;
};

/// Empty vectors are absent. Biases and norms are padded to whole row blocks where a kernel reads whole blocks.
struct DenseLayer {
  std::vector<float> attention_norm, feed_forward_norm;  // [width]
  std::vector<float> q_norm, k_norm;                     // [head_dim]
  std::vector<float> q_bias, k_bias, v_bias;             // [heads or kv_heads * head_dim]
  PackedMatrix q, k, v, o, gate, up, down;
};

struct DenseWeights {
  DenseShape shape;
  RopeConfig rope;
  WeightStore store;                                     // what the matrices live in
  PackedMatrix embedding;                                // [vocabulary][width]
  PackedMatrix output;                                   // the same, empty if tied
  std::vector<float> output_norm;                        // [width]
  std::vector<DenseLayer> layers;
};

class DenseDecoder final : public Decoder {
 public:
  DenseDecoder(DenseWeights weights, DecoderShape shape);
  const DecoderShape& shape() const override { return shape_; }
  WeightStore& weights() override { return weights_.store; }
  std::size_t page_bytes(KvType type) const override;
  Status prepare(const DecoderLimits& limits) override;
  void forward(const Batch& batch, std::uint8_t* cache) override;
  const float* logits(std::uint32_t i) const override { return logits_.as<float>() + i * vocabulary_stride_; }

 private:
  struct AttentionItem {
    std::uint32_t part, first, rows;  // rows of the batch, within one part
  };

  void plan(const Batch& batch);
  void run_layer(std::uint32_t thread, const Batch& batch, std::uint32_t layer, std::uint8_t* cache);
  void embed(std::uint32_t thread, const Batch& batch);
  void normalise(std::uint32_t thread, std::uint32_t rows, const std::vector<float>& weight);
  void project_qkv(std::uint32_t thread, std::uint32_t rows, const DenseLayer& layer);
  void attend(std::uint32_t thread, const Batch& batch, const DenseLayer& layer, std::uint8_t* layer_cache);
  void store_head(const Batch& batch, const AttentionItem& item, std::uint32_t kv_head, const DenseLayer& layer,
                  std::uint8_t* layer_cache);
  void attend_head(std::uint32_t thread, const Batch& batch, const AttentionItem& item, std::uint32_t kv_head,
                   std::uint8_t* layer_cache);
  void project_output(std::uint32_t thread, std::uint32_t rows, const PackedMatrix& matrix, const Tiles& tiles);
  void feed_forward(std::uint32_t thread, std::uint32_t rows, const DenseLayer& layer);
  void compute_logits(std::uint32_t thread, const Batch& batch);
  const PackedMatrix& output() const { return weights_.output.rows() > 0 ? weights_.output : weights_.embedding; }
  std::uint32_t grain(std::uint32_t items) const;
  float* scratch(std::uint32_t thread) const { return scratch_.as<float>() + thread * scratch_stride_; }

  DenseWeights weights_;
  DecoderShape shape_;
  RopeTable rope_;
  DecoderLimits limits_{};

  std::size_t x_stride_ = 0, q_stride_ = 0, kv_stride_ = 0, vocabulary_stride_ = 0, scratch_stride_ = 0;
  std::size_t page_bytes_ = 0;
  std::size_t head_bytes_ = 0, v_offset_ = 0;     // of one KV head in a page
  bool attention_fused_ = false;                  // a head's result is a whole number of 32-blocks (of pairs, without quantised types)
  Memory x_, q_, k_, v_, attended_, logits_, scratch_;
  Tiles width_tiles_, attended_tiles_, hidden_tiles_, logit_tiles_;
  std::vector<AttentionItem> items_;
  std::vector<std::uint32_t> positions_;
  bool single_rows_ = false;                      // every part has one row: pure decode
};

}  // namespace lemma
