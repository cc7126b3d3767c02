// What the kernel knows of characters: tables that TypeScript makes from the runtime's Unicode (native/character-table.ts).
#pragma once

#include <cstddef>
#include <cstdint>

namespace lemma_data {

/// Code points below this have an entry; those above are between words, their own lower case and never composed.
inline constexpr std::size_t kTable = 0xE01F0;

enum Class : std::uint8_t { kBetween = 0, kInside = 1, kAlone = 2 };

inline constexpr std::uint8_t kClassMask = 3;
/// Its normal form hangs on its neighbours or is longer: such texts are for TypeScript.
inline constexpr std::uint8_t kComplex = 4;
/// A mark with a combining class: complex behind another one.
inline constexpr std::uint8_t kMark = 8;
/// White space as /\s/ has it.
inline constexpr std::uint8_t kSpace = 16;

struct Characters {
  const std::uint8_t* flags;        // kTable
  const std::uint16_t* lower_case;  // of each UTF-16 unit
  std::uint8_t of(std::uint32_t point) const { return point < kTable ? flags[point] : std::uint8_t{0}; }
};

inline bool is_high(std::uint32_t unit) { return (unit & 0xFFFFFC00U) == 0xD800; }
inline bool is_low(std::uint32_t unit) { return (unit & 0xFFFFFC00U) == 0xDC00; }
inline std::uint32_t pair(std::uint32_t high, std::uint32_t low) { return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00); }

}  // namespace lemma_data
