// Parses and checks a GGUF file: the rules of gguf.h, each in one place. Owns no storage and knows no architecture.

#include <algorithm>
#include <bit>
#include <numeric>

#include "gguf.h"
#include "gguf_cursor.h"
#include "quoted.h"

namespace lemma {
namespace {

constexpr std::uint64_t kSmallestValue = 8 + 1 + 4 + 1;           // key length, key, type, one byte
constexpr std::uint64_t kSmallestTensor = 8 + 1 + 4 + 8 + 4 + 8;  // name, dims, one extent, type, offset

constexpr std::string_view kTypeNames[] = {"u8",   "i8",     "u16",   "i16", "u32", "i32", "f32",
                                           "bool", "string", "array", "u64", "i64", "f64"};
constexpr std::uint8_t kTypeBytes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};  // 0: variable

std::string text(std::uint64_t number) { return std::to_string(number); }

}  // namespace

/// One parse of one file. `run` fills the file's tables or returns the first broken rule.
class GgufParser {
 public:
  GgufParser(std::span<const std::uint8_t> bytes, GgufFile& file) : bytes_(bytes), in_(bytes), file_(file) {}

  Status run() {
    std::uint64_t tensors = 0;
    std::uint64_t keys = 0;
    if (Status status = header(tensors, keys); !status.ok()) return status;
    for (std::uint64_t i = 0; i < keys; ++i) {
      if (Status status = key(); !status.ok()) return status;
    }
    if (Status status = sort_keys(); !status.ok()) return status;
    if (Status status = read_split(); !status.ok()) return status;
    if (Status status = read_alignment(); !status.ok()) return status;
    for (std::uint64_t i = 0; i < tensors; ++i) {
      if (Status status = tensor(); !status.ok()) return status;
    }
    if (Status status = sort_names(); !status.ok()) return status;
    return place();
  }

 private:
  Status broken(const std::string& problem) const {
    return Status::error(Code::model_format, file_.path_ + ": " + problem);
  }
  Status short_of(const std::string& what) const {
    return broken(what + " at byte " + text(in_.position()) + " does not fit in the " + text(in_.left()) +
                  " bytes left of the file");
  }

  Status header(std::uint64_t& tensors, std::uint64_t& keys) {
    std::span<const std::uint8_t> magic;
    std::uint32_t version = 0;
    if (!in_.take(4, magic)) return short_of("the header");
    if (!std::equal(magic.begin(), magic.end(), "GGUF")) {
      return broken("expected a GGUF file, found the first bytes " +
                    quoted({reinterpret_cast<const char*>(magic.data()), 4}));
    }
    if (!in_.read(version)) return short_of("the version");
    if (version == 0x03000000) return broken("expected a little-endian GGUF file, found a big-endian one");
    if (version != 2 && version != 3) return broken("expected GGUF version 2 or 3, found " + text(version));
    if (!in_.read(tensors) || !in_.read(keys)) return short_of("the counts");
    if (keys > in_.left() / kSmallestValue) return short_of("a list of " + text(keys) + " keys");
    if (tensors > in_.left() / kSmallestTensor) return short_of("a list of " + text(tensors) + " tensors");
    file_.values_.reserve(keys);
    file_.tensors_.reserve(tensors);
    return Status{};
  }

  Status key() {
    GgufValue value{};
    std::uint32_t type = 0;
    if (!in_.string(value.key)) return short_of("a key");
    if (value.key.empty() || value.key.size() > 65535) {
      return broken("a key has " + text(value.key.size()) + " bytes, expected 1 to 65535");
    }
    if (!std::all_of(value.key.begin(), value.key.end(), [](char c) { return c > 32 && c < 127; })) {
      return broken("key " + quoted(value.key) + " holds something other than printable ASCII");
    }
    const std::string where = "key " + quoted(value.key);
    if (!in_.read(type)) return short_of(where + ": its type");
    if (type >= std::size(kTypeNames)) return broken(where + " has the unknown value type " + text(type));
    value.type = static_cast<GgufType>(type);
    const std::uint64_t start = in_.position();
    if (Status status = skip(value.type, where, 0, value); !status.ok()) return status;
    if (value.type != GgufType::array) value.bytes = in_.since(start);
    file_.values_.push_back(value);
    return Status{};
  }

  /// Steps over one value, checking it. For the outermost array, notes element type, count and payload in `value`.
  Status skip(GgufType type, const std::string& where, int depth, GgufValue& value) {
    std::span<const std::uint8_t> raw;
    if (type == GgufType::string) {
      std::string_view ignored;
      return in_.string(ignored) ? Status{} : short_of(where + ": a string");
    }
    if (type != GgufType::array) {
      const auto index = static_cast<std::size_t>(type);
      if (!in_.take(kTypeBytes[index], raw)) return short_of(where + ": a " + std::string(kTypeNames[index]));
      if (type == GgufType::boolean && raw[0] > 1) {
        return broken(where + " is a bool of value " + text(raw[0]) + ", expected 0 or 1");
      }
      return Status{};
    }
    if (depth == kMaxArrayDepth) {
      return broken(where + " nests arrays more than " + std::to_string(kMaxArrayDepth) + " deep");
    }
    std::uint32_t element = 0;
    std::uint64_t count = 0;
    if (!in_.read(element) || !in_.read(count)) return short_of(where + ": an array's head");
    if (element >= std::size(kTypeNames)) return broken(where + " has the unknown element type " + text(element));
    const auto inner = static_cast<GgufType>(element);
    const std::uint64_t smallest = kTypeBytes[element] != 0 ? kTypeBytes[element] : inner == GgufType::string ? 8 : 12;
    if (count > in_.left() / smallest) {
      return short_of(where + ": an array of " + text(count) + " values of type " + std::string(kTypeNames[element]));
    }
    const std::uint64_t start = in_.position();
    if (kTypeBytes[element] != 0) {
      in_.take(count * smallest, raw);
      if (inner == GgufType::boolean && std::any_of(raw.begin(), raw.end(), [](std::uint8_t b) { return b > 1; })) {
        return broken(where + " holds a bool that is neither 0 nor 1");
      }
    } else {
      for (std::uint64_t i = 0; i < count; ++i) {
        if (Status status = skip(inner, where, depth + 1, value); !status.ok()) return status;
      }
    }
    if (depth == 0) {
      value.element = inner;
      value.count = count;
      value.bytes = in_.since(start);
    }
    return Status{};
  }

  Status sort_keys() {
    std::vector<GgufValue>& values = file_.values_;
    std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    const auto twin = std::adjacent_find(values.begin(), values.end(),
                                         [](const auto& a, const auto& b) { return a.key == b.key; });
    return twin == values.end() ? Status{} : broken("key " + quoted(twin->key) + " appears twice");
  }

  Status read_split() {
    constexpr std::uint64_t kMostParts = 99999, kMostTensors = std::uint64_t{1} << 31U;
    LEMMA_ASSIGN(const std::uint64_t count, file_.integer("split.count", 0, kMostParts, 1));
    if (count < 2) return Status{};
    LEMMA_ASSIGN(const std::uint64_t number, file_.integer("split.no", 0, count - 1));
    LEMMA_ASSIGN(const std::uint64_t tensors, file_.integer("split.tensors.count", 0, kMostTensors));
    file_.split_ = {static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(count), tensors};
    return Status{};
  }

  Status read_alignment() {
    const Result<std::uint64_t> alignment = file_.integer("general.alignment", 8, kMaxAlignment, 32);
    if (!alignment.ok()) return alignment.status();
    alignment_ = alignment.value();
    if (!std::has_single_bit(alignment_)) {
      return broken("general.alignment is " + text(alignment_) + ", expected a power of two");
    }
    return Status{};
  }

  Status tensor() {
    GgufTensor tensor{};
    std::uint32_t type_id = 0;
    if (!in_.string(tensor.name)) return short_of("a tensor's name");
    if (tensor.name.empty() || tensor.name.size() > 64) {
      return broken("tensor name " + quoted(tensor.name) + " has " + text(tensor.name.size()) +
                    " bytes, expected 1 to 64");
    }
    const std::string where = "tensor " + quoted(tensor.name);
    if (!in_.read(tensor.dimensions)) return short_of(where + ": its dimensions");
    if (tensor.dimensions < 1 || tensor.dimensions > 4) {
      return broken(where + " has " + text(tensor.dimensions) + " dimensions, expected 1 to 4");
    }
    std::uint64_t elements = 1;
    for (std::uint32_t i = 0; i < 4; ++i) {
      tensor.extents[i] = 1;
      if (i < tensor.dimensions && !in_.read(tensor.extents[i])) return short_of(where + ": its extents");
      if (tensor.extents[i] == 0) return broken(where + " has an extent of 0");
      if (__builtin_mul_overflow(elements, tensor.extents[i], &elements) || elements > INT64_MAX) {
        return broken(where + " has more than 2^63 elements");
      }
    }
    std::uint64_t offset = 0;
    if (!in_.read(type_id) || !in_.read(offset)) return short_of(where + ": its type and offset");
    const TensorTypeInfo* info = lemma::find_tensor_type(type_id);
    if (info == nullptr) return unsupported_type(where, type_id);
    tensor.type = static_cast<TensorType>(type_id);
    if (tensor.extents[0] % info->block_elements != 0) {
      return broken(where + " has rows of " + text(tensor.extents[0]) + " elements, expected a multiple of " +
                    text(info->block_elements) + " for " + std::string(info->name));
    }
    std::uint64_t size = 0;
    if (__builtin_mul_overflow(elements / info->block_elements, std::uint64_t{info->block_bytes}, &size)) {
      return broken(where + " has more than 2^64 bytes");
    }
    if (offset % alignment_ != 0) {
      return broken(where + " starts at offset " + text(offset) + ", expected a multiple of " + text(alignment_));
    }
    file_.tensors_.push_back(tensor);
    ranges_.push_back({offset, size});
    return Status{};
  }

  Status unsupported_type(const std::string& where, std::uint32_t id) const {
    std::string found = "the unknown type " + text(id);
    for (const ForeignTensorType& foreign : kForeignTensorTypes) {
      if (foreign.id == id) found = "type " + std::string(foreign.name);
    }
    std::string known;
    for (const TensorTypeInfo& info : kTensorTypes) known += (known.empty() ? "" : ", ") + std::string(info.name);
    return Status::error(Code::model_unsupported,
                         file_.path_ + ": " + where + " has " + found + ", supported: " + known);
  }

  Status sort_names() {
    const std::vector<GgufTensor>& tensors = file_.tensors_;
    std::vector<std::uint32_t>& order = file_.tensors_by_name_;
    if (tensors.size() > UINT32_MAX) return broken("more than 2^32 tensors");
    order.resize(tensors.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return tensors[a].name < tensors[b].name; });
    const auto twin = std::adjacent_find(order.begin(), order.end(),
                                         [&](auto a, auto b) { return tensors[a].name == tensors[b].name; });
    return twin == order.end() ? Status{} : broken("tensor " + quoted(tensors[*twin].name) + " appears twice");
  }

  /// Turns offsets into spans, once the data section's start is known.
  Status place() {
    const std::uint64_t padding = (alignment_ - in_.position() % alignment_) % alignment_;
    if (!file_.tensors_.empty() && padding > in_.left()) return short_of("the padding before the data");
    const auto data = bytes_.subspan(std::min<std::uint64_t>(in_.position() + padding, bytes_.size()));
    std::vector<std::uint32_t> order(ranges_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return ranges_[a].offset < ranges_[b].offset; });
    std::uint64_t end = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      GgufTensor& tensor = file_.tensors_[order[i]];
      const Range range = ranges_[order[i]];
      if (range.offset > data.size() || range.bytes > data.size() - range.offset) {
        return broken("tensor " + quoted(tensor.name) + " needs " + text(range.bytes) + " bytes at offset " +
                      text(range.offset) + ", the file's data section has " + text(data.size()));
      }
      if (range.offset < end) {
        return broken("tensors " + quoted(file_.tensors_[order[i - 1]].name) + " and " + quoted(tensor.name) +
                      " overlap");
      }
      end = range.offset + range.bytes;
      tensor.data = data.subspan(range.offset, range.bytes);
    }
    return Status{};
  }

  struct Range {
    std::uint64_t offset;
    std::uint64_t bytes;
  };

  std::span<const std::uint8_t> bytes_;
  Cursor in_;
  GgufFile& file_;
  std::uint64_t alignment_ = 32;
  std::vector<Range> ranges_;
};

Result<GgufFile> GgufFile::parse(std::span<const std::uint8_t> bytes, const std::string& name) {
  GgufFile file;
  file.path_ = name;
  if (Status status = GgufParser(bytes, file).run(); !status.ok()) return status;
  return file;
}

}  // namespace lemma
