// The mixture of experts: which rows go to which expert, and the sums over them.

#include <algorithm>

#include "latent_decoder.h"

namespace lemma {

// Norm, router and gate of the rows, up to 8 at once.
void LatentDecoder::route(std::uint32_t thread, const Batch& batch, const LatentLayer& layer) {
  const ExpertBlock& block = *layer.experts;
  const ExpertGate& gate = experts_.gate;
  const std::uint32_t rows = batch.rows(), width = stream_.shape.width;
  const std::size_t stride = padded(gate.experts);
  const TileForm form = block.router.form();
  float* input = scratch(thread);
  float* logits = input + x_stride_;
  float* work = logits + kColumns * stride;
  auto* tile = reinterpret_cast<std::uint8_t*>(work + padded(gate_work(gate.experts)));
  limits_.pool->parallel(thread, rows, std::min(grain(rows), kColumns), [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t first = begin; first < end; first += kColumns) {
      const std::uint32_t columns = std::min(kColumns, end - first);
      for (std::uint32_t c = 0; c < columns; ++c) {
        limits_.kernels->rms_norm(stream_row(first + c), layer.feed_forward_norm.data(), input, width, stream_.shape.epsilon);
        width_tiles_.write(*limits_.kernels, rows, first + c, 0, width, input);
        write_column(form, *limits_.kernels, input, width, columns, c, tile);
      }
      block.router.multiply(*limits_.kernels, 0, block.router.row_blocks(), tile, columns, logits, stride, false);
      for (std::uint32_t c = 0; c < columns; ++c) {
        const std::size_t at = std::size_t{first + c} * gate.used;
        choose_experts(gate, *limits_.kernels, logits + c * stride, block.bias.empty() ? nullptr : block.bias.data(), work,
                       &chosen_[at], &chosen_weights_[at]);
      }
    }
  });
}

// Every thread sorts for itself: that takes less time than waiting for one that does it for all.
void LatentDecoder::sort_rows(std::uint32_t thread, std::uint32_t rows) {
  ExpertRows& sorted = expert_rows_[thread];
  const std::uint32_t experts = experts_.gate.experts, used = experts_.gate.used, choices = rows * used;
  std::fill(sorted.begins.begin(), sorted.begins.end(), 0U);
  for (std::uint32_t i = 0; i < choices; ++i) ++sorted.begins[chosen_[i] + 1];
  for (std::uint32_t e = 0; e < experts; ++e) sorted.begins[e + 1] += sorted.begins[e];
  sorted.groups.clear();
  for (std::uint32_t e = 0; e < experts; ++e) {
    const std::uint32_t start = sorted.begins[e], count = sorted.begins[e + 1] - start;
    for (std::uint32_t from = 0; from < count; from += kColumns)
      sorted.groups.push_back({e, start, count, from, std::min(kColumns, count - from)});
  }
  for (std::uint32_t i = 0; i < choices; ++i) {
    const std::uint32_t slot = sorted.begins[chosen_[i]]++;
    sorted.rows[slot] = i / used;
    sorted.weights[slot] = chosen_weights_[i];
  }
}

void LatentDecoder::run_experts(std::uint32_t thread, const Batch& batch, const LatentLayer& layer) {
  const ExpertBlock& block = *layer.experts;
  const std::uint32_t rows = batch.rows();
  route(thread, batch, layer);
  sort_rows(thread, rows);
  const std::vector<ExpertRows::Group>& groups = expert_rows_[thread].groups;
  const auto count = static_cast<std::uint32_t>(groups.size());
  const std::uint32_t shared = experts_.shared_width > 0 ? strips(block.shared) : 0, all = strips(block.experts[0]);
  // A group's matrices are cut only as far as threads need work: each piece gathers the group's inputs anew.
  const std::uint32_t pieces = std::clamp((4 * limits_.pool->size() + count - 1) / count, 1U, all);
  limits_.pool->parallel(thread, shared + count * pieces, 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin; i < end; ++i) {
      if (i < shared) {
        for (std::uint32_t row = 0; row < rows; row += kHiddenColumns)
          write_hidden(thread, block.shared, i, i + 1,
                       {width_tiles_, row / kColumns, shared_tiles_, 0, rows, row, std::min(kHiddenColumns, rows - row), nullptr});
        continue;
      }
      const std::uint32_t piece = (i - shared) % pieces;
      write_expert_hidden(thread, rows, block, groups[(i - shared) / pieces], all * piece / pieces, all * (piece + 1) / pieces);
    }
  });
  const std::uint32_t blocks = block.experts[0].down.row_blocks();
  limits_.pool->parallel(thread, blocks, std::min(grain(blocks), kDownBlocks), [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t first = begin; first < end; first += kDownBlocks)
      add_experts(thread, rows, block, first, std::min(first + kDownBlocks, end));
  });
}

// Hidden rows of a group, times their weights: what follows is linear, and so sums need no weights.
void LatentDecoder::write_expert_hidden(std::uint32_t thread, std::uint32_t rows, const ExpertBlock& block,
                                        const ExpertRows::Group& group, std::uint32_t first, std::uint32_t last) {
  ExpertRows& sorted = expert_rows_[thread];
  const std::uint32_t slot = group.start + group.from;
  for (std::uint32_t c = 0; c < group.columns && rows > 1; ++c)
    sorted.gathered.copy(width_tiles_, rows, sorted.rows[slot + c], group.columns, c);
  write_hidden(thread, block.experts[group.expert], first, last,
               {rows > 1 ? sorted.gathered : width_tiles_, 0, expert_tiles_, group.start, group.count, group.from, group.columns,
                &sorted.weights[slot]});
}

// stream += down * hidden for row blocks [first, last): the shared expert, then the others by their number.
void LatentDecoder::add_experts(std::uint32_t thread, std::uint32_t rows, const ExpertBlock& block, std::uint32_t first,
                                std::uint32_t last) {
  const ExpertRows& sorted = expert_rows_[thread];
  const std::size_t offset = std::size_t{first} * kRows;
  const std::uint32_t n = (last - first) * kRows;
  if (experts_.shared_width > 0)
    shared_tiles_.multiply(*limits_.kernels, block.shared.down, first, last, 0, rows, stream_row(0) + offset, x_stride_, true);
  float* sums = scratch(thread);
  for (const ExpertRows::Group& group : sorted.groups) {
    const PackedMatrix& down = block.experts[group.expert].down;
    const std::uint32_t* at = &sorted.rows[group.start + group.from];
    const bool is_alone = group.columns == 1;
    expert_tiles_.multiply(*limits_.kernels, down, first, last, group.from / kColumns, group.columns,
                           is_alone ? stream_row(*at) + offset : sums, n, is_alone, group.start);
    for (std::uint32_t c = 0; c < group.columns && !is_alone; ++c)
      limits_.kernels->add(stream_row(at[c]) + offset, sums + c * n, n);
  }
}

}  // namespace lemma
