// Buffers of a model with latent attention, and the order of phases.

#include "latent_decoder.h"

#include <algorithm>
#include <utility>

#include "kv_pages.h"

namespace lemma {

LatentDecoder::LatentDecoder(LatentWeights weights, DecoderShape facts)
    : ResidualDecoder(std::move(weights.stream), facts), shape_(weights.shape), experts_(weights.experts),
      layers_(std::move(weights.layers)) {}

std::size_t LatentDecoder::page_bytes(KvType type) const {
  return stream_.shape.layers * kv_key_bytes(type, shape_.kv_rank + shape_.rope);
}

Status LatentDecoder::prepare(const DecoderLimits& limits) {
  limits_ = limits;
  for (const LatentLayer& layer : layers_) {
    for (const PackedMatrix* matrix : {&layer.kv_a, shape_.q_rank > 0 ? &layer.q_a : &layer.q_b}) width_tiles_.wants(*matrix);
    if (shape_.q_rank > 0) query_tiles_.wants(layer.q_b);
    attended_tiles_.wants(layer.o);
    if (layer.experts) continue;
    for (const PackedMatrix* matrix : {&layer.feed_forward.gate, &layer.feed_forward.up}) width_tiles_.wants(*matrix);
    hidden_tiles_.wants(layer.feed_forward.down);
  }
  LEMMA_TRY(prepare_attention(limits));
  LEMMA_TRY(prepare_experts(limits));
  const std::size_t tile = tile_floats(std::max(shape_.nope, shape_.kv_rank));
  const std::size_t absorbed =
      kAttentionScratch + kAttentionRows * (query_floats_ + padded(shape_.kv_rank)) + padded(shape_.value) + tile;
  const std::size_t expanded = kPageTokens * std::max<std::size_t>(padded(shape_.nope), shape_.kv_rank);
  const std::uint32_t experts = experts_.gate.experts;
  const std::size_t routing =
      padded(stream_.shape.width) + kColumns * (padded(experts) + padded(stream_.shape.width)) + padded(gate_work(experts));
  return prepare_stream(limits, std::max({absorbed, expanded, routing, std::size_t{kColumns} * kMaxDownRows}));
}

Status LatentDecoder::prepare_attention(const DecoderLimits& limits) {
  const std::size_t rows = limits.step_tokens;
  q_a_stride_ = padded(shape_.q_rank);
  q_stride_ = padded(std::size_t{shape_.heads} * (shape_.nope + shape_.rope));
  kv_stride_ = padded(shape_.kv_rank + shape_.rope);
  attended_stride_ = padded(std::size_t{shape_.heads} * shape_.value);
  page_bytes_ = page_bytes(limits.kv_type);
  layer_bytes_ = page_bytes_ / stream_.shape.layers;
  query_floats_ = padded(shape_.kv_rank) + shape_.rope;
  expanded_page_floats_ = kPageTokens * (shape_.nope + shape_.rope + padded(shape_.value));
  attention_fused_ = shape_.value % attended_tiles_.unit() == 0;
  LEMMA_ASSIGN(q_a_, Memory::allocate(rows * q_a_stride_ * 4, "activations"));
  LEMMA_ASSIGN(q_, Memory::allocate(rows * q_stride_ * 4, "activations"));
  LEMMA_ASSIGN(kv_, Memory::allocate(rows * kv_stride_ * 4, "activations"));
  LEMMA_ASSIGN(attended_, Memory::allocate(rows * attended_stride_ * 4, "activations"));
  LEMMA_TRY(query_tiles_.allocate(shape_.q_rank, limits.step_tokens));
  LEMMA_TRY(attended_tiles_.allocate(shape_.heads * shape_.value, limits.step_tokens));
  if (!shape_.expands()) return {};
  const std::uint32_t pages = (std::min(kExpandedContext, limits.context_length) + kPageTokens - 1) / kPageTokens;
  for (std::uint32_t page = 0; page < pages; ++page) expanded_pages_.push_back(page);
  expansions_.resize(limits.pool->size());
  for (Expansion& expansion : expansions_) {
    for (const LatentLayer& layer : layers_) {
      expansion.latents.wants(layer.expand_key[0]);
      expansion.latents.wants(layer.expand_value[0]);
    }
    LEMMA_TRY(expansion.latents.allocate(shape_.kv_rank, pages * kPageTokens));
    LEMMA_ASSIGN(expansion.pages, Memory::allocate(pages * expanded_page_floats_ * 4, "activations"));
  }
  return {};
}

Status LatentDecoder::prepare_experts(const DecoderLimits& limits) {
  expert_rows_.resize(limits.pool->size());
  for (const LatentLayer& layer : layers_) {
    if (!layer.experts) continue;
    const ExpertBlock& block = *layer.experts;
    for (ExpertRows& rows : expert_rows_)
      for (const PackedMatrix* matrix : {&block.experts[0].gate, &block.experts[0].up}) rows.gathered.wants(*matrix);
    for (const PackedMatrix* matrix : {&block.experts[0].gate, &block.experts[0].up}) width_tiles_.wants(*matrix);
    expert_tiles_.wants(block.experts[0].down);
    if (experts_.shared_width == 0) continue;
    for (const PackedMatrix* matrix : {&block.shared.gate, &block.shared.up}) width_tiles_.wants(*matrix);
    shared_tiles_.wants(block.shared.down);
  }
  const std::size_t choices = std::size_t{limits.step_tokens} * experts_.gate.used;
  chosen_.resize(choices);
  chosen_weights_.resize(choices);
  for (ExpertRows& rows : expert_rows_) {
    rows.begins.resize(experts_.gate.experts + 1);
    rows.rows.resize(choices);
    rows.weights.resize(choices);
    LEMMA_TRY(rows.gathered.allocate(stream_.shape.width, kColumns));
  }
  LEMMA_TRY(expert_tiles_.allocate(experts_.width, static_cast<std::uint32_t>(choices)));
  return shared_tiles_.allocate(experts_.shared_width, limits.step_tokens);
}

void LatentDecoder::plan(const Batch& batch) {
  ResidualDecoder::plan(batch);
  plan_attention(batch);
}

void LatentDecoder::run_layer(std::uint32_t thread, const Batch& batch, std::uint32_t index, std::uint8_t* cache) {
  const LatentLayer& layer = layers_[index];
  const std::uint32_t rows = batch.rows();
  std::uint8_t* layer_cache = cache + index * layer_bytes_;
  normalise(thread, rows, layer.attention_norm);
  const bool has_rank = shape_.q_rank > 0;
  const Projection down[] = {{has_rank ? layer.q_a : layer.q_b, nullptr, has_rank ? q_a_.as<float>() : q_.as<float>(),
                              has_rank ? q_a_stride_ : q_stride_},
                             {layer.kv_a, nullptr, kv_.as<float>(), kv_stride_}};
  project(thread, rows, width_tiles_, down);
  store_latents(thread, batch, layer, layer_cache);
  const Projection queries[] = {{layer.q_b, nullptr, q_.as<float>(), q_stride_}};
  if (has_rank) project(thread, rows, query_tiles_, queries);
  attend(thread, batch, layer, layer_cache);
  project_output(thread, rows, layer.o, attended_tiles_);
  if (layer.experts) return run_experts(thread, batch, layer);
  normalise(thread, rows, layer.feed_forward_norm);
  feed_forward(thread, rows, layer.feed_forward);
}

}  // namespace lemma
