// What the decoders of all architectures share: tokens become rows of a residual stream, blocks add to it, and a last norm and the
// output matrix make logits of it. Owns the stream, the plan of a pass and the phases that every block has; an architecture adds its
// attention and what else its blocks have. All of it runs within a pass, on all threads at once, each phase ending in a barrier.
#pragma once

#include <span>
#include <vector>

#include "decoder.h"
#include "packed_matrix.h"
#include "rope.h"
#include "tiles.h"
#include "weight_store.h"

namespace lemma {

struct ResidualShape {
  std::uint32_t layers = 0, width = 0, feed_forward = 0, vocabulary = 0, context = 0;
  float epsilon = 0;
};

/// down(silu(gate x) * up x).
struct FeedForward {
  PackedMatrix gate, up, down;
};

struct ResidualWeights {
  ResidualShape shape;
  RopeConfig rope;
  WeightStore store;                                     // what the matrices live in
  PackedMatrix embedding;                                // [vocabulary][width]
  PackedMatrix output;                                   // the same, empty if tied
  std::vector<float> output_norm;                        // [width]
};

/// out[row * stride + i] = matrix * activations, plus a bias if it is given.
struct Projection {
  const PackedMatrix& matrix;
  const std::vector<float>* bias;
  float* out;
  std::size_t stride;
};

/// Up to kHiddenColumns rows on their way through gate and up: what begins with tile `in_tile` of `in` becomes columns [from, from + columns) of the group
/// of `group` columns that begins at column `start` of `out`, each times its scale if `scales` is given.
struct HiddenRows {
  const Tiles& in;
  std::uint32_t in_tile;
  Tiles& out;
  std::uint32_t start, group, from, columns;
  const float* scales;
};

/// `n` elements in whole row blocks.
constexpr std::size_t padded(std::size_t n) { return (n + kRows - 1) / kRows * kRows; }

class ResidualDecoder : public Decoder {
 public:
  const DecoderShape& shape() const final { return facts_; }
  WeightStore& weights() final { return stream_.store; }
  void forward(const Batch& batch, std::uint8_t* cache) final;
  const float* logits(std::uint32_t i) const final { return logits_.as<float>() + i * vocabulary_stride_; }

 protected:
  ResidualDecoder(ResidualWeights weights, DecoderShape facts);

  /// Allocates the stream; `scratch_floats`: what the architecture's phases need of each thread's scratch. The tiles must know what
  /// they are wanted for.
  Status prepare_stream(const DecoderLimits& limits, std::size_t scratch_floats);
  virtual void plan(const Batch& batch);
  virtual void run_layer(std::uint32_t thread, const Batch& batch, std::uint32_t layer, std::uint8_t* cache) = 0;

  /// width_tiles_ = norm of the stream's rows.
  void normalise(std::uint32_t thread, std::uint32_t rows, const std::vector<float>& weight);
  void project(std::uint32_t thread, std::uint32_t rows, const Tiles& tiles, std::span<const Projection> targets);
  /// stream += matrix * tiles.
  void project_output(std::uint32_t thread, std::uint32_t rows, const PackedMatrix& matrix, const Tiles& tiles);
  /// Two phases: hidden tiles, then the stream.
  void feed_forward(std::uint32_t thread, std::uint32_t rows, const FeedForward& block);
  /// Writes strips [first, last) of some hidden rows. No phase: called within one.
  void write_hidden(std::uint32_t thread, const FeedForward& block, std::uint32_t first, std::uint32_t last,
                    const HiddenRows& rows) const;
  static std::uint32_t strips(const FeedForward& block) { return (block.gate.row_blocks() + kStripBlocks - 1) / kStripBlocks; }
  /// What is attended must become tiles of the next multiplication: at once where heads are whole units of them, else row by row.
  void write_attended(std::uint32_t thread, std::uint32_t rows, std::uint32_t width, const float* attended, std::size_t stride);

  const PackedMatrix& output() const { return stream_.output.rows() > 0 ? stream_.output : stream_.embedding; }
  std::uint32_t grain(std::uint32_t items) const;
  float* scratch(std::uint32_t thread) const { return scratch_.as<float>() + thread * scratch_stride_; }
  float* stream_row(std::uint32_t row) const { return x_.as<float>() + row * x_stride_; }

  static constexpr std::uint32_t kStripBlocks = 2;          // row blocks of a gate/up strip: 32 rows, one quantised block
  static constexpr std::uint32_t kStrip = kStripBlocks * kRows;
  static constexpr std::uint32_t kHiddenColumns = 4 * kColumns;  // that share a strip's way from memory
  static constexpr std::size_t kStripScratch = std::size_t{2} * kHiddenColumns * kStrip;

  ResidualWeights stream_;
  DecoderShape facts_;
  DecoderLimits limits_{};
  RopeTable rope_;
  std::size_t x_stride_ = 0, vocabulary_stride_ = 0, scratch_stride_ = 0;
  Memory x_, logits_, scratch_;
  Tiles width_tiles_, attended_tiles_, hidden_tiles_, logit_tiles_;
  std::vector<std::uint32_t> positions_;                    // of the batch's rows

 private:
  void embed(std::uint32_t thread, const Batch& batch);
  void compute_logits(std::uint32_t thread, const Batch& batch);
};

}  // namespace lemma
