// The attention of latent models: what is stored, and its two forms. A page's part of a layer is the keys of one
// head of kv_rank + rope elements, as attention kernels want them: the latent's elements, then those of the key that rotates.

#include <algorithm>
#include <cstring>

#include "kv_pages.h"
#include "latent_decoder.h"

namespace lemma {

// Heads of a row share each load of the cache, up to 8, unless threads would stand idle; expanded rows share the head's keys.
void LatentDecoder::plan_attention(const Batch& batch) {
  items_.clear();
  const std::uint32_t threads = limits_.pool->size(), parts = static_cast<std::uint32_t>(batch.parts.size());
  const std::uint32_t pieces = std::min(shape_.heads, (2 * threads + parts - 1) / parts);
  const std::uint32_t heads = (shape_.heads + pieces - 1) / pieces;
  const std::uint32_t group = std::clamp(shape_.heads * batch.rows() / threads, 1U, kAttentionRows);
  for (std::uint32_t part = 0; part < parts; ++part) {
    const BatchPart& it = batch.parts[part];
    const std::uint32_t end = shape_.expands() ? std::min(it.prompt, kExpandedContext) : 0;
    const std::uint32_t expanded = end > it.position ? std::min(end - it.position, it.rows) : 0;
    for (std::uint32_t head = 0; head < shape_.heads && expanded > 0; head += heads)
      items_.push_back({part, it.first_row, expanded, head, std::min(heads, shape_.heads - head), true});
    for (std::uint32_t row = expanded; row < it.rows; ++row)
      for (std::uint32_t head = 0; head < shape_.heads; head += group)
        items_.push_back({part, it.first_row + row, 1, head, std::min(group, shape_.heads - head), false});
  }
}

// Latents and rotated keys of the batch's rows go to their pages, normalised ranks of queries to their tiles.
void LatentDecoder::store_latents(std::uint32_t thread, const Batch& batch, const LatentLayer& layer, std::uint8_t* layer_cache) {
  const KernelTable& kernels = *limits_.kernels;
  const float epsilon = stream_.shape.epsilon;
  const auto store = kv_pages(limits_.kv_type, kernels).store_key;
  const auto part_of = [&](std::uint32_t row) {
    return *std::prev(std::upper_bound(batch.parts.begin(), batch.parts.end(), row,
                                       [](std::uint32_t at, const BatchPart& part) { return at < part.first_row; }));
  };
  limits_.pool->parallel(thread, batch.rows(), 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t row = begin; row < end; ++row) {
      const std::uint32_t position = positions_[row];
      float* latent = kv_.as<float>() + row * kv_stride_;
      kernels.rms_norm(latent, layer.kv_norm.data(), latent, shape_.kv_rank, epsilon);
      kernels.rope(latent + shape_.kv_rank, rope_.row(position), rope_.row(position) + rope_.half(), rope_.half());
      std::uint8_t* page = layer_cache + part_of(row).pages[position / kPageTokens] * page_bytes_;
      store(kernels, latent, shape_.kv_rank + shape_.rope, position % kPageTokens, page);
      if (shape_.q_rank == 0) continue;
      float* query = q_a_.as<float>() + row * q_a_stride_;
      kernels.rms_norm(query, layer.q_norm.data(), query, shape_.q_rank, epsilon);
      query_tiles_.write(kernels, batch.rows(), row, 0, shape_.q_rank, query);
    }
  });
}

void LatentDecoder::attend(std::uint32_t thread, const Batch& batch, const LatentLayer& layer, std::uint8_t* layer_cache) {
  const auto count = static_cast<std::uint32_t>(items_.size());
  if (shape_.expands()) expansions_[thread].part = Expansion::kNone;
  limits_.pool->parallel(thread, count, 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin; i < end; ++i) {
      const AttentionItem& item = items_[i];
      if (item.expanded) attend_expanded(thread, batch, layer, item, layer_cache);
      else attend_absorbed(thread, batch, layer, item, layer_cache);
      for (std::uint32_t row = item.first; row < item.first + item.rows && attention_fused_; ++row)
        attended_tiles_.write(*limits_.kernels, batch.rows(), row, item.head * shape_.value, item.heads * shape_.value,
                              attended_.as<float>() + row * attended_stride_ + std::size_t{item.head} * shape_.value);
    }
  });
  if (!attention_fused_)
    write_attended(thread, batch.rows(), shape_.heads * shape_.value, attended_.as<float>(), attended_stride_);
}

// A head's query, rotated and scaled in place; once a pass and head.
float* LatentDecoder::rotated_query(std::uint32_t row, std::uint32_t head) {
  const std::uint32_t n = shape_.nope + shape_.rope, position = positions_[row];
  float* query = q_.as<float>() + row * q_stride_ + std::size_t{head} * n;
  limits_.kernels->rope(query + shape_.nope, rope_.row(position), rope_.row(position) + rope_.half(), rope_.half());
  for (std::uint32_t i = 0; i < n; ++i) query[i] *= shape_.scale;
  return query;
}

void LatentDecoder::apply(const PackedMatrix& matrix, const float* x, std::uint8_t* tile, float* out) const {
  const auto* in = reinterpret_cast<const std::uint8_t*>(x);  // a plain tile of one column is the column
  if (matrix.form() != TileForm::plain) {
    write_column(matrix.form(), *limits_.kernels, x, matrix.k(), 1, 0, tile);
    in = tile;
  }
  matrix.multiply(*limits_.kernels, 0, matrix.row_blocks(), in, 1, out, padded(matrix.rows()), false);
}

void LatentDecoder::attend_absorbed(std::uint32_t thread, const Batch& batch, const LatentLayer& layer, const AttentionItem& item,
                                    std::uint8_t* layer_cache) {
  float* queries = scratch(thread) + kAttentionScratch;
  float* mixes = queries + kAttentionRows * query_floats_;
  float* values = mixes + kAttentionRows * padded(shape_.kv_rank);
  auto* tile = reinterpret_cast<std::uint8_t*>(values + padded(shape_.value));
  AttentionArgs args = {.q = {}, .out = {}, .visible = {}, .rows = item.heads, .key_dim = shape_.kv_rank + shape_.rope,
                        .value_dim = shape_.kv_rank, .values_in_keys = true, .pool = layer_cache, .page_bytes = page_bytes_,
                        .pages = batch.parts[item.part].pages, .k_offset = 0, .v_offset = 0, .scratch = scratch(thread)};
  for (std::uint32_t i = 0; i < item.heads; ++i) {
    const float* query = rotated_query(item.first, item.head + i);
    float* absorbed = queries + i * query_floats_;
    apply(layer.absorb_key[item.head + i], query, tile, absorbed);
    std::memcpy(absorbed + shape_.kv_rank, query + shape_.nope, shape_.rope * sizeof(float));
    args.q[i] = absorbed;
    args.out[i] = mixes + i * padded(shape_.kv_rank);
    args.visible[i] = positions_[item.first] + 1;
  }
  kv_pages(limits_.kv_type, *limits_.kernels).attention(args);
  float* out = attended_.as<float>() + item.first * attended_stride_ + std::size_t{item.head} * shape_.value;
  for (std::uint32_t i = 0; i < item.heads; ++i, out += shape_.value) {
    apply(layer.expand_value[item.head + i], args.out[i], tile, values);
    std::memcpy(out, values, shape_.value * sizeof(float));
  }
}

// The latents of a sequence's first tokens as tiles.
void LatentDecoder::read_latents(std::uint32_t thread, const std::uint8_t* layer_cache, const std::uint32_t* pages,
                                 std::uint32_t tokens) {
  const auto read = kv_pages(limits_.kv_type, *limits_.kernels).read_keys;
  float* latents = scratch(thread);
  for (std::uint32_t first = 0; first < tokens; first += kPageTokens) {
    read(layer_cache + pages[first / kPageTokens] * page_bytes_, shape_.kv_rank + shape_.rope, 0, shape_.kv_rank, 1, shape_.kv_rank,
         latents);
    for (std::uint32_t i = 0; i < std::min(kPageTokens, tokens - first); ++i)
      expansions_[thread].latents.write(*limits_.kernels, tokens, first + i, 0, shape_.kv_rank, latents + i * shape_.kv_rank);
  }
}

// One head's keys and values of the tokens whose latents were read, in pages of floats: [nope + rope][32], then [32][padded value].
void LatentDecoder::expand_head(std::uint32_t thread, const LatentLayer& layer, std::uint32_t head, const std::uint8_t* layer_cache,
                                const std::uint32_t* pages, std::uint32_t tokens) {
  const auto read = kv_pages(limits_.kv_type, *limits_.kernels).read_keys;
  const PackedMatrix &keys = layer.expand_key[head], &values = layer.expand_value[head];
  const Expansion& expansion = expansions_[thread];
  const std::size_t stride = padded(shape_.nope);
  float* rows = scratch(thread);
  for (std::uint32_t first = 0; first < tokens; first += kPageTokens) {
    float* page = expansion.pages.as<float>() + first / kPageTokens * expanded_page_floats_;
    const std::uint32_t count = std::min(kPageTokens, tokens - first);
    expansion.latents.multiply(*limits_.kernels, keys, 0, keys.row_blocks(), first / kColumns, count, rows, stride, false);
    for (std::uint32_t d = 0; d < shape_.nope; ++d)
      for (std::uint32_t i = 0; i < count; ++i) page[d * kPageTokens + i] = rows[i * stride + d];
    float* rotated = page + std::size_t{shape_.nope} * kPageTokens;
    read(layer_cache + pages[first / kPageTokens] * page_bytes_, shape_.kv_rank + shape_.rope, shape_.kv_rank, shape_.rope, kPageTokens,
         1, rotated);
    expansion.latents.multiply(*limits_.kernels, values, 0, values.row_blocks(), first / kColumns, count,
                               rotated + std::size_t{shape_.rope} * kPageTokens, padded(shape_.value), false);
  }
}

void LatentDecoder::attend_expanded(std::uint32_t thread, const Batch& batch, const LatentLayer& layer, const AttentionItem& item,
                                    std::uint8_t* layer_cache) {
  const std::uint32_t key_dim = shape_.nope + shape_.rope, last = item.first + item.rows - 1, tokens = positions_[last] + 1;
  const std::uint32_t* pages = batch.parts[item.part].pages;
  if (expansions_[thread].part != item.part) read_latents(thread, layer_cache, pages, tokens);
  expansions_[thread].part = item.part;
  AttentionArgs args = {.q = {}, .out = {}, .visible = {}, .rows = 0, .key_dim = key_dim, .value_dim = shape_.value,
                        .values_in_keys = false, .pool = expansions_[thread].pages.data(), .page_bytes = expanded_page_floats_ * 4,
                        .pages = expanded_pages_.data(), .k_offset = 0, .v_offset = std::size_t{key_dim} * kPageTokens * 4,
                        .scratch = scratch(thread)};
  for (std::uint32_t head = item.head; head < item.head + item.heads; ++head) {
    expand_head(thread, layer, head, layer_cache, pages, tokens);
    for (std::uint32_t row = item.first; row <= last; ++row) {
      args.q[args.rows] = rotated_query(row, head);
      args.out[args.rows] = attended_.as<float>() + row * attended_stride_ + std::size_t{head} * shape_.value;
      args.visible[args.rows] = positions_[row] + 1;
      if (++args.rows < kAttentionRows && row < last) continue;
      limits_.kernels->attention_f32(args);
      args.rows = 0;
    }
  }
}

}  // namespace lemma
