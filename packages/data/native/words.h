// Where the words of a text in normal form are, as shingles.ts cuts them: a run of units inside words, or one that stands alone.
#pragma once

#include <cstdint>
#include <span>

#include "buffer.h"
#include "characters.h"

namespace lemma_data {

/// Fills both with start and length of each word, in UTF-16 units, in order.
void find_words(std::span<const char16_t> text, const Characters& characters, Buffer<std::uint32_t>& starts,
                Buffer<std::uint32_t>& lengths);

}  // namespace lemma_data
