// The attention phase of dense models: norm and rotation of queries and keys, storing into KV pages, softmax attention.
// One task is one KV head and up to 32 query rows of one sequence, with all query heads that share the KV head.

#include <cmath>

#include "dense_decoder.h"
#include "kv_pages.h"

namespace lemma {

void DenseDecoder::attend(std::uint32_t thread, const Batch& batch, const DenseLayer& layer, std::uint8_t* layer_cache) {
  const std::uint32_t kv_heads = shape_.kv_heads;
  const std::uint32_t tasks = static_cast<std::uint32_t>(items_.size()) * kv_heads;
  // A sequence's rows see each other's keys, so with several rows all keys are stored before anyone attends.
  if (!single_rows_)
    limits_.pool->parallel(thread, tasks, 1, [&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t task = begin; task < end; ++task)
        store_head(batch, items_[task / kv_heads], task % kv_heads, layer, layer_cache);
    });
  limits_.pool->parallel(thread, tasks, 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t task = begin; task < end; ++task) {
      if (single_rows_) store_head(batch, items_[task / kv_heads], task % kv_heads, layer, layer_cache);
      attend_head(thread, batch, items_[task / kv_heads], task % kv_heads, layer_cache);
    }
  });
  if (attention_fused_) return;
  write_attended(thread, batch.rows(), shape_.heads * shape_.head_dim, attended_.as<float>(), q_stride_);
}

// Prepares queries in place and puts keys and values of the item's rows into their pages.
void DenseDecoder::store_head(const Batch& batch, const AttentionItem& item, std::uint32_t kv_head, const DenseLayer& layer,
                              std::uint8_t* layer_cache) {
  const KernelTable& kernels = *limits_.kernels;
  const std::uint32_t dim = shape_.head_dim, group = shape_.heads / shape_.kv_heads;
  const KvPages pages = kv_pages(limits_.kv_type, kernels);
  const float scale = 1.0F / std::sqrt(static_cast<float>(dim));
  for (std::uint32_t row = item.first; row < item.first + item.rows; ++row) {
    const std::uint32_t position = positions_[row];
    const float* cosine = rope_.row(position);
    const float* sine = cosine + rope_.half();
    const auto rotate = [&](float* x, const std::vector<float>& norm) {
      if (!norm.empty()) kernels.rms_norm(x, norm.data(), x, dim, stream_.shape.epsilon);
      kernels.rope(x, cosine, sine, rope_.half());
    };
    float* q = q_.as<float>() + row * q_stride_ + std::size_t{kv_head} * group * dim;
    for (std::uint32_t head = 0; head < group; ++head) rotate(q + std::size_t{head} * dim, layer.q_norm);
    for (std::uint32_t i = 0; i < group * dim; ++i) q[i] *= scale;
    float* k = k_.as<float>() + row * kv_stride_ + std::size_t{kv_head} * dim;
    rotate(k, layer.k_norm);

    std::uint8_t* page = layer_cache + batch.parts[item.part].pages[position / kPageTokens] * page_bytes_ +
                         kv_head * head_bytes_;
    const float* v = v_.as<float>() + row * kv_stride_ + std::size_t{kv_head} * dim;
    pages.store_key(kernels, k, dim, position % kPageTokens, page);
    pages.store_value(kernels, v, dim, position % kPageTokens, page + v_offset_);
  }
}

void DenseDecoder::attend_head(std::uint32_t thread, const Batch& batch, const AttentionItem& item, std::uint32_t kv_head,
                               std::uint8_t* layer_cache) {
  const std::uint32_t dim = shape_.head_dim, group = shape_.heads / shape_.kv_heads;
  const auto attention = kv_pages(limits_.kv_type, *limits_.kernels).attention;
  AttentionArgs args = {.q = {}, .out = {}, .visible = {}, .rows = 0, .key_dim = dim, .value_dim = dim, .values_in_keys = false,
                        .pool = layer_cache, .page_bytes = page_bytes_, .pages = batch.parts[item.part].pages,
                        .k_offset = kv_head * head_bytes_, .v_offset = kv_head * head_bytes_ + v_offset_,
                        .scratch = scratch(thread)};
  for (std::uint32_t row = item.first; row < item.first + item.rows; ++row)
    for (std::uint32_t head = kv_head * group; head < (kv_head + 1) * group; ++head) {
      args.q[args.rows] = q_.as<float>() + row * q_stride_ + std::size_t{head} * dim;
      args.out[args.rows] = attended_.as<float>() + row * q_stride_ + std::size_t{head} * dim;
      args.visible[args.rows] = positions_[row] + 1;
      const bool last = row + 1 == item.first + item.rows && head + 1 == (kv_head + 1) * group;
      if (++args.rows == kAttentionRows || last) {
        attention(args);
        args.rows = 0;
      }
    }
  if (!attention_fused_) return;
  for (std::uint32_t row = item.first; row < item.first + item.rows; ++row)
    attended_tiles_.write(*limits_.kernels, batch.rows(), row, kv_head * group * dim, group * dim,
                          attended_.as<float>() + row * q_stride_ + std::size_t{kv_head} * group * dim);
}

}  // namespace lemma
