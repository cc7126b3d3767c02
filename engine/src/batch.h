// One forward pass's input: rows (tokens) of several sequences, and which rows want logits. Filled by the scheduler, read by decoders.
#pragma once

#include <cstdint>
#include <vector>

namespace lemma {

/// Consecutive tokens of one sequence: rows [first_row, first_row + rows) at positions from `position` on.
struct BatchPart {
  std::uint32_t first_row;
  std::uint32_t rows;
  std::uint32_t position;
  std::uint32_t prompt;        // tokens of the sequence that are its prompt, whatever was cached, cut into chunks or computed again
  const std::uint32_t* pages;  // page numbers of the whole sequence, covering position + rows tokens
};

struct Batch {
  std::vector<std::uint32_t> tokens;       // [rows]
  std::vector<BatchPart> parts;
  std::vector<std::uint32_t> logit_rows;   // rows whose logits are wanted, ascending

  std::uint32_t rows() const { return static_cast<std::uint32_t>(tokens.size()); }
  void clear() {
    tokens.clear();
    parts.clear();
    logit_rows.clear();
  }
};

}  // namespace lemma
