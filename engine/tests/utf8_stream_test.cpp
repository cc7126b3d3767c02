// Utf8Stream: the same text however the bytes are cut, and U+FFFD for each maximal ill-formed part.

#include "utf8_stream.h"

#include "check.h"

namespace {

std::string streamed(std::string_view bytes, std::size_t step) {
  lemma::Utf8Stream stream;
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += step) stream.push(bytes.substr(at, step), out);
  stream.finish(out);
  return out;
}

}  // namespace

TEST(any_cut_gives_the_same_text) {
  const std::string text = "aé解\U0001F600z";
  for (std::size_t step = 1; step <= text.size(); ++step) CHECK_EQ(streamed(text, step), text);
}

TEST(holds_back_incomplete_characters) {
  lemma::Utf8Stream stream;
  std::string out;
  stream.push("x\xe8\xa7", out);
  CHECK_EQ(out, "x");
  stream.push("\xa3", out);
  CHECK_EQ(out, "x解");
}

TEST(replaces_ill_formed_parts) {
  // Expectations as in the Unicode Standard's examples and the WHATWG decoder.
  const std::pair<const char*, const char*> cases[] = {
      {"\xff", "\uFFFD"},
      {"a\x80" "b", "a\uFFFDb"},
      {"\xc0\xaf", "\uFFFD\uFFFD"},
      {"\xe0\x80\xaf", "\uFFFD\uFFFD\uFFFD"},
      {"\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},
      {"\xf4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"\xf0\x9f\x98" "x", "\uFFFDx"},
      {"\xe8\xa7\xe8\xa7\xa3", "\uFFFD解"},
      {"\xf0\x9f\x98", "\uFFFD"},
  };
  for (const auto& [bytes, text] : cases) {
    for (std::size_t step = 1; step <= 4; ++step) CHECK_EQ(streamed(bytes, step), text);
  }
}
