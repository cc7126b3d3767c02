// Normalisation form C: the Unicode Standard's own examples, marks in any order, Hangul, exclusions, and bytes that are no UTF-8.
// packages/engine's tests compare thousands of strings with the JavaScript engine's.

#include "nfc.h"

#include "check.h"

using lemma::is_surely_nfc;
using lemma::to_nfc;

TEST(composes) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"hello", "hello"},
      {"e\u0301", "\u00e9"},
      {"\u00e9", "\u00e9"},
      {"A\u030a", "\u00c5"},
      {"\u212b", "\u00c5"},                          // Angstrom sign: a singleton
      {"s\u0307\u0323", "\u1e69"},                   // marks change places, then both join
      {"\u1e69", "\u1e69"},
      {"d\u0307\u0323", "\u1e0d\u0307"},
      {"a\u0301\u0301", "\u00e1\u0301"},             // the second has the class of the first: blocked
      {"\u0301e", "\u0301e"},                        // nothing before the mark
      {"=\u0338", "\u2260"},
      {"\u0958", "\u0915\u093c"},                    // excluded from composition
      {"\u0344", "\u0308\u0301"},
      {"\u1112\u1161\u11ab", "\ud55c"},              // Hangul: lead, vowel, trail
      {"\ud558\u11ab", "\ud55c"},
      {"\ud55c\u11ab", "\ud55c\u11ab"},              // a syllable with a trail takes no other
      {"\u1112\u11ab", "\u1112\u11ab"},
      {"\U0001d15e", "\U0001d157\U0001d165"},        // beyond 16 bits
      {"\u6f22\u5b57\uf900", "\u6f22\u5b57\u8c48"},  // a compatibility ideograph is a singleton
  };
  for (const auto& [text, expected] : cases) {
    CHECK_EQ(to_nfc(text), expected);
    CHECK_EQ(to_nfc(expected), expected);
    if (is_surely_nfc(text)) CHECK_EQ(std::string(text), expected);
  }
}

TEST(knows_plain_text) {
  for (const char* const text : {"", "hello", "\u00e9t\u00e9", "\u89e3\u65b9\u7a0b 3x\u3002", "\ud55c", "\U0001F642", "\xff\xcc", "\xcc\x81x"}) {
    const bool has_mark = std::string_view(text) == "\xcc\x81x";
    CHECK_EQ(is_surely_nfc(text), !has_mark);
  }
}

TEST(keeps_bytes_that_are_no_utf8) {
  CHECK_EQ(to_nfc("e\xff\u0301\xe8\xa7"), "e\xff\u0301\xe8\xa7");
  CHECK_EQ(to_nfc("\xff" "e\u0301\xcc"), "\xff\u00e9\xcc");
}

TEST(many_marks_take_no_more_than_their_sorting) {
  std::string text = "a";
  std::string expected = "\u1ea1";  // over U+0334, which joins with nothing here, the first U+0323 joins with the letter
  for (int i = 0; i < 100000; ++i) text += i % 2 == 0 ? "\u0323\u0334" : "\u0334\u0323";
  for (int i = 0; i < 100000; ++i) expected += "\u0334";
  for (int i = 1; i < 100000; ++i) expected += "\u0323";
  CHECK(to_nfc(text) == expected);
}
