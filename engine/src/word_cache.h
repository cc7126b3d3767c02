// Remembers the tokens of pieces already seen: most text repeats its words. Bounded: emptied when full. One user at a time.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "flat_map.h"

namespace lemma {

class WordCache {
 public:
  static constexpr std::size_t kLongest = 255;               // bytes of a piece worth remembering
  static constexpr std::size_t kEntries = std::size_t{1} << 16U;

  /// The tokens of a piece, empty if it is not known. Valid until the next `put`.
  std::span<const std::uint32_t> find(std::string_view piece) const {
    if (slots_.empty()) return {};
    const Slot& slot = slots_[hash(piece) & (slots_.size() - 1)];
    if (slot.length != piece.size() || std::memcmp(&text_[slot.text], piece.data(), piece.size()) != 0) return {};
    return {&tokens_[slot.tokens], slot.count};
  }

  /// Remembers a piece of 1..kLongest bytes; a piece with the same slot is forgotten.
  void put(std::string_view piece, std::span<const std::uint32_t> tokens) {
    if (slots_.empty() || used_ == kEntries) {
      slots_.assign(kEntries, Slot{});
      text_.clear();
      tokens_.clear();
      used_ = 0;
    }
    Slot& slot = slots_[hash(piece) & (slots_.size() - 1)];
    slot = {static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(tokens_.size()),
            static_cast<std::uint16_t>(piece.size()), static_cast<std::uint16_t>(tokens.size())};
    text_.insert(text_.end(), piece.begin(), piece.end());
    tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
    ++used_;
  }

 private:
  struct Slot {
    std::uint32_t text = 0;
    std::uint32_t tokens = 0;
    std::uint16_t length = 0;
    std::uint16_t count = 0;
  };

  static std::uint64_t hash(std::string_view piece) {
    std::uint64_t value = piece.size();
    std::size_t at = 0;
    for (; at + 8 <= piece.size(); at += 8) {
      std::uint64_t word;
      std::memcpy(&word, piece.data() + at, 8);
      value = mix_bits(value ^ word);
    }
    std::uint64_t rest = 0;
    for (; at < piece.size(); ++at) rest = rest << 8U | static_cast<std::uint8_t>(piece[at]);
    return mix_bits(value ^ rest);
  }

  std::vector<Slot> slots_;  // direct-mapped
  std::vector<char> text_;
  std::vector<std::uint32_t> tokens_;
  std::size_t used_ = 0;
};

}  // namespace lemma
