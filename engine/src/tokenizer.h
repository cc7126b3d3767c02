// Byte-level BPE (GGUF `tokenizer.ggml.model` = "gpt2"): text to tokens and back, byte for byte, invalid UTF-8 included.
// Immutable after creation, so any number of threads may use one.
//
// Encoding: added tokens first (leftmost, then longest); what lies between is composed (NFC) where the vocabulary was made so,
// split by the pre-tokenizer, and each piece is merged. User-defined tokens (type 4, e.g. <think>) are always recognised; control tokens (type 3, e.g. <|user|>) only
// where the caller allows it: text that people wrote must never become one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "added_tokens.h"
#include "bpe.h"
#include "gguf.h"
#include "pre_tokenizer.h"
#include "status.h"
#include "word_cache.h"

namespace lemma {

/// GGUF's token types.
enum class TokenKind : std::uint8_t { normal = 1, unknown = 2, control = 3, user_defined = 4, unused = 5, byte = 6 };

/// What a tokenizer is made from. Texts of normal tokens and merges are in GPT-2's byte alphabet, as in GGUF and in
/// tokenizer.json; those of the other kinds are literal. The views need to live only during `Tokenizer::create`.
struct TokenizerSource {
  std::span<const std::string_view> tokens;
  std::span<const std::uint8_t> kinds;          // one TokenKind a token
  std::span<const std::string_view> merges;     // "left right", best first
  std::string_view pre;                         // name of the pre-tokenizer
  bool whole_words_first = false;               // a piece that is a token needs no merges (Llama 3)
  bool composes = false;                        // text is brought into NFC first (tokenizer.json's normaliser)
  std::optional<std::uint32_t> bos;             // put before a prompt by those templates that want it
  std::vector<std::uint32_t> ends;              // tokens that end a generation
};

/// Bytes [start, end) of a text in which no control token is recognised.
struct TextRange {
  std::size_t start;
  std::size_t end;
};

class Tokenizer {
 public:
  /// Checks and indexes a vocabulary. Error: `tokenizer`, naming the first broken rule.
  static Result<Tokenizer> create(const TokenizerSource& source);
  /// From the keys `tokenizer.ggml.*`. Errors: `tokenizer`, `model_format`.
  static Result<Tokenizer> from_gguf(const GgufFile& file);
  /// Whether the file holds a tokenizer at all.
  static bool present(const GgufFile& file) { return file.find("tokenizer.ggml.model") != nullptr; }

  Tokenizer(Tokenizer&&) = default;
  Tokenizer& operator=(Tokenizer&&) = default;

  std::uint32_t size() const { return static_cast<std::uint32_t>(kinds_.size()); }
  /// The bytes that a token stands for; of control tokens their name. `token` must be below size().
  std::string_view token_bytes(std::uint32_t token) const {
    return {bytes_.data() + offsets_[token], offsets_[token + 1] - offsets_[token]};
  }
  TokenKind kind(std::uint32_t token) const { return kinds_[token]; }
  bool is_control(std::uint32_t token) const {
    return kinds_[token] == TokenKind::control || kinds_[token] == TokenKind::unknown;
  }
  /// The token whose bytes are exactly these; added tokens before normal ones.
  std::optional<std::uint32_t> find(std::string_view bytes) const;
  std::optional<std::uint32_t> bos() const { return bos_; }
  /// Whether text is brought into NFC before it is split: then decoding gives the composed text back.
  bool composes() const { return composes_; }
  std::span<const std::uint32_t> end_tokens() const { return ends_; }

  /// Appends the tokens of `text`. With `control`, control tokens are recognised outside of `literal` (sorted ranges).
  /// `cache` speeds up repeated calls; each user brings its own.
  void encode(std::string_view text, bool control, std::span<const TextRange> literal, WordCache* cache,
              std::vector<std::uint32_t>& out) const;
  std::vector<std::uint32_t> encode(std::string_view text, bool control = false) const;
  /// The bytes of all tokens, one after another. Each must be below size().
  std::string decode(std::span<const std::uint32_t> tokens) const;

 private:
  Tokenizer() = default;
  Status add_tokens(const TokenizerSource& source);
  Status add_merges(const TokenizerSource& source);
  void encode_plain(std::string_view text, WordCache* cache, std::vector<std::uint32_t>& out) const;
  void encode_pieces(std::string_view text, WordCache* cache, std::vector<std::uint32_t>& out) const;
  void encode_piece(std::string_view piece, std::vector<std::uint32_t>& out) const;

  std::vector<char> bytes_;             // of all tokens
  std::vector<std::uint32_t> offsets_;  // size() + 1
  std::vector<TokenKind> kinds_;
  std::unordered_map<std::string_view, std::uint32_t> index_;  // views into bytes_; normal and added tokens
  AddedTokens added_;
  BpeMerges merges_;
  PreTokenizer pre_ = PreTokenizer::gpt2;
  bool whole_words_first_ = false;
  bool composes_ = false;
  std::optional<std::uint32_t> bos_;
  std::vector<std::uint32_t> ends_;
};

}  // namespace lemma
