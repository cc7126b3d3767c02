// The tokenizer: merge order against a naive reference, pieces of all pre-tokenizers, added tokens, bytes that are no UTF-8,
// and the vocabularies that must be refused.

#include "tokenizer.h"

#include <algorithm>
#include <random>

#include "check.h"
#include "vocabulary.h"

using lemma::PreTokenizer;
using lemma::Tokenizer;
using lemma_test::Vocabulary;

namespace {

/// The pieces of a text, joined by '|'.
std::string pieces(PreTokenizer kind, std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = lemma::next_piece(kind, text, at);
    if (end <= at || end > text.size()) return "no progress";
    out += (out.empty() ? "" : "|") + std::string(text.substr(at, end - at));
    at = end;
  }
  return out;
}

/// The tokens of a text, as texts joined by '|'.
std::string shown(const Tokenizer& tokenizer, const std::vector<std::uint32_t>& tokens) {
  std::string out;
  for (const std::uint32_t token : tokens) out += (out.empty() ? "" : "|") + std::string(tokenizer.token_bytes(token));
  return out;
}

}  // namespace

TEST(splits_like_qwen2) {
  const auto split = [](std::string_view text) { return pieces(PreTokenizer::qwen2, text); };
  CHECK_EQ(split("Hello world"), "Hello| world");
  CHECK_EQ(split("x=12+30"), "x|=|1|2|+|3|0");
  CHECK_EQ(split("I'm sure they'LL go, 'tis"), "I|'m| sure| they|'LL| go|,| '|tis");
  CHECK_EQ(split("a  b   \n\n c\t\td  "), "a| | b|   \n\n| c|\t|\td|  ");
  CHECK_EQ(split("(abc) ((abc"), "(abc|)| ((|abc");
  CHECK_EQ(split("a!!\r\n\r\nb ??\n"), "a|!!\r\n\r\n|b| ??\n");
  CHECK_EQ(split("解方程 3x。"), "解方程| |3|x|。");
  CHECK_EQ(split("½ ²"), "½| |²");
  CHECK_EQ(split("a\u00a0b\u2003\u2003c"), "a|\u00a0b|\u2003|\u2003c");
  CHECK_EQ(split("\n \n  x"), "\n \n| | x");
  CHECK_EQ(split(" 1"), " |1");
  CHECK_EQ(split("'"), "'");
  CHECK_EQ(split("é\u0301x"), "é|\u0301x");
}

TEST(splits_like_gpt2) {
  const auto split = [](std::string_view text) { return pieces(PreTokenizer::gpt2, text); };
  CHECK_EQ(split("Hello world 123 !!"), "Hello| world| 123| !!");
  CHECK_EQ(split("they'll they'LL"), "they|'ll| they|'|LL");
  CHECK_EQ(split("a  b\n\nc "), "a| | b|\n|\n|c| ");
  CHECK_EQ(split("x\t\ty"), "x|\t|\t|y");
}

TEST(splits_like_llama3) {
  CHECK_EQ(pieces(PreTokenizer::llama3, "12345 a1"), "123|45| a|1");
  CHECK_EQ(pieces(PreTokenizer::llama3, "we'VE 1234567\n\n x"), "we|'VE| |123|456|7|\n\n| x");
}

TEST(a_long_s_is_an_s_where_case_is_folded) {  // as in Hugging Face's library; not in gpt-2, which folds nothing
  CHECK_EQ(pieces(PreTokenizer::qwen2, "it'\u017ft"), "it|'\u017f|t");
  CHECK_EQ(pieces(PreTokenizer::llama3, "it'\u017f"), "it|'\u017f");
  CHECK_EQ(pieces(PreTokenizer::gpt2, "it'\u017ft"), "it|'|\u017ft");
  CHECK_EQ(pieces(PreTokenizer::deepseek3, "it'\u017ft"), "it|'|\u017ft");
  CHECK_EQ(pieces(PreTokenizer::qwen2, "it'\xc5"), "it|'\xc5");
}

TEST(splits_like_deepseek3) {  // the expected pieces are those of Hugging Face's tokenizers 0.23.2
  const auto split = [](std::string_view text) { return pieces(PreTokenizer::deepseek3, text); };
  CHECK_EQ(split("Hello world 12345"), "Hello| world| |123|45");
  CHECK_EQ(split("they'LL (na\u00efve [x]"), "they|'LL| (|na\u00efve| [|x|]");
  CHECK_EQ(split("(na\u00efve"), "(na|\u00efve");
  CHECK_EQ(split("a  12\u4e2d  b"), "a|  |12|\u4e2d| | b");
  CHECK_EQ(split("x\u200b\u200bab"), "x|\u200b|\u200bab");
  CHECK_EQ(split("a \u200b\u200b b"), "a| |\u200b\u200b| b");
  CHECK_EQ(split("\u200b\u200b"), "\u200b\u200b");
  CHECK_EQ(split("abc\u89e3\u65b9\u7a0b3x\u3002"), "abc|\u89e3\u65b9\u7a0b|3|x|\u3002");
  CHECK_EQ(split("\u30ab\u30fb\u30ca\u30fc\u30a0\u309bb\u3099x"), "\u30ab|\u30fb|\u30ca\u30fc|\u30a0\u309b|b|\u3099|x");
  CHECK_EQ(split("\u30fb\r\n!\r\n"), "\u30fb|\r\n|!\r\n");
  CHECK_EQ(split(" \u30fb \uff01"), " |\u30fb| \uff01");
  CHECK_EQ(split("\u3400\u4e00\u9fa5\u9fa6"), "\u3400|\u4e00\u9fa5|\u9fa6");
  CHECK_EQ(split("e\u0301\u0301 \u0301"), "e\u0301\u0301| \u0301");
  CHECK_EQ(split("\n \n  x"), "\n \n| | x");
}

TEST(treats_bad_utf8_as_symbols) {
  CHECK_EQ(pieces(PreTokenizer::qwen2, "a\xff\xfe" "b"), "a|\xff\xfe|b");
  CHECK_EQ(pieces(PreTokenizer::qwen2, "\xe8\xa7"), "\xe8\xa7");
  CHECK_EQ(pieces(PreTokenizer::gpt2, "\xed\xa0\x80"), "\xed\xa0\x80");  // a surrogate
  CHECK_EQ(pieces(PreTokenizer::deepseek3, "a\xff\xfe" "b!\xff"), "a|\xff\xfe|b|!\xff");
}

TEST(merges_by_rank) {
  Vocabulary vocabulary;
  vocabulary.merge("h", "e");
  vocabulary.merge("l", "l");
  vocabulary.merge("he", "ll");
  vocabulary.merge("a", "a");
  const auto made = vocabulary.make();
  CHECK_EQ(made.status().message, "");
  REQUIRE(made.ok());
  const Tokenizer& tokenizer = made.value();
  CHECK_EQ(shown(tokenizer, tokenizer.encode("hello")), "hell|o");
  CHECK_EQ(shown(tokenizer, tokenizer.encode("aaaaa")), "aa|aa|a");
  CHECK_EQ(shown(tokenizer, tokenizer.encode("lllhe")), "ll|l|he");
  CHECK(tokenizer.encode("").empty());
}

TEST(short_and_long_pieces_agree_with_naive_merging) {
  // Random merges over a, b, c; each piece is merged by the definition: lowest rank first, then leftmost.
  std::mt19937 random(7);
  Vocabulary vocabulary;
  std::vector<std::string> parts = {"a", "b", "c"};
  std::vector<std::pair<std::string, std::string>> merges;
  while (merges.size() < 60) {
    const std::string left = parts[random() % parts.size()];
    const std::string right = parts[random() % parts.size()];
    const std::string both = left + right;
    if (both.size() > 12 || std::find(parts.begin(), parts.end(), both) != parts.end()) continue;
    merges.emplace_back(left, right);
    parts.push_back(both);
    vocabulary.merge(left, right);
  }
  const auto made = vocabulary.make();
  REQUIRE(made.ok());
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (std::size_t length = 1 + random() % 120; length > 0; --length) text += static_cast<char>('a' + random() % 3);
    std::vector<std::string> naive;
    for (const char c : text) naive.emplace_back(1, c);
    for (bool merged = true; merged;) {
      merged = false;
      for (std::size_t rank = 0; rank < merges.size() && !merged; ++rank) {
        for (std::size_t i = 0; i + 1 < naive.size() && !merged; ++i) {
          if (naive[i] != merges[rank].first || naive[i + 1] != merges[rank].second) continue;
          naive[i] += naive[i + 1];
          naive.erase(naive.begin() + static_cast<std::ptrdiff_t>(i) + 1);
          merged = true;
        }
      }
    }
    std::string expected;
    for (const std::string& part : naive) expected += (expected.empty() ? "" : "|") + part;
    CHECK_EQ(shown(made.value(), made.value().encode(text)), expected);
  }
}

TEST(long_input_is_not_quadratic) {
  Vocabulary vocabulary;
  vocabulary.merge("a", "a");
  vocabulary.merge("aa", "aa");
  const auto made = vocabulary.make();
  REQUIRE(made.ok());
  CHECK_EQ(made.value().encode(std::string(1 << 20, 'a')).size(), std::size_t{1} << 18);
  CHECK_EQ(made.value().encode(std::string(1 << 20, ' ')).size(), std::size_t{1} << 20);
  CHECK_EQ(made.value().encode(std::string(1 << 20, '<')).size(), std::size_t{1} << 20);
}

TEST(hostile_text_is_split_in_linear_time) {
  // Each repeated 2^18 times: a matcher that looked to the end of a run for every piece would not return.
  const PreTokenizer kinds[] = {PreTokenizer::gpt2, PreTokenizer::qwen2, PreTokenizer::llama3, PreTokenizer::deepseek3};
  for (const char* unit : {"' ", "\n ", " \n", "  ", "\u200b", "\u200ba", "\u30fb\u30fc", "1\u4e00", "'\u017f", "\xe8", "\u0301!"}) {
    std::string text;
    for (int i = 0; i < 1 << 18; ++i) text += unit;
    for (const PreTokenizer kind : kinds) {
      std::size_t at = 0;
      while (at < text.size()) {
        const std::size_t end = lemma::next_piece(kind, text, at);
        if (end <= at || end > text.size()) break;
        at = end;
      }
      CHECK_EQ(at, text.size());
    }
  }
}

TEST(names_of_pre_tokenizers) {
  CHECK(lemma::find_pre_tokenizer("deepseek-r1-qwen") == PreTokenizer::qwen2);
  CHECK(lemma::find_pre_tokenizer("deepseek-v3") == PreTokenizer::deepseek3);
  CHECK(lemma::find_pre_tokenizer("llama-bpe") == PreTokenizer::llama3);
  CHECK(!lemma::find_pre_tokenizer("deepseek-llm").has_value());
}

TEST(control_tokens_need_permission) {
  const auto made = Vocabulary().make();
  REQUIRE(made.ok());
  const Tokenizer& tokenizer = made.value();
  const std::string text = "<|user|><think>x</think>[BACK]<|end|>";
  CHECK_EQ(tokenizer.decode(tokenizer.encode(text)), text);
  CHECK_EQ(tokenizer.encode(text, true).size(), 6U);
  for (const std::uint32_t token : tokenizer.encode(text)) CHECK(!tokenizer.is_control(token));
  CHECK_EQ(shown(tokenizer, tokenizer.encode("<think>x")), "<think>|x");
  CHECK(tokenizer.find("<|user|>").has_value());
  CHECK(tokenizer.is_control(*tokenizer.find("<|user|>")));
  CHECK(!tokenizer.is_control(*tokenizer.find("<think>")));
  CHECK(!tokenizer.find("<|nobody|>").has_value());
}

TEST(literal_ranges_hold_back_control_tokens) {
  const auto made = Vocabulary().make();
  REQUIRE(made.ok());
  const Tokenizer& tokenizer = made.value();
  const std::string text = "<|user|>a<|end|>b<|end|>";
  const lemma::TextRange literal[] = {{8, 17}};
  std::vector<std::uint32_t> tokens;
  tokenizer.encode(text, true, literal, nullptr, tokens);
  CHECK_EQ(shown(tokenizer, tokens), "<|user|>|a|<|||e|n|d|||>|b|<|end|>");
  // Nor may one begin before a literal range and end inside it.
  const lemma::TextRange tail[] = {{12, 16}};
  tokens.clear();
  tokenizer.encode("<|user|>a<|end|>", true, tail, nullptr, tokens);
  CHECK_EQ(tokens.size(), 9U);
  CHECK_EQ(tokenizer.decode(tokens), "<|user|>a<|end|>");
}

TEST(longest_added_token_wins) {
  Vocabulary vocabulary;
  vocabulary.add("\\boxed", 4);
  vocabulary.add("\\boxed{", 4);
  const auto made = vocabulary.make();
  REQUIRE(made.ok());
  CHECK_EQ(shown(made.value(), made.value().encode("\\boxed{4}\\boxed")), "\\boxed{|4|}|\\boxed");
}

TEST(all_bytes_come_back) {
  Vocabulary vocabulary;
  vocabulary.merge("\xe8", "\xa7");
  const auto made = vocabulary.make();
  REQUIRE(made.ok());
  std::mt19937 random(11);
  lemma::WordCache cache;
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (std::size_t length = random() % 80; length > 0; --length) {
      bytes += static_cast<char>(random() % 4 == 0 ? random() : "<|end>ab 1\n\xe8\xa7\xa3"[random() % 15]);
    }
    std::vector<std::uint32_t> tokens;
    made.value().encode(bytes, round % 2 == 0, {}, &cache, tokens);
    CHECK(made.value().decode(tokens) == bytes);
    CHECK(tokens == made.value().encode(bytes, round % 2 == 0));  // with and without the cache
  }
}

TEST(composes_between_added_tokens) {
  Vocabulary vocabulary;
  vocabulary.merge("\xc3", "\xa9");
  const auto made_plain = vocabulary.make();
  vocabulary.composes = true;
  const auto made_composing = vocabulary.make();
  const Tokenizer& plain = made_plain.value();
  const Tokenizer& composing = made_composing.value();
  CHECK(composing.composes() && !plain.composes());
  CHECK_EQ(shown(composing, composing.encode("e\u0301")), "\u00e9");
  CHECK_EQ(plain.decode(plain.encode("e\u0301")), "e\u0301");
  // A mark behind an added token has nothing before it to join with.
  CHECK_EQ(composing.decode(composing.encode("<think>\u0338e\u0301")), "<think>\u0338\u00e9");
  CHECK_EQ(composing.find("<think>").value(), composing.encode("<think>\u0338")[0]);
  CHECK_EQ(composing.decode(composing.encode("e\xff\u0301")), "e\xff\u0301");
}

TEST(whole_words_first_skips_merges) {
  Vocabulary vocabulary;
  vocabulary.add(lemma_test::spelled("abc"), 1);  // no merge leads here
  CHECK_EQ(vocabulary.make(false).value().encode("abc").size(), 3U);
  CHECK_EQ(vocabulary.make(true).value().encode("abc").size(), 1U);
}

TEST(refuses_broken_vocabularies) {
  const auto message = [](auto&& change) {
    Vocabulary vocabulary;
    change(vocabulary);
    const auto made = vocabulary.make();
    return made.ok() ? std::string("made") : made.status().message;
  };
  const auto has = [](const std::string& text, const char* words) {
    if (text.find(words) == std::string::npos) check::fail(__FILE__, __LINE__, text);
  };
  has(message([](Vocabulary& v) { v.tokens.clear(); v.kinds.clear(); }), "found 0");
  has(message([](Vocabulary& v) { v.kinds.pop_back(); }), "264 types");
  has(message([](Vocabulary& v) { v.kinds[3] = 0; }), "expected 1 to 6");
  has(message([](Vocabulary& v) { v.tokens[7] = "x y"; }), "byte alphabet");
  has(message([](Vocabulary& v) { v.tokens[7] = v.tokens[8]; }), "no token stands for the byte 7");
  has(message([](Vocabulary& v) { v.merges.push_back("ab"); }), "two tokens and a space");
  has(message([](Vocabulary& v) { v.merges.push_back("a b"); }), "doesn't exist");
  has(message([](Vocabulary& v) { v.merges.push_back("a <think>"); }), "doesn't exist");
  has(message([](Vocabulary& v) { v.pre = "tekken"; }), "found \"tekken\"");
  has(message([](Vocabulary& v) { v.tokens.resize(257); v.kinds.resize(257); }), "an end token's id is 257");
}
