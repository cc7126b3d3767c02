// Signs documents: all that `dedup` compares them by, in one pass over their text. The same as the TypeScript signer, bit by bit
// (typescript-signer.ts); that one is the specification. Knows nothing of JavaScript.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "buffer.h"
#include "characters.h"
#include "dispatch.h"

namespace lemma_data {

struct Scheme {
  bool near;   // shingles and bands too, not only the exact key
  bool words;  // shingles of words, or of characters
  std::uint32_t size, bands, rows;
};

/// What is known of the documents so far, a column each.
struct Columns {
  void clear() {
    ids.clear();
    for (Buffer<std::uint32_t>* column : {&id_ends, &lengths, &exact, &band_keys, &places}) column->clear();
  }

  Buffer<std::uint8_t> ids;             // UTF-8, one behind another
  Buffer<std::uint32_t> id_ends;        // in bytes
  Buffer<std::uint32_t> lengths;        // of the texts, in UTF-16 units
  Buffer<std::uint32_t> exact;          // 4 words each
  Buffer<std::uint32_t> band_keys;      // 2 words a band, document after document
  Buffer<std::uint32_t> places;         // first shingle since they were taken last, and how many
};

enum class Stop { end, full, line };

class Signer {
 public:
  /// The permutations are those of MinHasher; tables must outlive the signer.
  Signer(const Scheme& scheme, std::span<const std::int32_t> a, std::span<const std::int32_t> b, const Characters& characters,
         const Dispatch& chosen);

  /// Signs the documents of JSONL from `at` on; moves `at` behind the last one. Stops at the end, where `limit` words of shingles are
  /// there (full), or before a line that is for TypeScript.
  Stop lines(std::span<const std::uint8_t> bytes, std::size_t& at, std::size_t limit);

  /// Signs a text; false, and nothing is signed, where it is for TypeScript.
  bool text(std::span<const std::uint8_t> id, std::span<const char16_t> text);

  /// Signs a text that is in normal form; `length` is that of the text it was.
  void normal(std::span<const std::uint8_t> id, std::uint32_t length, std::span<const char16_t> normal);

  const Columns& columns() const { return columns_; }
  /// The hashes, two words each, as they stand in the texts.
  const Buffer<std::uint32_t>& shingles() const { return shingles_; }
  void clear_shingles() { shingles_.clear(); }

  /// Forgets all documents; the memory is kept for the next ones.
  void reset();

 private:
  void words(std::span<const char16_t> normal);
  void points(std::span<const char16_t> text);
  void add_unit(std::uint32_t a, std::uint32_t b);
  void sign_bands(const std::uint32_t* hashes, std::size_t count);
  void exact_key(std::span<const char16_t> exact);

  Scheme scheme_;
  Characters characters_;
  Dispatch dispatch_;
  std::vector<std::int32_t> a_, b_, minima_;
  Columns columns_;
  Buffer<std::uint32_t> shingles_, unit_a_, unit_b_, starts_, lengths_;
  Buffer<char16_t> normal_, exact_;
};

}  // namespace lemma_data
