// libFuzzer target: a vocabulary and a text, both hostile. What creation accepts must encode any text to valid tokens and back to
// the same bytes, with and without cache, control tokens and literal ranges.
//
// Input: a byte of flags (bits 0-1 pre-tokenizer, 2 whole words first, 3 control tokens, 4 leave out the 256 byte tokens), then
// lines up to an empty one: "1".."6" and a token of that kind, or "m" and a merge; what follows is the text.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "byte_alphabet.h"
#include "promise.h"
#include "tokenizer.h"
#include "utf8_stream.h"

namespace {

struct Vocabulary {
  std::vector<std::string> tokens;
  std::vector<std::uint8_t> kinds;
  std::vector<std::string> merges;
};

const Vocabulary& byte_tokens() {
  static const Vocabulary made = [] {
    Vocabulary bytes;
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
      std::uint32_t point = 0;  // the alphabet's character of the byte
      while (lemma::kByteOfCharacter[point] != static_cast<int>(byte)) ++point;
      lemma::append_utf8(bytes.tokens.emplace_back(), point);
      bytes.kinds.push_back(1);
    }
    return bytes;
  }();
  return made;
}

// Takes the vocabulary's lines off the front of `input`.
Vocabulary read_vocabulary(std::string_view& input, bool with_bytes) {
  Vocabulary read = with_bytes ? byte_tokens() : Vocabulary();
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(std::min(end + 1, input.size()));
    if (line.empty()) break;
    if (line[0] == 'm') {
      read.merges.emplace_back(line.substr(1));
    } else {
      read.tokens.emplace_back(line.substr(1));
      read.kinds.push_back(static_cast<std::uint8_t>(line[0] - '0'));
    }
  }
  return read;
}

void check(const lemma::Tokenizer& tokenizer, std::string_view text, bool control) {
  const std::vector<std::uint32_t> plain = tokenizer.encode(text, control);
  for (const std::uint32_t token : plain) {
    PROMISE(token < tokenizer.size());
    PROMISE(control || !tokenizer.is_control(token));
  }
  PROMISE(tokenizer.decode(plain) == text);
  lemma::WordCache cache;
  for (int round = 0; round < 2; ++round) {
    std::vector<std::uint32_t> cached;
    tokenizer.encode(text, control, {}, &cache, cached);
    PROMISE(cached == plain);
  }
  const lemma::TextRange literal[] = {{text.size() / 4, text.size() / 2}, {text.size() / 2, text.size() * 3 / 4}};
  std::vector<std::uint32_t> partly;
  tokenizer.encode(text, control, literal, &cache, partly);
  PROMISE(tokenizer.decode(partly) == text);
  lemma::Utf8Stream stream;
  std::string streamed, whole;
  for (const std::uint32_t token : plain) stream.push(tokenizer.token_bytes(token), streamed);
  stream.finish(streamed);
  stream.push(text, whole);
  stream.finish(whole);
  PROMISE(streamed == whole);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::string_view kNames[] = {"gpt-2", "qwen2", "llama-bpe", "deepseek-v3"};
  const std::uint8_t flags = data[0];
  std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Vocabulary vocabulary = read_vocabulary(input, (flags & 16) == 0);
  const std::vector<std::string_view> tokens(vocabulary.tokens.begin(), vocabulary.tokens.end());
  const std::vector<std::string_view> merges(vocabulary.merges.begin(), vocabulary.merges.end());
  const lemma::TokenizerSource source = {.tokens = tokens, .kinds = vocabulary.kinds, .merges = merges, .pre = kNames[flags & 3],
                                         .whole_words_first = (flags & 4) != 0, .bos = {}, .ends = {}};
  const lemma::Result<lemma::Tokenizer> tokenizer = lemma::Tokenizer::create(source);
  if (!tokenizer.ok()) {
    PROMISE(tokenizer.status().code == lemma::Code::tokenizer && !tokenizer.status().message.empty());
    return 0;
  }
  check(tokenizer.value(), std::string(input), (flags & 8) != 0);
  return 0;
}
