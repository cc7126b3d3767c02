// Normalisation over arrays of code points, with the tables of nfc_table.h and the formula of Hangul (The Unicode Standard, 3.12).

#include "nfc.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "nfc_table.h"
#include "utf8.h"

namespace lemma {
namespace {

constexpr char32_t kRawByte = 0x110000;  // a byte that is no UTF-8, above all code points
constexpr char32_t kSyllables = 0xAC00, kSyllableCount = 11172;
constexpr char32_t kLeads = 0x1100, kLeadCount = 19;
constexpr char32_t kVowels = 0x1161, kVowelCount = 21;
constexpr char32_t kTrails = 0x11A7, kTrailCount = 28;  // the first stands for none

bool is_flagged(char32_t point) {
  return (kNfcFlags[kNfcFlagIndex[point >> 8U]][(point & 0xFFU) >> 6U] >> (point & 63U) & 1U) != 0;
}

/// 0 for what marks go around; otherwise marks stand in the order of this number.
std::uint8_t combining_class(char32_t point) {
  const auto* const end = std::end(kNfcClasses);
  const auto* const found =
      std::lower_bound(std::begin(kNfcClasses), end, point, [](const NfcClass& one, char32_t p) { return one.last < p; });
  return found != end && found->first <= point ? found->combining : std::uint8_t{0};
}

void append_decomposed(char32_t point, std::vector<char32_t>& out) {
  if (point >= kSyllables && point < kSyllables + kSyllableCount) {
    const char32_t syllable = point - kSyllables;
    out.push_back(kLeads + syllable / (kVowelCount * kTrailCount));
    out.push_back(kVowels + syllable / kTrailCount % kVowelCount);
    if (syllable % kTrailCount != 0) out.push_back(kTrails + syllable % kTrailCount);
    return;
  }
  const auto* const end = std::end(kNfcDecompositions);
  const auto* const found = std::lower_bound(std::begin(kNfcDecompositions), end, point,
                                             [](const NfcDecomposition& one, char32_t p) { return one.point < p; });
  if (found == end || found->point != point) {
    out.push_back(point);
    return;
  }
  const std::span<const char32_t> parts = std::span(kNfcDecomposed).subspan(found->start, found->length);
  out.insert(out.end(), parts.begin(), parts.end());
}

/// The code point that two make together, or 0.
char32_t composed(char32_t first, char32_t second) {
  if (first >= kLeads && first < kLeads + kLeadCount && second >= kVowels && second < kVowels + kVowelCount) {
    return kSyllables + ((first - kLeads) * kVowelCount + (second - kVowels)) * kTrailCount;
  }
  if (first >= kSyllables && first < kSyllables + kSyllableCount && (first - kSyllables) % kTrailCount == 0 &&
      second > kTrails && second < kTrails + kTrailCount) {
    return first + (second - kTrails);
  }
  const auto* const end = std::end(kNfcCompositions);
  const auto* const found = std::lower_bound(
      std::begin(kNfcCompositions), end, second, [first](const NfcComposition& one, char32_t wanted) {
        return one.first != first ? one.first < first : one.second < wanted;
      });
  return found != end && found->first == first && found->second == second ? found->composed : char32_t{0};
}

struct Mark {
  char32_t point;
  std::uint8_t combining;
};

/// Decomposed code points with their classes, runs of marks in the order of their classes.
std::vector<Mark> in_order(const std::vector<char32_t>& points) {
  std::vector<Mark> marks;
  marks.reserve(points.size());
  for (const char32_t point : points) marks.push_back({point, point < kRawByte ? combining_class(point) : std::uint8_t{0}});
  for (std::size_t at = 0; at < marks.size();) {
    std::size_t end = at + 1;
    if (marks[at].combining != 0) {
      while (end < marks.size() && marks[end].combining != 0) ++end;
      std::stable_sort(marks.begin() + static_cast<std::ptrdiff_t>(at), marks.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const Mark& a, const Mark& b) { return a.combining < b.combining; });
    }
    at = end;
  }
  return marks;
}

/// Joins each mark with the last character of class 0 before it, unless one of its class or of a higher one stands between.
void compose(std::vector<Mark>& marks) {
  std::size_t size = 0;
  std::size_t starter = SIZE_MAX;
  for (const Mark mark : marks) {
    if (starter != SIZE_MAX) {
      const bool is_next = starter + 1 == size;
      const bool is_open = is_next || marks[size - 1].combining < mark.combining;
      if (const char32_t joined = is_open ? composed(marks[starter].point, mark.point) : 0; joined != 0) {
        marks[starter].point = joined;
        continue;
      }
    }
    if (mark.combining == 0) starter = size;
    marks[size++] = mark;
  }
  marks.resize(size);
}

}  // namespace

bool is_surely_nfc(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0xCC) {  // below U+0300 nothing is flagged; a stray byte is none of ours
      ++at;
      continue;
    }
    const Utf8Character character = decode_utf8(text, at);
    if (character.length != 0 && is_flagged(character.code_point)) return false;
    at += std::max(character.length, 1U);
  }
  return true;
}

std::string to_nfc(std::string_view text) {
  std::vector<char32_t> points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = decode_utf8(text, at);
    if (character.length == 0) {
      points.push_back(kRawByte + static_cast<unsigned char>(text[at]));
    } else {
      append_decomposed(character.code_point, points);
    }
    at += std::max(character.length, 1U);
  }
  std::vector<Mark> marks = in_order(points);
  compose(marks);
  std::string out;
  out.reserve(text.size());
  for (const Mark& mark : marks) {
    if (mark.point >= kRawByte) {
      out.push_back(static_cast<char>(mark.point - kRawByte));
    } else {
      append_utf8(out, mark.point);
    }
  }
  return out;
}

}  // namespace lemma
