// ThinkParser: thought and answer are the same however the text is cut.

#include "think_parser.h"

#include "check.h"

namespace {

struct Split {
  std::string reasoning;
  std::string answer;
};

/// Parses in pieces of `step` bytes and shows "thought / answer".
std::string parsed(bool inside, std::string_view text, std::size_t step) {
  lemma::ThinkParser parser(inside);
  Split out;
  for (std::size_t at = 0; at < text.size(); at += step) parser.push(text.substr(at, step), out.reasoning, out.answer);
  parser.finish(out.reasoning, out.answer);
  return out.reasoning + " / " + out.answer;
}

void expect(bool inside, std::string_view text, const std::string& wanted, int line) {
  for (std::size_t step = 1; step <= text.size() + 1; ++step) {
    const std::string found = parsed(inside, text, step);
    if (found != wanted) check::fail(__FILE__, line, "in pieces of " + std::to_string(step) + ": " + found);
  }
}

#define EXPECT(inside, text, wanted) expect(inside, text, wanted, __LINE__)

}  // namespace

TEST(splits_thought_and_answer) {
  EXPECT(true, "2+2=4</think>4", "2+2=4 / 4");
  EXPECT(false, "<think>a<b</think>c", "a<b / c");
  EXPECT(false, " \n<think>\na</think>\n\nc\n", "a / c\n");
  EXPECT(false, "plain <think> text", " / plain <think> text");
  EXPECT(false, "  indented", " /   indented");
  EXPECT(true, "no end", "no end / ");
  EXPECT(true, "almost </thin", "almost </thin / ");
  EXPECT(true, "</think>", " / ");
  EXPECT(true, "x</think>y</think>z", "x / y</think>z");
  EXPECT(true, "x<</think>y", "x< / y");
  EXPECT(false, "<thi", " / <thi");
  EXPECT(false, "", " / ");
}

TEST(knows_where_it_is) {
  lemma::ThinkParser parser(true);
  Split out;
  CHECK(parser.inside());
  parser.push("a</thi", out.reasoning, out.answer);
  CHECK(parser.inside());
  CHECK_EQ(out.reasoning, "a");
  parser.push("nk>", out.reasoning, out.answer);
  CHECK(!parser.inside());
  CHECK(!lemma::ThinkParser(false).inside());
}
