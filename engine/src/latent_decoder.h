// The transformer block of DeepSeek-V2 and V3: latent attention (arXiv 2405.04434, 2.1) and, after some dense layers, a mixture of
// experts (arXiv 2412.19437, 2.1.2). The cache holds, for each token and layer, one normalised latent and one rotated key, which all
// heads share. How a file spells it is latent_loader's matter.
//
// Attention has two forms, equal but for rounding:
//   absorbed: a head's query is taken to the latent's space and attends to the cache itself; the mix of latents is taken to the head's
//       values. A key costs 2 kv_rank + rope multiplications a head and nothing is expanded.
//   expanded: keys and values of a head are made of all cached latents first. A key costs nope + rope + value.
// The rule: tokens of a prompt at positions below kExpandedContext attend expanded, if that is less work a key; all others absorbed. It
// depends on a token's place in its sequence alone, not on how the prompt was cut, so a reply is the same bits in any batch.
//
// Nine barriers a layer, eight without a query rank:
//   norm -> q_a, kv_a -> norms, rotated key, store -> q_b -> attend -> output projection -> norm, gate -> experts' hidden rows -> down
// Experts: rows are sorted by expert, so that each expert's matrices meet all its rows at once, in tiles of 8; a row's sum over experts
// goes by their number, the shared expert first, whatever else is in the batch.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "expert_gate.h"
#include "residual_decoder.h"

namespace lemma {

/// Elements of a head's query and key without and with RoPE, of its value, and the ranks; q_rank 0: queries come from the input.
struct LatentShape {
  std::uint32_t heads = 0, nope = 0, rope = 0, value = 0, kv_rank = 0, q_rank = 0;
  float scale = 0;                                       // of scores

  /// Whether prompts attend expanded: a key then costs nope + rope + value multiplications a head instead of 2 kv_rank + rope.
  bool expands() const { return nope + value < 2 * kv_rank; }
};

struct ExpertShape {
  ExpertGate gate;
  std::uint32_t width = 0, shared_width = 0;             // hidden elements of an expert, and of the shared one (0: none)
};

/// The feed-forward part of a layer with experts.
struct ExpertBlock {
  PackedMatrix router;                                   // [experts][width], floats
  std::vector<float> bias;                               // [experts] or empty
  std::vector<FeedForward> experts;
  FeedForward shared;
};

struct LatentLayer {
  std::vector<float> attention_norm, feed_forward_norm;  // [width]
  std::vector<float> q_norm, kv_norm;                    // [q_rank] or empty, [kv_rank]
  PackedMatrix q_a, q_b;                                 // q_b: from the input without a rank
  PackedMatrix kv_a, o;                                  // kv_a: the latent, then the key that rotates
  std::vector<PackedMatrix> absorb_key, expand_value;    // for each head: [kv_rank][nope], [value][kv_rank]
  std::vector<PackedMatrix> expand_key;                  // [nope][kv_rank], where prompts attend expanded
  FeedForward feed_forward;                              // of a dense layer
  std::optional<ExpertBlock> experts;
};

struct LatentWeights {
  ResidualWeights stream;
  LatentShape shape;
  ExpertShape experts;
  std::vector<LatentLayer> layers;
};

class LatentDecoder final : public ResidualDecoder {
 public:
  /// Prompt tokens before this position may attend expanded: it bounds the buffers, and what a short piece of a prompt expands again.
  static constexpr std::uint32_t kExpandedContext = 1024;

  LatentDecoder(LatentWeights weights, DecoderShape facts);
  std::size_t page_bytes(KvType type) const override;
  bool tells_prompts_apart() const override { return shape_.expands(); }
  Status prepare(const DecoderLimits& limits) override;

 private:
  struct AttentionItem {
    std::uint32_t part, first, rows;   // rows of the batch, within one part; one if absorbed
    std::uint32_t head, heads;
    bool expanded;
  };
  struct Expansion {                   // a thread's own: latents as tiles, one head's keys and values as pages
    static constexpr std::uint32_t kNone = UINT32_MAX;
    Tiles latents;
    Memory pages;
    std::uint32_t part = kNone;        // whose latents they are, within a layer's attention
  };
  struct ExpertRows {                  // a thread's own: the batch's rows sorted by expert
    struct Group {                     // up to 8 rows of one expert
      std::uint32_t expert, start, count, from, columns;  // the expert's rows begin at `start`, `count` of them; these from `from` on
    };
    std::vector<std::uint32_t> begins, rows;
    std::vector<float> weights;
    std::vector<Group> groups;
    Tiles gathered;                    // inputs of one group
  };

  static constexpr std::uint32_t kDownBlocks = 8;  // row blocks of a down projection whose results are kept at once
  static constexpr std::uint32_t kMaxDownRows = kDownBlocks * kRows;

  void plan(const Batch& batch) override;
  void plan_attention(const Batch& batch);
  void run_layer(std::uint32_t thread, const Batch& batch, std::uint32_t layer, std::uint8_t* cache) override;
  Status prepare_attention(const DecoderLimits& limits);
  Status prepare_experts(const DecoderLimits& limits);

  // latent_attention.cpp
  void store_latents(std::uint32_t thread, const Batch& batch, const LatentLayer& layer, std::uint8_t* layer_cache);
  void attend(std::uint32_t thread, const Batch& batch, const LatentLayer& layer, std::uint8_t* layer_cache);
  void attend_absorbed(std::uint32_t thread, const Batch& batch, const LatentLayer& layer, const AttentionItem& item,
                       std::uint8_t* layer_cache);
  void attend_expanded(std::uint32_t thread, const Batch& batch, const LatentLayer& layer, const AttentionItem& item,
                       std::uint8_t* layer_cache);
  void read_latents(std::uint32_t thread, const std::uint8_t* layer_cache, const std::uint32_t* pages, std::uint32_t tokens);
  void expand_head(std::uint32_t thread, const LatentLayer& layer, std::uint32_t head, const std::uint8_t* layer_cache,
                   const std::uint32_t* pages, std::uint32_t tokens);
  float* rotated_query(std::uint32_t row, std::uint32_t head);
  /// Room for a tile of one column in any form.
  static constexpr std::size_t tile_floats(std::uint32_t k) {
    return padded(std::max(quantised_tile_bytes(1, k), bf16_tile_bytes(1, k)) / sizeof(float));
  }
  /// matrix * x, one column; `tile` has room for it (tile_floats).
  void apply(const PackedMatrix& matrix, const float* x, std::uint8_t* tile, float* out) const;

  // latent_experts.cpp
  void route(std::uint32_t thread, const Batch& batch, const LatentLayer& layer);
  void sort_rows(std::uint32_t thread, std::uint32_t rows);
  void run_experts(std::uint32_t thread, const Batch& batch, const LatentLayer& layer);
  void write_expert_hidden(std::uint32_t thread, std::uint32_t rows, const ExpertBlock& block, const ExpertRows::Group& group,
                           std::uint32_t first, std::uint32_t last);
  void add_experts(std::uint32_t thread, std::uint32_t rows, const ExpertBlock& block, std::uint32_t first, std::uint32_t last);

  LatentShape shape_;
  ExpertShape experts_;
  std::vector<LatentLayer> layers_;

  std::size_t q_a_stride_ = 0, q_stride_ = 0, kv_stride_ = 0, attended_stride_ = 0;
  std::size_t page_bytes_ = 0, layer_bytes_ = 0;
  std::size_t query_floats_ = 0;                  // of an absorbed query
  std::size_t expanded_page_floats_ = 0;
  bool attention_fused_ = false;                  // a head's result is a whole number of the tiles' units
  Memory q_a_, q_, kv_, attended_;
  Tiles query_tiles_;
  std::vector<Expansion> expansions_;
  std::vector<std::uint32_t> expanded_pages_;     // 0, 1, ...
  std::vector<AttentionItem> items_;

  Tiles expert_tiles_, shared_tiles_;             // hidden rows: of experts in sorted order, of the shared one
  std::vector<std::uint32_t> chosen_;             // [rows][used]
  std::vector<float> chosen_weights_;
  std::vector<ExpertRows> expert_rows_;           // one a thread
};

}  // namespace lemma
