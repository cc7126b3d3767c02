// The common phases of a forward pass and their order.

#include "residual_decoder.h"

#include <algorithm>
#include <utility>

namespace lemma {

ResidualDecoder::ResidualDecoder(ResidualWeights weights, DecoderShape facts)
    : stream_(std::move(weights)), facts_(facts), rope_(stream_.rope) {}

Status ResidualDecoder::prepare_stream(const DecoderLimits& limits, std::size_t scratch_floats) {
  limits_ = limits;
  const ResidualShape& shape = stream_.shape;
  x_stride_ = padded(shape.width);
  vocabulary_stride_ = padded(shape.vocabulary);
  scratch_stride_ = padded(std::max({scratch_floats, x_stride_, kStripScratch}));
  logit_tiles_.wants(output());
  LEMMA_ASSIGN(x_, Memory::allocate(limits.step_tokens * x_stride_ * 4, "activations"));
  LEMMA_ASSIGN(logits_, Memory::allocate(limits.logit_rows * vocabulary_stride_ * 4, "logits"));
  LEMMA_ASSIGN(scratch_, Memory::allocate(limits.pool->size() * scratch_stride_ * 4, "activations"));
  LEMMA_TRY(width_tiles_.allocate(shape.width, limits.step_tokens));
  LEMMA_TRY(hidden_tiles_.allocate(shape.feed_forward, limits.step_tokens));
  return logit_tiles_.allocate(shape.width, limits.logit_rows);
}

void ResidualDecoder::plan(const Batch& batch) {
  positions_.resize(batch.rows());
  std::uint32_t last = 0;
  for (const BatchPart& part : batch.parts) {
    last = std::max(last, part.position + part.rows - 1);
    for (std::uint32_t row = 0; row < part.rows; ++row) positions_[part.first_row + row] = part.position + row;
  }
  rope_.reserve(last);
}

void ResidualDecoder::forward(const Batch& batch, std::uint8_t* cache) {
  plan(batch);
  limits_.pool->run([&](std::uint32_t thread) {
    embed(thread, batch);
    for (std::uint32_t layer = 0; layer < stream_.shape.layers; ++layer) run_layer(thread, batch, layer, cache);
    if (!batch.logit_rows.empty()) compute_logits(thread, batch);
  });
}

// Pieces small enough to even out, large enough that taking one costs nothing beside it.
std::uint32_t ResidualDecoder::grain(std::uint32_t items) const { return std::max(1U, items / (limits_.pool->size() * 4)); }

void ResidualDecoder::embed(std::uint32_t thread, const Batch& batch) {
  limits_.pool->parallel(thread, batch.rows(), 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t row = begin; row < end; ++row) stream_.embedding.read_row(batch.tokens[row], stream_row(row));
  });
}

void ResidualDecoder::normalise(std::uint32_t thread, std::uint32_t rows, const std::vector<float>& weight) {
  const std::uint32_t width = stream_.shape.width;
  limits_.pool->parallel(thread, rows, 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t row = begin; row < end; ++row) {
      limits_.kernels->rms_norm(stream_row(row), weight.data(), scratch(thread), width, stream_.shape.epsilon);
      width_tiles_.write(*limits_.kernels, rows, row, 0, width, scratch(thread));
    }
  });
}

void ResidualDecoder::project(std::uint32_t thread, std::uint32_t rows, const Tiles& tiles, std::span<const Projection> targets) {
  std::uint32_t blocks = 0;
  for (const Projection& target : targets) blocks += target.matrix.row_blocks();
  limits_.pool->parallel(thread, blocks, grain(blocks), [&](std::uint32_t begin, std::uint32_t end) {
    std::uint32_t offset = 0;
    for (const Projection& target : targets) {
      const std::uint32_t first = std::max(begin, offset), last = std::min(end, offset + target.matrix.row_blocks());
      if (first < last) {
        float* out = target.out + std::size_t{first - offset} * kRows;
        tiles.multiply(*limits_.kernels, target.matrix, first - offset, last - offset, 0, rows, out, target.stride, false);
        for (std::uint32_t row = 0; row < rows && target.bias != nullptr && !target.bias->empty(); ++row)
          for (std::uint32_t i = (first - offset) * kRows; i < std::min((last - offset) * kRows, target.matrix.rows()); ++i)
            target.out[row * target.stride + i] += (*target.bias)[i];
      }
      offset += target.matrix.row_blocks();
    }
  });
}

void ResidualDecoder::project_output(std::uint32_t thread, std::uint32_t rows, const PackedMatrix& matrix, const Tiles& tiles) {
  limits_.pool->parallel(thread, matrix.row_blocks(), grain(matrix.row_blocks()), [&](std::uint32_t begin, std::uint32_t end) {
    tiles.multiply(*limits_.kernels, matrix, begin, end, 0, rows, x_.as<float>() + std::size_t{begin} * kRows, x_stride_, true);
  });
}

void ResidualDecoder::feed_forward(std::uint32_t thread, std::uint32_t rows, const FeedForward& block) {
  limits_.pool->parallel(thread, strips(block), grain(strips(block)), [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t strip = begin; strip < end; ++strip)
      for (std::uint32_t row = 0; row < rows; row += kHiddenColumns)
        write_hidden(thread, block, strip, strip + 1,
                     {width_tiles_, row / kColumns, hidden_tiles_, 0, rows, row, std::min(kHiddenColumns, rows - row), nullptr});
  });
  project_output(thread, rows, block.down, hidden_tiles_);
}

void ResidualDecoder::write_hidden(std::uint32_t thread, const FeedForward& block, std::uint32_t first, std::uint32_t last,
                                   const HiddenRows& rows) const {
  float* gate = scratch(thread);
  float* up = gate + kHiddenColumns * kStrip;
  for (std::uint32_t strip = first; strip < last; ++strip) {
    const std::uint32_t begin = strip * kStripBlocks, end = std::min(begin + kStripBlocks, block.gate.row_blocks());
    const std::uint32_t n = std::min(kStrip, block.gate.rows() - strip * kStrip);
    rows.in.multiply(*limits_.kernels, block.gate, begin, end, rows.in_tile, rows.columns, gate, kStrip, false);
    rows.in.multiply(*limits_.kernels, block.up, begin, end, rows.in_tile, rows.columns, up, kStrip, false);
    for (std::uint32_t c = 0; c < rows.columns; ++c) {
      float* values = gate + c * kStrip;
      limits_.kernels->swiglu(values, up + c * kStrip, values, n);
      for (std::uint32_t i = 0; i < n && rows.scales != nullptr; ++i) values[i] *= rows.scales[c];
      rows.out.write(*limits_.kernels, rows.group, rows.from + c, strip * kStrip, n, values, rows.start);
    }
  }
}

void ResidualDecoder::write_attended(std::uint32_t thread, std::uint32_t rows, std::uint32_t width, const float* attended,
                                     std::size_t stride) {
  limits_.pool->parallel(thread, rows, 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t row = begin; row < end; ++row)
      attended_tiles_.write(*limits_.kernels, rows, row, 0, width, attended + row * stride);
  });
}

void ResidualDecoder::compute_logits(std::uint32_t thread, const Batch& batch) {
  const std::uint32_t count = static_cast<std::uint32_t>(batch.logit_rows.size()), width = stream_.shape.width;
  limits_.pool->parallel(thread, count, 1, [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin; i < end; ++i) {
      limits_.kernels->rms_norm(stream_row(batch.logit_rows[i]), stream_.output_norm.data(), scratch(thread), width,
                                stream_.shape.epsilon);
      logit_tiles_.write(*limits_.kernels, count, i, 0, width, scratch(thread));
    }
  });
  const Projection logits[] = {{output(), nullptr, logits_.as<float>(), vocabulary_stride_}};
  project(thread, count, logit_tiles_, logits);
}

}  // namespace lemma
