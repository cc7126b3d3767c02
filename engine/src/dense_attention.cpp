// The attention phase of dense models: norm and rotation of queries and keys, storing into KV pages, softmax attention.
// One task is up to 32 query rows of one sequence and one KV head, with all query heads that share it; or one row and several KV heads.

#include <algorithm>
#include <cmath>

#include "dense_decoder.h"
#include "kv_pages.h"

namespace lemma {

void DenseDecoder::attend(std::uint32_t thread, const Batch& batch, const DenseLayer& layer, std::uint8_t* layer_cache) {
  const std::uint32_t kv_heads = shape_.kv_heads, at_once = heads_at_once_, cuts = (kv_heads + at_once - 1) / at_once;
  const std::uint32_t items = static_cast<std::uint32_t>(items_.size());
  // A sequence's rows see each other's keys, so with several rows all keys are stored before anyone attends.
  if (!single_rows_)
    limits_.pool->parallel(thread, items * kv_heads, 1, [&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t task = begin; task < end; ++task)
        store_head(batch, items_[task / kv_heads], task % kv_heads, layer, layer_cache);
    });
  limits_.pool->parallel(thread, items * cuts, 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t task = begin; task < end; ++task) {
      const AttentionItem& item = items_[task / cuts];
      const std::uint32_t first = task % cuts * at_once, last = std::min(first + at_once, kv_heads);
      for (std::uint32_t head = first; head < last && single_rows_; ++head) store_head(batch, item, head, layer, layer_cache);
      attend_heads(thread, batch, item, first, last, layer_cache);
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

// KV heads [first, last): one, or as many as a call takes with the item's one row.
void DenseDecoder::attend_heads(std::uint32_t thread, const Batch& batch, const AttentionItem& item, std::uint32_t first,
                                std::uint32_t last, std::uint8_t* layer_cache) {
  const std::uint32_t dim = shape_.head_dim, group = shape_.heads / shape_.kv_heads, begin = first * group, end = last * group;
  const auto attention = kv_pages(limits_.kv_type, *limits_.kernels).attention;
  AttentionArgs args = {.q = {}, .out = {}, .visible = {}, .rows = 0, .key_dim = dim, .value_dim = dim, .values_in_keys = false,
                        .pool = layer_cache, .page_bytes = page_bytes_, .pages = batch.parts[item.part].pages,
                        .k_offset = first * head_bytes_, .v_offset = first * head_bytes_ + v_offset_,
                        .scratch = scratch(thread), .head_rows = last - first > 1 ? group : kAttentionRows, .head_bytes = head_bytes_};
  for (std::uint32_t row = item.first; row < item.first + item.rows; ++row)
    for (std::uint32_t head = begin; head < end; ++head) {
      args.q[args.rows] = q_.as<float>() + row * q_stride_ + std::size_t{head} * dim;
      args.out[args.rows] = attended_.as<float>() + row * q_stride_ + std::size_t{head} * dim;
      args.visible[args.rows] = positions_[row] + 1;
      const bool is_last = row + 1 == item.first + item.rows && head + 1 == end;
      if (++args.rows == kAttentionRows || is_last) {
        attention(args);
        args.rows = 0;
      }
    }
  if (!attention_fused_) return;
  for (std::uint32_t row = item.first; row < item.first + item.rows; ++row)
    attended_tiles_.write(*limits_.kernels, batch.rows(), row, begin * dim, (end - begin) * dim,
                          attended_.as<float>() + row * q_stride_ + std::size_t{begin} * dim);
}

}  // namespace lemma
