// The attention phase of dense models: norm and rotation of queries and keys, storing into KV pages, softmax attention.
// One task is one KV head and up to 32 query rows of one sequence, with all query heads that share the KV head.

#include <algorithm>
#include <cmath>
#include <cstring>

#include "dense_decoder.h"

namespace lemma {
namespace {

void convert(const KernelTable& kernels, const float* from, std::uint16_t* to, std::uint32_t n) { kernels.to_half(from, to, n); }
void convert(const KernelTable&, const float* from, float* to, std::uint32_t n) { std::memcpy(to, from, n * sizeof(float)); }

// Puts one token's key and value of a head into its slot of a page: a key's elements lie a page apart, a value's side by side.
template <typename Element>
void store_token(const KernelTable& kernels, const float* k, const float* v, std::uint32_t dim, std::uint32_t slot,
                 std::uint8_t* key_page, std::uint8_t* value_page) {
  Element converted[kMaxHeadDim];
  convert(kernels, k, converted, dim);
  Element* keys = reinterpret_cast<Element*>(key_page) + slot;
  for (std::uint32_t d = 0; d < dim; ++d) keys[std::size_t{d} * kPageTokens] = converted[d];
  const std::size_t padded_dim = (dim + kRows - 1) / kRows * kRows;
  convert(kernels, v, reinterpret_cast<Element*>(value_page) + slot * padded_dim, dim);
}

// The same in int8: quantised as a tile of one token is, whose records are taken apart.
void store_quantised(const KernelTable& kernels, const float* k, const float* v, std::uint32_t dim, std::uint32_t slot,
                     std::uint8_t* key_page, std::uint8_t* value_page) {
  const std::uint32_t blocks = q8_head_blocks(dim);
  std::uint8_t records[kMaxHeadDim / kBlock * kTileBlock];
  const auto quantise = [&](const float* x) {
    float whole[kMaxHeadDim] = {};  // the last block is filled up with zeros
    std::memcpy(whole, x, dim * sizeof(float));
    kernels.quantise(whole, blocks, records, 1, 0);
  };
  quantise(k);
  for (std::uint32_t b = 0; b < blocks; ++b) {
    const std::uint8_t* record = records + b * kTileBlock;
    std::memcpy(key_page + (b * kPageTokens + slot) * 4, record + kTileScale, 4);
    std::uint8_t* keys = key_page + q8_scales_bytes(dim) + std::size_t{b} * kBlock * kPageTokens + slot;
    for (std::uint32_t i = 0; i < std::min(kBlock, dim - b * kBlock); ++i) keys[std::size_t{i} * kPageTokens] = record[i];
  }
  quantise(v);
  const std::size_t padded_dim = (dim + kRows - 1) / kRows * kRows;
  std::uint8_t* values = value_page + q8_scales_bytes(dim) + slot * padded_dim;
  for (std::uint32_t b = 0; b < blocks; ++b) {
    const std::uint8_t* record = records + b * kTileBlock;
    std::memcpy(value_page + (slot * blocks + b) * 4, record + kTileScale, 4);
    std::memcpy(values + b * kBlock, record, std::min(std::size_t{kBlock}, padded_dim - b * kBlock));
  }
}

// What a type of cache stores with and is attended to by.
struct KvKernels {
  void (*store)(const KernelTable&, const float*, const float*, std::uint32_t, std::uint32_t, std::uint8_t*, std::uint8_t*);
  void (*attention)(const AttentionArgs&);
};

KvKernels kv_kernels(KvType type, const KernelTable& kernels) {
  switch (type) {
    case KvType::f16: return {store_token<std::uint16_t>, kernels.attention};
    case KvType::f32: return {store_token<float>, kernels.attention_f32};
    case KvType::q8_0: return {store_quantised, kernels.attention_q8};
  }
  return {};
}

}  // namespace

void DenseDecoder::attend(std::uint32_t thread, const Batch& batch, const DenseLayer& layer, std::uint8_t* layer_cache) {
  const std::uint32_t kv_heads = weights_.shape.kv_heads;
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
  const std::uint32_t width = weights_.shape.heads * weights_.shape.head_dim;
  limits_.pool->parallel(thread, batch.rows(), 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t row = begin; row < end; ++row)
      attended_tiles_.write(*limits_.kernels, batch.rows(), row, 0, width, attended_.as<float>() + row * q_stride_);
  });
}

// Prepares queries in place and puts keys and values of the item's rows into their pages.
void DenseDecoder::store_head(const Batch& batch, const AttentionItem& item, std::uint32_t kv_head, const DenseLayer& layer,
                              std::uint8_t* layer_cache) {
  const DenseShape& shape = weights_.shape;
  const KernelTable& kernels = *limits_.kernels;
  const std::uint32_t dim = shape.head_dim, group = shape.heads / shape.kv_heads;
  const auto store = kv_kernels(limits_.kv_type, kernels).store;
  const float scale = 1.0F / std::sqrt(static_cast<float>(dim));
  for (std::uint32_t row = item.first; row < item.first + item.rows; ++row) {
    const std::uint32_t position = positions_[row];
    const float* cosine = rope_.row(position);
    const float* sine = cosine + rope_.half();
    const auto rotate = [&](float* x, const std::vector<float>& norm) {
      if (!norm.empty()) kernels.rms_norm(x, norm.data(), x, dim, shape.epsilon);
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
    store(kernels, k, v, dim, position % kPageTokens, page, page + v_offset_);
  }
}

void DenseDecoder::attend_head(std::uint32_t thread, const Batch& batch, const AttentionItem& item, std::uint32_t kv_head,
                               std::uint8_t* layer_cache) {
  const DenseShape& shape = weights_.shape;
  const std::uint32_t dim = shape.head_dim, group = shape.heads / shape.kv_heads;
  const auto attention = kv_kernels(limits_.kv_type, *limits_.kernels).attention;
  AttentionArgs args = {.q = {}, .out = {}, .visible = {}, .rows = 0, .head_dim = dim, .pool = layer_cache,
                        .page_bytes = page_bytes_, .pages = batch.parts[item.part].pages,
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
