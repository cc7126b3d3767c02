#include "signer.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "normal_form.h"
#include "sha256_constants.h"
#include "words.h"

namespace lemma_data {
namespace {

static_assert(std::endian::native == std::endian::little, "files and keys are little-endian words of memory");

std::uint32_t mix(std::uint32_t x) {
  x = (x ^ (x >> 16)) * 0x85ebca6bU;
  x = (x ^ (x >> 13)) * 0xc2b2ae35U;
  return x ^ (x >> 16);
}

template <std::size_t N>
bool starts_with(std::span<const std::uint8_t> bytes, const char (&text)[N]) {
  return bytes.size() >= N - 1 && std::memcmp(bytes.data(), text, N - 1) == 0;
}

}  // namespace

Signer::Signer(const Scheme& scheme, std::span<const std::int32_t> a, std::span<const std::int32_t> b,
               const Characters& characters, const Dispatch& chosen)
    : scheme_(scheme), characters_(characters), dispatch_(chosen), a_(a.begin(), a.end()), b_(b.begin(), b.end()) {
  const std::size_t padded = (a.size() + kLanes - 1) / kLanes * kLanes;
  a_.resize(padded);
  b_.resize(padded);
  minima_.resize(padded);
}

Stop Signer::lines(std::span<const std::uint8_t> bytes, std::size_t& at, std::size_t limit) {
  // A shingle is two words and begins at a letter of its own. What is not written to takes no memory.
  if (at < bytes.size()) shingles_.reserve(shingles_.size() + 2 * std::min(bytes.size() - at, limit));
  while (at < bytes.size()) {
    if (shingles_.size() >= limit) return Stop::full;
    const auto* found = static_cast<const std::uint8_t*>(std::memchr(bytes.data() + at, '\n', bytes.size() - at));
    const std::size_t end = found == nullptr ? bytes.size() : static_cast<std::size_t>(found - bytes.data());
    const std::span<const std::uint8_t> line = bytes.subspan(at, end - at);
    // {"id":"…","text":"…" as the pipeline writes documents; anything else is for JSON.parse.
    constexpr char kId[] = "{\"id\":\"", kText[] = "\",\"text\":\"";
    if (!starts_with(line, kId) || line.back() != '}') return Stop::line;
    std::size_t id_end = sizeof kId - 1;
    while (id_end < line.size() && line[id_end] != '"' && line[id_end] != '\\' && line[id_end] >= 0x20 && line[id_end] < 0x80) ++id_end;
    if (!starts_with(line.subspan(id_end), kText)) return Stop::line;
    const std::uint8_t* text = line.data() + id_end + sizeof kText - 1;
    const std::uint8_t* text_end = normal_from_json(text, line.data() + line.size(), characters_, normal_);
    if (text_end == nullptr || (*text_end != ',' && *text_end != '}')) return Stop::line;
    normal(line.subspan(sizeof kId - 1, id_end - (sizeof kId - 1)), static_cast<std::uint32_t>(normal_.size()),
           {normal_.data(), normal_.size()});
    at = end + (found == nullptr ? 0 : 1);
  }
  return Stop::end;
}

bool Signer::text(std::span<const std::uint8_t> id, std::span<const char16_t> text) {
  if (!normal_from_text(text, characters_, normal_)) return false;
  normal(id, static_cast<std::uint32_t>(text.size()), {normal_.data(), normal_.size()});
  return true;
}

void Signer::normal(std::span<const std::uint8_t> id, std::uint32_t length, std::span<const char16_t> normal) {
  exact_form(normal, characters_, exact_);
  const std::span<const char16_t> exact(exact_.data(), exact_.size());
  const std::size_t first = shingles_.size();
  std::size_t count = 0;
  if (scheme_.near) {
    unit_a_.clear();
    unit_b_.clear();
    if (scheme_.words) {
      words(normal);
    } else {
      points(exact);
    }
    count = unit_a_.size() < scheme_.size ? 0 : unit_a_.size() - scheme_.size + 1;
    // The last vector of the fold reads past the end.
    unit_a_.reserve(unit_a_.size() + scheme_.size + kLanes);
    unit_b_.reserve(unit_b_.size() + scheme_.size + kLanes);
    std::memset(unit_a_.data() + unit_a_.size(), 0, 4 * kLanes);
    std::memset(unit_b_.data() + unit_b_.size(), 0, 4 * kLanes);
    std::uint32_t* hashes = shingles_.extend(2 * count);
    dispatch_.kernels->fold(scheme_.size, unit_a_.data(), unit_b_.data(), count, hashes);
    sign_bands(hashes, count);
  }
  columns_.places.push(static_cast<std::uint32_t>(first / 2));
  columns_.places.push(static_cast<std::uint32_t>(count));
  columns_.lengths.push(length);
  columns_.ids.append(id.data(), id.size());
  columns_.id_ends.push(static_cast<std::uint32_t>(columns_.ids.size()));
  exact_key(exact);
}

void Signer::reset() {
  columns_.clear();
  shingles_.clear();
}

void Signer::add_unit(std::uint32_t a, std::uint32_t b) {
  unit_a_.push(a);
  unit_b_.push(b);
}

void Signer::words(std::span<const char16_t> normal) {
  find_words(normal, characters_, starts_, lengths_);
  const std::size_t count = starts_.size();
  unit_a_.reserve(count + kLanes);
  unit_b_.reserve(count + kLanes);
  dispatch_.kernels->words(normal.data(), starts_.data(), lengths_.data(), count, unit_a_.data(), unit_b_.data());
  unit_a_.set_size(count);
  unit_b_.set_size(count);
}

void Signer::points(std::span<const char16_t> text) {
  unit_a_.reserve(text.size() + 1);
  unit_b_.reserve(text.size() + 1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::uint32_t point = text[i];
    if (is_high(point) && i + 1 < text.size() && is_low(text[i + 1])) point = pair(point, text[++i]);
    add_unit(point, point);
  }
}

void Signer::sign_bands(const std::uint32_t* hashes, std::size_t count) {
  std::uint32_t* keys = columns_.band_keys.extend(2 * std::size_t{scheme_.bands});
  if (count == 0) {
    std::memset(keys, 0, 8 * std::size_t{scheme_.bands});
    return;
  }
  std::fill(minima_.begin(), minima_.end(), 0x7fffffff);
  dispatch_.kernels->minima(hashes, count, a_.data(), b_.data(), minima_.data(), minima_.size());
  const std::int32_t* own = minima_.data();
  for (std::uint32_t band = 0; band < scheme_.bands; ++band) {
    std::uint32_t x = 0x42000000 + band, y = ~x;
    for (std::uint32_t row = 0; row < scheme_.rows; ++row, ++own) {
      const auto minimum = static_cast<std::uint32_t>(*own);
      x = (std::rotl(x, 5) ^ minimum) * 0xcc9e2d51U;
      y = (std::rotl(y, 11) ^ minimum) * 0x1b873593U;
    }
    keys[2 * band] = mix(x ^ std::rotl(y, 16));
    keys[2 * band + 1] = mix(y + keys[2 * band]);
  }
}

void Signer::exact_key(std::span<const char16_t> exact) {
  std::uint32_t state[8];
  std::copy(std::begin(kSha256Start), std::end(kSha256Start), state);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(exact.data());
  const std::size_t size = exact.size_bytes(), whole = size / 64;
  if (whole > 0) dispatch_.sha256(state, bytes, whole);
  std::uint8_t last[128] = {};
  const std::size_t rest = size - 64 * whole;
  if (rest > 0) std::memcpy(last, bytes + 64 * whole, rest);
  last[rest] = 0x80;
  const std::size_t blocks = rest < 56 ? 1 : 2;
  const std::uint64_t bits = 8 * std::uint64_t{size};
  for (std::size_t i = 0; i < 8; ++i) last[64 * blocks - 1 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
  dispatch_.sha256(state, last, blocks);
  std::uint32_t* key = columns_.exact.extend(4);
  for (int i = 0; i < 4; ++i) key[i] = __builtin_bswap32(state[i]);
}

}  // namespace lemma_data
