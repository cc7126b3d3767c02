// The forward pass of dense models: buffers and the order of phases. The attention phase is in dense_attention.cpp.

#include "dense_decoder.h"

#include <algorithm>
#include <utility>

#include "kv_pages.h"

namespace lemma {
namespace {

constexpr std::uint32_t kQueryTile = 32;                   // query rows of an attention item

}  // namespace

DenseDecoder::DenseDecoder(DenseWeights weights, DecoderShape facts)
    : ResidualDecoder(std::move(weights.stream), facts), shape_(weights.shape), layers_(std::move(weights.layers)) {}

std::size_t DenseDecoder::page_bytes(KvType type) const {
  return std::size_t{stream_.shape.layers} * shape_.kv_heads *
         (kv_key_bytes(type, shape_.head_dim) + kv_value_bytes(type, shape_.head_dim));
}

Status DenseDecoder::prepare(const DecoderLimits& limits) {
  const std::size_t rows = limits.step_tokens;
  q_stride_ = padded(std::size_t{shape_.heads} * shape_.head_dim);
  kv_stride_ = padded(std::size_t{shape_.kv_heads} * shape_.head_dim);
  page_bytes_ = page_bytes(limits.kv_type);
  v_offset_ = kv_key_bytes(limits.kv_type, shape_.head_dim);
  head_bytes_ = v_offset_ + kv_value_bytes(limits.kv_type, shape_.head_dim);
  for (const DenseLayer& layer : layers_) {
    for (const PackedMatrix* matrix : {&layer.q, &layer.k, &layer.v, &layer.feed_forward.gate, &layer.feed_forward.up})
      width_tiles_.wants(*matrix);
    attended_tiles_.wants(layer.o);
    hidden_tiles_.wants(layer.feed_forward.down);
  }
  attention_fused_ = shape_.head_dim % attended_tiles_.unit() == 0;
  LEMMA_ASSIGN(q_, Memory::allocate(rows * q_stride_ * 4, "activations"));
  LEMMA_ASSIGN(k_, Memory::allocate(rows * kv_stride_ * 4, "activations"));
  LEMMA_ASSIGN(v_, Memory::allocate(rows * kv_stride_ * 4, "activations"));
  LEMMA_ASSIGN(attended_, Memory::allocate(rows * q_stride_ * 4, "activations"));
  LEMMA_TRY(attended_tiles_.allocate(shape_.heads * shape_.head_dim, limits.step_tokens));
  return prepare_stream(limits, kAttentionScratch);
}

void DenseDecoder::plan(const Batch& batch) {
  ResidualDecoder::plan(batch);
  items_.clear();
  single_rows_ = true;
  for (std::uint32_t part = 0; part < batch.parts.size(); ++part) {
    const BatchPart& it = batch.parts[part];
    single_rows_ = single_rows_ && it.rows == 1;
    for (std::uint32_t row = 0; row < it.rows; row += kQueryTile)
      items_.push_back({part, it.first_row + row, std::min(kQueryTile, it.rows - row)});
  }
  const auto work = static_cast<std::uint32_t>(items_.size()) * shape_.kv_heads / limits_.pool->size();
  const std::uint32_t rows = kAttentionRows / (shape_.heads / shape_.kv_heads);
  heads_at_once_ = single_rows_ ? std::clamp(std::min(rows, work), 1U, shape_.kv_heads) : 1;
}

void DenseDecoder::run_layer(std::uint32_t thread, const Batch& batch, std::uint32_t index, std::uint8_t* cache) {
  const DenseLayer& layer = layers_[index];
  normalise(thread, batch.rows(), layer.attention_norm);
  const Projection qkv[] = {{layer.q, &layer.q_bias, q_.as<float>(), q_stride_},
                            {layer.k, &layer.k_bias, k_.as<float>(), kv_stride_},
                            {layer.v, &layer.v_bias, v_.as<float>(), kv_stride_}};
  project(thread, batch.rows(), width_tiles_, qkv);
  attend(thread, batch, layer, cache + index * (shape_.kv_heads * head_bytes_));
  project_output(thread, batch.rows(), layer.o, attended_tiles_);
  normalise(thread, batch.rows(), layer.feed_forward_norm);
  feed_forward(thread, batch.rows(), layer.feed_forward);
}

}  // namespace lemma
