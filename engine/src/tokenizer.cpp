// Building the indices of a Tokenizer from an untrusted vocabulary, and encoding and decoding with them.

#include "tokenizer.h"

#include <algorithm>

#include "byte_alphabet.h"
#include "nfc.h"
#include "quoted.h"

namespace lemma {
namespace {

constexpr std::size_t kMostTokens = std::size_t{1} << 24U;
constexpr std::size_t kMostBytes = std::size_t{1} << 30U;  // of all tokens together

Status broken(const std::string& problem) { return Status::error(Code::tokenizer, "tokenizer: " + problem); }

}  // namespace

Result<Tokenizer> Tokenizer::create(const TokenizerSource& source) {
  Tokenizer made;
  const std::optional<PreTokenizer> pre = find_pre_tokenizer(source.pre);
  if (!pre) {
    return broken("expected the pre-tokenizer gpt-2, qwen2, llama-bpe, deepseek-r1-qwen or deepseek-v3, found " +
                  quoted(source.pre));
  }
  made.pre_ = *pre;
  made.whole_words_first_ = source.whole_words_first;
  made.composes_ = source.composes;
  LEMMA_TRY(made.add_tokens(source));
  LEMMA_TRY(made.add_merges(source));
  made.bos_ = source.bos;
  made.ends_ = source.ends;
  std::sort(made.ends_.begin(), made.ends_.end());
  made.ends_.erase(std::unique(made.ends_.begin(), made.ends_.end()), made.ends_.end());
  if (made.bos_ && *made.bos_ >= made.size()) return broken("the begin token's id is not in the vocabulary");
  if (!made.ends_.empty() && made.ends_.back() >= made.size()) {
    return broken("an end token's id is " + std::to_string(made.ends_.back()) + ", the vocabulary has " +
                  std::to_string(made.size()) + " tokens");
  }
  return made;
}

Status Tokenizer::add_tokens(const TokenizerSource& source) {
  const std::size_t count = source.tokens.size();
  if (count == 0 || count > kMostTokens) {
    return broken("expected 1 to " + std::to_string(kMostTokens) + " tokens, found " + std::to_string(count));
  }
  if (source.kinds.size() != count) {
    return broken(std::to_string(count) + " tokens have " + std::to_string(source.kinds.size()) + " types");
  }
  std::string spelled;
  offsets_.reserve(count + 1);
  offsets_.push_back(0);
  kinds_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = "token " + std::to_string(i) + " " + quoted(source.tokens[i]);
    if (source.kinds[i] < 1 || source.kinds[i] > 6) {
      return broken(name + " has the type " + std::to_string(source.kinds[i]) + ", expected 1 to 6");
    }
    const auto kind = static_cast<TokenKind>(source.kinds[i]);
    const bool is_spelled = kind == TokenKind::normal || kind == TokenKind::byte;
    spelled.clear();
    if (is_spelled && !append_spelled_bytes(source.tokens[i], spelled)) {
      return broken(name + " holds a character outside of the byte alphabet");
    }
    const std::string_view bytes = is_spelled ? std::string_view(spelled) : source.tokens[i];
    if (bytes_.size() + bytes.size() > kMostBytes) return broken("the tokens have more than 2^30 bytes");
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    kinds_.push_back(kind);
  }
  // Added tokens first: where a normal token spells the same bytes, the added one is what text becomes.
  for (const bool added : {true, false}) {
    for (std::uint32_t i = 0; i < count; ++i) {
      const bool is_normal = kinds_[i] == TokenKind::normal || kinds_[i] == TokenKind::byte;
      if (is_normal == added || kinds_[i] == TokenKind::unused || token_bytes(i).empty()) continue;
      if (added) added_.add(token_bytes(i), i, is_control(i));
      index_.emplace(token_bytes(i), i);
    }
  }
  return Status{};
}

Status Tokenizer::add_merges(const TokenizerSource& source) {
  std::unordered_map<std::string_view, std::uint32_t> normal;  // merges speak of normal tokens only
  normal.reserve(kinds_.size());
  for (std::uint32_t i = 0; i < kinds_.size(); ++i) {
    if (kinds_[i] == TokenKind::normal || kinds_[i] == TokenKind::byte) normal.emplace(token_bytes(i), i);
  }
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const auto found = normal.find({&c, 1});
    if (found == normal.end()) return broken("no token stands for the byte " + std::to_string(byte));
    merges_.set_byte(static_cast<std::uint8_t>(byte), found->second);
  }
  if (source.merges.size() > kMostTokens) return broken("more than 2^24 merges");
  merges_.reserve(source.merges.size());
  std::string left;
  std::string both;
  for (std::size_t i = 0; i < source.merges.size(); ++i) {
    const std::string_view merge = source.merges[i];
    const std::size_t space = merge.find(' ');
    left.clear();
    both.clear();
    if (space == std::string_view::npos || !append_spelled_bytes(merge.substr(0, space), left)) {
      return broken("merge " + std::to_string(i) + " is " + quoted(merge) + ", expected two tokens and a space");
    }
    both = left;
    if (!append_spelled_bytes(merge.substr(space + 1), both)) {
      return broken("merge " + std::to_string(i) + " is " + quoted(merge) + ", expected two tokens and a space");
    }
    const auto first = normal.find(left);
    const auto second = normal.find(std::string_view(both).substr(left.size()));
    const auto result = normal.find(both);
    if (first == normal.end() || second == normal.end() || result == normal.end()) {
      return broken("merge " + std::to_string(i) + " " + quoted(merge) + " speaks of a token that doesn't exist");
    }
    merges_.add(first->second, second->second, result->second);
  }
  return Status{};
}

std::optional<std::uint32_t> Tokenizer::find(std::string_view bytes) const {
  const auto found = index_.find(bytes);
  return found == index_.end() ? std::nullopt : std::optional(found->second);
}

void Tokenizer::encode_piece(std::string_view piece, std::vector<std::uint32_t>& out) const {
  if (whole_words_first_) {
    const auto whole = index_.find(piece);
    if (whole != index_.end() && kinds_[whole->second] == TokenKind::normal) {
      out.push_back(whole->second);
      return;
    }
  }
  merges_.encode(piece, out);
}

void Tokenizer::encode_plain(std::string_view text, WordCache* cache, std::vector<std::uint32_t>& out) const {
  if (composes_ && !is_surely_nfc(text)) {
    encode_pieces(to_nfc(text), cache, out);
  } else {
    encode_pieces(text, cache, out);
  }
}

void Tokenizer::encode_pieces(std::string_view text, WordCache* cache, std::vector<std::uint32_t>& out) const {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = next_piece(pre_, text, at);
    const std::string_view piece = text.substr(at, end - at);
    at = end;
    if (cache == nullptr || piece.size() == 1 || piece.size() > WordCache::kLongest) {
      encode_piece(piece, out);
      continue;
    }
    if (const std::span<const std::uint32_t> known = cache->find(piece); !known.empty()) {
      out.insert(out.end(), known.begin(), known.end());
      continue;
    }
    const std::size_t before = out.size();
    encode_piece(piece, out);
    cache->put(piece, std::span(out).subspan(before));
  }
}

void Tokenizer::encode(std::string_view text, bool control, std::span<const TextRange> literal, WordCache* cache,
                       std::vector<std::uint32_t>& out) const {
  std::size_t plain = 0;  // where the text not yet encoded begins
  std::size_t range = 0;  // the first literal range that ends behind `at`
  for (std::size_t at = 0; at < text.size();) {
    if (!added_.can_start(text[at])) {
      ++at;
      continue;
    }
    while (range < literal.size() && literal[range].end <= at) ++range;
    const bool in_literal = range < literal.size() && literal[range].start <= at;
    AddedMatch found{};
    bool any = added_.match(text, at, text.size(), control && !in_literal, found);
    if (any && is_control(found.token) && range < literal.size() && found.end > literal[range].start) {
      // A control token must not reach into literal text: take the longest that ends before it, or a visible one.
      any = added_.match(text, at, literal[range].start, true, found) ||
            added_.match(text, at, text.size(), false, found);
    }
    if (!any) {
      ++at;
      continue;
    }
    encode_plain(text.substr(plain, at - plain), cache, out);
    out.push_back(found.token);
    plain = at = found.end;
  }
  encode_plain(text.substr(plain), cache, out);
}

std::vector<std::uint32_t> Tokenizer::encode(std::string_view text, bool control) const {
  std::vector<std::uint32_t> out;
  encode(text, control, {}, nullptr, out);
  return out;
}

std::string Tokenizer::decode(std::span<const std::uint32_t> tokens) const {
  std::string out;
  for (const std::uint32_t token : tokens) out += token_bytes(token);
  return out;
}

}  // namespace lemma
