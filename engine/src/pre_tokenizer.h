// Splits text into the pieces within which BPE merges: hand-written matchers, equal to the published regular expressions.
//   gpt-2      's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
//   qwen2      (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
//   llama-bpe  as qwen2, with \p{N}{1,3}
// \s is Unicode's White_Space; (?i:) folds ASCII only. A byte that is not part of well-formed UTF-8 counts as one
// character of class "other". No state, no vocabulary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lemma {

enum class PreTokenizer : std::uint8_t { gpt2, qwen2, llama3 };

/// The matcher of a GGUF `tokenizer.ggml.pre` name, or nothing where the name is unknown.
std::optional<PreTokenizer> find_pre_tokenizer(std::string_view name);

/// The end of the piece that begins at `at` (inside `text`); always greater than `at`.
std::size_t next_piece(PreTokenizer kind, std::string_view text, std::size_t at);

}  // namespace lemma
