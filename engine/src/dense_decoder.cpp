// The forward pass of dense models: buffers, phases and their order. The attention phase is in dense_attention.cpp.

#include "dense_decoder.h"

#include <algorithm>
#include <utility>

namespace lemma {
namespace {

constexpr std::uint32_t kStripBlocks = 2;                  // row blocks of a gate/up strip: 32 rows, one quantised block
constexpr std::uint32_t kStrip = kStripBlocks * kRows;
constexpr std::uint32_t kQueryTile = 32;                   // query rows of an attention item

constexpr std::size_t padded(std::size_t n) { return (n + kRows - 1) / kRows * kRows; }

// Bytes of one KV head's keys and of its values in a page (kernels.h).
constexpr std::size_t key_bytes(KvType type, std::uint32_t dim) {
  return type == KvType::q8_0 ? q8_key_bytes(dim) : std::size_t{kPageTokens} * dim * (type == KvType::f32 ? 4 : 2);
}
constexpr std::size_t value_bytes(KvType type, std::uint32_t dim) {
  return type == KvType::q8_0 ? q8_value_bytes(dim) : kPageTokens * padded(dim) * (type == KvType::f32 ? 4 : 2);
}

}  // namespace

DenseDecoder::DenseDecoder(DenseWeights weights, DecoderShape shape)
    : weights_(std::move(weights)), shape_(shape), rope_(weights_.rope) {}

std::size_t DenseDecoder::page_bytes(KvType type) const {
  const DenseShape& shape = weights_.shape;
  return std::size_t{shape.layers} * shape.kv_heads * (key_bytes(type, shape.head_dim) + value_bytes(type, shape.head_dim));
}

Status DenseDecoder::prepare(const DecoderLimits& limits) {
  limits_ = limits;
  const DenseShape& shape = weights_.shape;
  const std::size_t rows = limits.step_tokens;
  x_stride_ = padded(shape.width);
  q_stride_ = padded(std::size_t{shape.heads} * shape.head_dim);
  kv_stride_ = padded(std::size_t{shape.kv_heads} * shape.head_dim);
  vocabulary_stride_ = padded(shape.vocabulary);
  page_bytes_ = page_bytes(limits.kv_type);
  v_offset_ = key_bytes(limits.kv_type, shape.head_dim);
  head_bytes_ = v_offset_ + value_bytes(limits.kv_type, shape.head_dim);
  scratch_stride_ = padded(std::max({kAttentionScratch, x_stride_, std::size_t{2} * kColumns * kStrip}));
  for (const DenseLayer& layer : weights_.layers) {
    for (const PackedMatrix* matrix : {&layer.q, &layer.k, &layer.v, &layer.gate, &layer.up}) width_tiles_.wants(*matrix);
    attended_tiles_.wants(layer.o);
    hidden_tiles_.wants(layer.down);
  }
  logit_tiles_.wants(output());
  attention_fused_ = shape.head_dim % (attended_tiles_.quantised() ? kBlock : 2) == 0;
  LEMMA_ASSIGN(x_, Memory::allocate(rows * x_stride_ * 4, "activations"));
  LEMMA_ASSIGN(q_, Memory::allocate(rows * q_stride_ * 4, "activations"));
  LEMMA_ASSIGN(k_, Memory::allocate(rows * kv_stride_ * 4, "activations"));
  LEMMA_ASSIGN(v_, Memory::allocate(rows * kv_stride_ * 4, "activations"));
  LEMMA_ASSIGN(attended_, Memory::allocate(rows * q_stride_ * 4, "activations"));
  LEMMA_ASSIGN(logits_, Memory::allocate(limits.logit_rows * vocabulary_stride_ * 4, "logits"));
  LEMMA_ASSIGN(scratch_, Memory::allocate(limits.pool->size() * scratch_stride_ * 4, "activations"));
  LEMMA_TRY(width_tiles_.allocate(shape.width, limits.step_tokens));
  LEMMA_TRY(attended_tiles_.allocate(shape.heads * shape.head_dim, limits.step_tokens));
  LEMMA_TRY(hidden_tiles_.allocate(shape.feed_forward, limits.step_tokens));
  return logit_tiles_.allocate(shape.width, limits.logit_rows);
}

void DenseDecoder::plan(const Batch& batch) {
  items_.clear();
  positions_.resize(batch.rows());
  single_rows_ = true;
  std::uint32_t last = 0;
  for (std::uint32_t part = 0; part < batch.parts.size(); ++part) {
    const BatchPart& it = batch.parts[part];
    single_rows_ = single_rows_ && it.rows == 1;
    last = std::max(last, it.position + it.rows - 1);
    for (std::uint32_t row = 0; row < it.rows; ++row) positions_[it.first_row + row] = it.position + row;
    for (std::uint32_t row = 0; row < it.rows; row += kQueryTile)
      items_.push_back({part, it.first_row + row, std::min(kQueryTile, it.rows - row)});
  }
  rope_.reserve(last);
}

void DenseDecoder::forward(const Batch& batch, std::uint8_t* cache) {
  plan(batch);
  const std::size_t layer_bytes = weights_.shape.kv_heads * head_bytes_;
  limits_.pool->run([&](std::uint32_t thread) {
    embed(thread, batch);
    for (std::uint32_t layer = 0; layer < weights_.shape.layers; ++layer)
      run_layer(thread, batch, layer, cache + layer * layer_bytes);
    if (!batch.logit_rows.empty()) compute_logits(thread, batch);
  });
}

void DenseDecoder::run_layer(std::uint32_t thread, const Batch& batch, std::uint32_t index, std::uint8_t* layer_cache) {
  const DenseLayer& layer = weights_.layers[index];
  normalise(thread, batch.rows(), layer.attention_norm);
  project_qkv(thread, batch.rows(), layer);
  attend(thread, batch, layer, layer_cache);
  project_output(thread, batch.rows(), layer.o, attended_tiles_);
  normalise(thread, batch.rows(), layer.feed_forward_norm);
  feed_forward(thread, batch.rows(), layer);
  project_output(thread, batch.rows(), layer.down, hidden_tiles_);
}

// Pieces small enough to even out, large enough that taking one costs nothing beside it.
std::uint32_t DenseDecoder::grain(std::uint32_t items) const { return std::max(1U, items / (limits_.pool->size() * 4)); }

void DenseDecoder::embed(std::uint32_t thread, const Batch& batch) {
  limits_.pool->parallel(thread, batch.rows(), 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t row = begin; row < end; ++row)
      weights_.embedding.read_row(batch.tokens[row], x_.as<float>() + row * x_stride_);
  });
}

void DenseDecoder::normalise(std::uint32_t thread, std::uint32_t rows, const std::vector<float>& weight) {
  const std::uint32_t width = weights_.shape.width;
  limits_.pool->parallel(thread, rows, 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t row = begin; row < end; ++row) {
      limits_.kernels->rms_norm(x_.as<float>() + row * x_stride_, weight.data(), scratch(thread), width, weights_.shape.epsilon);
      width_tiles_.write(*limits_.kernels, rows, row, 0, width, scratch(thread));
    }
  });
}

void DenseDecoder::project_qkv(std::uint32_t thread, std::uint32_t rows, const DenseLayer& layer) {
  struct Target {
    const PackedMatrix& matrix;
    const std::vector<float>& bias;
    float* out;
    std::size_t stride;
  };
  const Target targets[] = {{layer.q, layer.q_bias, q_.as<float>(), q_stride_},
                            {layer.k, layer.k_bias, k_.as<float>(), kv_stride_},
                            {layer.v, layer.v_bias, v_.as<float>(), kv_stride_}};
  const std::uint32_t blocks = layer.q.row_blocks() + layer.k.row_blocks() + layer.v.row_blocks();
  limits_.pool->parallel(thread, blocks, grain(blocks), [&](std::uint32_t begin, std::uint32_t end) {
    std::uint32_t offset = 0;
    for (const Target& target : targets) {
      const std::uint32_t first = std::max(begin, offset), last = std::min(end, offset + target.matrix.row_blocks());
      if (first < last) {
        float* out = target.out + std::size_t{first - offset} * kRows;
        width_tiles_.multiply(*limits_.kernels, target.matrix, first - offset, last - offset, 0, rows, out, target.stride, false);
        for (std::uint32_t row = 0; row < rows && !target.bias.empty(); ++row)
          for (std::uint32_t i = (first - offset) * kRows; i < std::min((last - offset) * kRows, target.matrix.rows()); ++i)
            target.out[row * target.stride + i] += target.bias[i];
      }
      offset += target.matrix.row_blocks();
    }
  });
}

// x += matrix * tiles, the residual sum included.
void DenseDecoder::project_output(std::uint32_t thread, std::uint32_t rows, const PackedMatrix& matrix, const Tiles& tiles) {
  limits_.pool->parallel(thread, matrix.row_blocks(), grain(matrix.row_blocks()), [&](std::uint32_t begin, std::uint32_t end) {
    tiles.multiply(*limits_.kernels, matrix, begin, end, 0, rows, x_.as<float>() + std::size_t{begin} * kRows, x_stride_, true);
  });
}

void DenseDecoder::feed_forward(std::uint32_t thread, std::uint32_t rows, const DenseLayer& layer) {
  const std::uint32_t width = weights_.shape.feed_forward, blocks = layer.gate.row_blocks();
  const std::uint32_t strips = (blocks + kStripBlocks - 1) / kStripBlocks;
  float* gate = scratch(thread);
  float* up = gate + kColumns * kStrip;
  limits_.pool->parallel(thread, strips, grain(strips), [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t strip = begin; strip < end; ++strip) {
      const std::uint32_t first = strip * kStripBlocks, last = std::min(first + kStripBlocks, blocks);
      const std::uint32_t n = std::min(kStrip, width - strip * kStrip);
      for (std::uint32_t row = 0; row < rows; row += kColumns) {
        const std::uint32_t columns = std::min(kColumns, rows - row);
        width_tiles_.multiply(*limits_.kernels, layer.gate, first, last, row / kColumns, columns, gate, kStrip, false);
        width_tiles_.multiply(*limits_.kernels, layer.up, first, last, row / kColumns, columns, up, kStrip, false);
        for (std::uint32_t c = 0; c < columns; ++c) {
          limits_.kernels->swiglu(gate + c * kStrip, up + c * kStrip, gate + c * kStrip, n);
          hidden_tiles_.write(*limits_.kernels, rows, row + c, strip * kStrip, n, gate + c * kStrip);
        }
      }
    }
  });
}

void DenseDecoder::compute_logits(std::uint32_t thread, const Batch& batch) {
  const std::uint32_t count = static_cast<std::uint32_t>(batch.logit_rows.size()), width = weights_.shape.width;
  limits_.pool->parallel(thread, count, 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin; i < end; ++i) {
      limits_.kernels->rms_norm(x_.as<float>() + batch.logit_rows[i] * x_stride_, weights_.output_norm.data(), scratch(thread),
                                width, weights_.shape.epsilon);
      logit_tiles_.write(*limits_.kernels, count, i, 0, width, scratch(thread));
    }
  });
  const std::uint32_t blocks = output().row_blocks();
  limits_.pool->parallel(thread, blocks, grain(blocks), [&](std::uint32_t begin, std::uint32_t end) {
    logit_tiles_.multiply(*limits_.kernels, output(), begin, end, 0, count, logits_.as<float>() + std::size_t{begin} * kRows,
                          vocabulary_stride_, false);
  });
}

}  // namespace lemma
