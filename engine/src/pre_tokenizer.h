// Splits text into the pieces within which BPE merges: hand-written matchers, equal to the published regular expressions.
//   gpt-2        's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
//   qwen2        (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
//   llama-bpe    as qwen2, with \p{N}{1,3}
//   deepseek-v3  three expressions, each cutting all pieces of the one before; what lies between matches is a piece, too:
//                \p{N}{1,3}   then   [一-龥぀-ゟ゠-ヿ]+   then
//                [!-/:-@\[-`{-~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
// \s is Unicode's White_Space, and (?i:s) is s, S and U+017F: as in Hugging Face's library, which the models were trained with.
// A byte that is not part of well-formed UTF-8 counts as U+FFFD. No state, no vocabulary; time linear in the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lemma {

enum class PreTokenizer : std::uint8_t { gpt2, qwen2, llama3, deepseek3 };

/// The matcher of a GGUF `tokenizer.ggml.pre` name, or nothing where the name is unknown. `deepseek-r1-qwen` is qwen2's.
std::optional<PreTokenizer> find_pre_tokenizer(std::string_view name);

/// The end of the piece that begins at `at` (inside `text`); always greater than `at`. The pieces of a text are those of
/// repeated calls from its beginning.
std::size_t next_piece(PreTokenizer kind, std::string_view text, std::size_t at);

}  // namespace lemma
