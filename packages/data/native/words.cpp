#include "words.h"

#include <bit>

namespace lemma_data {
namespace {

constexpr std::size_t kBlock = 64;

/// The words found so far, and the one that is open.
struct Words {
  Buffer<std::uint32_t>&starts, &lengths;
  std::size_t open = 0;
  bool is_open = false;

  void begin(std::size_t at) {
    open = at;
    is_open = true;
  }
  void end(std::size_t at) {
    if (!is_open) return;
    starts.push(static_cast<std::uint32_t>(open));
    lengths.push(static_cast<std::uint32_t>(at - open));
    is_open = false;
  }
};

/// Which of 64 units are inside words, a bit each; false where one of them is a surrogate or stands alone.
bool inside_block(const char16_t* text, const std::uint8_t* flags, std::uint64_t& inside) {
  typedef std::uint16_t Units8 __attribute__((vector_size(16)));
  std::uint64_t found = 0, special = 0;
  Units8 surrogates = {};
  for (std::size_t j = 0; j < kBlock; j += 8) {
    Units8 units;
    __builtin_memcpy(&units, text + j, sizeof units);
    surrogates |= (Units8)((units & 0xF800) == 0xD800);
    std::uint64_t kinds = 0;
#pragma GCC unroll 8
    for (std::size_t k = 0; k < 8; ++k) kinds |= std::uint64_t{flags[text[j + k]]} << (8 * k);
    special |= kinds;
    // The lowest bit of each byte, one beside the other.
    found |= ((kinds & 0x0101010101010101U) * 0x0102040810204080U >> 56) << j;
  }
  std::uint64_t halves[2];
  __builtin_memcpy(halves, &surrogates, sizeof halves);
  inside = found;
  return (special & 0x0202020202020202U) == 0 && (halves[0] | halves[1]) == 0;
}

static_assert(kInside == 1 && kAlone == 2, "inside_block takes these bits");

}  // namespace

void find_words(std::span<const char16_t> text, const Characters& characters, Buffer<std::uint32_t>& starts,
                Buffer<std::uint32_t>& lengths) {
  starts.clear();
  lengths.clear();
  Words words{starts, lengths};
  const std::size_t size = text.size();
  for (std::size_t i = 0; i < size;) {
    std::uint64_t inside = 0;
    if (size - i >= kBlock && inside_block(text.data() + i, characters.flags, inside)) {
      // A bit where a word begins or ends.
      std::uint64_t edges = inside ^ (inside << 1 | std::uint64_t{words.is_open});
      for (; edges != 0; edges &= edges - 1) {
        const std::size_t at = i + static_cast<std::size_t>(std::countr_zero(edges));
        if (words.is_open)
          words.end(at);
        else
          words.begin(at);
      }
      i += kBlock;
      continue;
    }
    for (const std::size_t end = size - i < kBlock ? size : i + kBlock; i < end;) {
      const bool is_pair = is_high(text[i]) && i + 1 < size && is_low(text[i + 1]);
      const std::uint32_t point = is_pair ? pair(text[i], text[i + 1]) : text[i];
      const std::size_t next = i + (is_pair ? 2 : 1);
      const std::uint8_t kind = characters.of(point) & kClassMask;
      if (kind == kInside) {
        if (!words.is_open) words.begin(i);
      } else {
        words.end(i);
        if (kind == kAlone) {
          words.begin(i);
          words.end(next);
        }
      }
      i = next;
    }
  }
  words.end(size);
}

}  // namespace lemma_data
