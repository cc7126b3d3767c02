// Typed access to the keys and tensors of a checked GGUF file. Writers use any integer width for counts: all are read.

#include <algorithm>
#include <cmath>

#include "gguf.h"
#include "gguf_cursor.h"
#include "quoted.h"

namespace lemma {
namespace {

/// An integer of any GGUF width; `negative` says that `bits` is to be read as a signed value below zero.
struct Integer {
  std::uint64_t bits;
  bool negative;
};

template <class T>
Integer widen(const std::uint8_t* at) {
  const T value = load<T>(at);
  return {static_cast<std::uint64_t>(value), value < T{0}};
}

std::optional<Integer> read_integer(GgufType type, const std::uint8_t* at) {
  switch (type) {
    case GgufType::u8: return Integer{load<std::uint8_t>(at), false};
    case GgufType::u16: return Integer{load<std::uint16_t>(at), false};
    case GgufType::u32: return Integer{load<std::uint32_t>(at), false};
    case GgufType::u64: return Integer{load<std::uint64_t>(at), false};
    case GgufType::i8: return widen<std::int8_t>(at);
    case GgufType::i16: return widen<std::int16_t>(at);
    case GgufType::i32: return widen<std::int32_t>(at);
    case GgufType::i64: return widen<std::int64_t>(at);
    default: return std::nullopt;
  }
}

std::size_t integer_bytes(GgufType type) {
  switch (type) {
    case GgufType::u8: case GgufType::i8: return 1;
    case GgufType::u16: case GgufType::i16: return 2;
    case GgufType::u32: case GgufType::i32: return 4;
    case GgufType::u64: case GgufType::i64: return 8;
    default: return 0;
  }
}

std::string show(const Integer& value) {
  return value.negative ? std::to_string(static_cast<std::int64_t>(value.bits)) : std::to_string(value.bits);
}

Status wrong(const std::string& path, std::string_view key, const std::string& problem) {
  return Status::error(Code::model_format, path + ": key " + quoted(key) + ": " + problem);
}

}  // namespace

const GgufValue* GgufFile::find(std::string_view key) const {
  const auto at = std::lower_bound(values_.begin(), values_.end(), key,
                                   [](const GgufValue& value, std::string_view name) { return value.key < name; });
  return at != values_.end() && at->key == key ? &*at : nullptr;
}

const GgufTensor* GgufFile::find_tensor(std::string_view name) const {
  const auto at =
      std::lower_bound(tensors_by_name_.begin(), tensors_by_name_.end(), name,
                       [&](std::uint32_t index, std::string_view wanted) { return tensors_[index].name < wanted; });
  return at != tensors_by_name_.end() && tensors_[*at].name == name ? &tensors_[*at] : nullptr;
}

Status GgufFile::missing(std::string_view key, std::string_view expected) const {
  return wrong(path_, key, "expected " + std::string(expected) + ", found nothing");
}

Result<std::uint64_t> GgufFile::integer(std::string_view key, std::uint64_t low, std::uint64_t high,
                                        std::optional<std::uint64_t> fallback) const {
  const GgufValue* value = find(key);
  if (value == nullptr) {
    if (fallback) return *fallback;
    return missing(key, "an integer");
  }
  const std::optional<Integer> found = read_integer(value->type, value->bytes.data());
  if (!found) return wrong(path_, key, "expected an integer, found another type");
  if (found->negative || found->bits < low || found->bits > high) {
    return wrong(path_, key, "expected an integer from " + std::to_string(low) + " to " + std::to_string(high) +
                                 ", found " + show(*found));
  }
  return found->bits;
}

Result<double> GgufFile::number(std::string_view key, double low, double high, std::optional<double> fallback) const {
  const GgufValue* value = find(key);
  if (value == nullptr) {
    if (fallback) return *fallback;
    return missing(key, "a number");
  }
  double found = 0;
  if (value->type == GgufType::f32) {
    found = static_cast<double>(load<float>(value->bytes.data()));
  } else if (value->type == GgufType::f64) {
    found = load<double>(value->bytes.data());
  } else if (const std::optional<Integer> whole = read_integer(value->type, value->bytes.data())) {
    found = whole->negative ? static_cast<double>(static_cast<std::int64_t>(whole->bits))
                            : static_cast<double>(whole->bits);
  } else {
    return wrong(path_, key, "expected a number, found another type");
  }
  if (!(found >= low && found <= high)) {  // also refuses NaN
    return wrong(path_, key, "expected a number from " + std::to_string(low) + " to " + std::to_string(high) +
                                 ", found " + std::to_string(found));
  }
  return found;
}

Result<bool> GgufFile::boolean(std::string_view key, std::optional<bool> fallback) const {
  const GgufValue* value = find(key);
  if (value == nullptr) {
    if (fallback) return *fallback;
    return missing(key, "a bool");
  }
  if (value->type != GgufType::boolean) return wrong(path_, key, "expected a bool, found another type");
  return value->bytes[0] != 0;
}

Result<std::string_view> GgufFile::string(std::string_view key, std::optional<std::string_view> fallback) const {
  const GgufValue* value = find(key);
  if (value == nullptr) {
    if (fallback) return *fallback;
    return missing(key, "a string");
  }
  std::string_view found;
  if (value->type != GgufType::string || !Cursor(value->bytes).string(found)) {
    return wrong(path_, key, "expected a string, found another type");
  }
  return found;
}

Result<std::vector<std::string_view>> GgufFile::strings(std::string_view key) const {
  const GgufValue* value = find(key);
  if (value == nullptr) return missing(key, "an array of strings");
  if (value->type != GgufType::array || value->element != GgufType::string) {
    return wrong(path_, key, "expected an array of strings, found another type");
  }
  std::vector<std::string_view> found(value->count);  // at least 8 bytes of the file stand behind each
  Cursor in(value->bytes);
  for (std::string_view& string : found) {
    if (!in.string(string)) return wrong(path_, key, "a string passes the end of its array");
  }
  return found;
}

Result<std::vector<std::int64_t>> GgufFile::integers(std::string_view key, std::int64_t low, std::int64_t high) const {
  const GgufValue* value = find(key);
  if (value == nullptr) return missing(key, "an array of integers");
  const std::size_t width = value->type == GgufType::array ? integer_bytes(value->element) : 0;
  if (width == 0) return wrong(path_, key, "expected an array of integers, found another type");
  std::vector<std::int64_t> found(value->count);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Integer one = *read_integer(value->element, value->bytes.data() + i * width);
    found[i] = static_cast<std::int64_t>(one.bits);
    if ((found[i] < 0) != one.negative || found[i] < low || found[i] > high) {
      return wrong(path_, key, "element " + std::to_string(i) + ": expected an integer from " + std::to_string(low) +
                                   " to " + std::to_string(high) + ", found " + show(one));
    }
  }
  return found;
}

Result<const GgufTensor*> GgufFile::tensor(std::string_view name, std::span<const std::uint64_t> extents) const {
  const GgufTensor* found = find_tensor(name);
  std::string shape;
  bool equal = found != nullptr && extents.size() <= 4;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint64_t extent = i < extents.size() ? extents[i] : 1;
    if (i < extents.size()) shape += (i == 0 ? "" : " x ") + std::to_string(extent);
    equal = equal && found->extents[i] == extent;
  }
  if (equal) return found;
  std::string shown = "nothing";
  if (found != nullptr) {
    shown.clear();
    for (std::uint32_t i = 0; i < found->dimensions; ++i) {
      shown += (i == 0 ? "" : " x ") + std::to_string(found->extents[i]);
    }
  }
  return Status::error(Code::model_format,
                       path_ + ": tensor " + quoted(name) + ": expected " + shape + ", found " + shown);
}

}  // namespace lemma
