// Comparing files and writing images. Tokenizers are compared by hash: they are megabytes, and nobody needs their old bytes.

#include "model_schema.h"

#include <algorithm>
#include <functional>

#include "quoted.h"

namespace lemma {
namespace {

constexpr std::uint64_t kAlignment = 32;

std::string_view view(std::span<const std::uint8_t> bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::uint64_t hash_of(std::span<const std::uint8_t> bytes) { return std::hash<std::string_view>()(view(bytes)); }

bool is_of_tokenizer(std::string_view key) { return key.starts_with("tokenizer."); }

std::string shown(const char* type, std::span<const std::uint64_t> shape) {
  std::string text = std::string(type) + " [";
  for (const std::uint64_t extent : shape) text += (text.back() == '[' ? "" : ", ") + std::to_string(extent);
  return text + "]";
}

std::string shown(const GgufTensor& tensor) {
  return shown(tensor_type_info(tensor.type).name, {tensor.extents, tensor.dimensions});
}

std::string shown(const TensorInfo& tensor) { return shown(tensor.type.c_str(), tensor.shape); }

std::uint64_t bytes_of(TensorType type, std::span<const std::uint64_t> shape) {
  std::uint64_t elements = 1;
  for (const std::uint64_t extent : shape) elements *= extent;
  return elements / tensor_type_info(type).block_elements * tensor_type_info(type).block_bytes;
}

/// Appends little-endian values to a growing image.
class Writer {
 public:
  template <class T>
  void put(T value) {
    const auto* raw = reinterpret_cast<const std::uint8_t*>(&value);
    out.insert(out.end(), raw, raw + sizeof value);
  }
  void text(std::string_view value) {
    put<std::uint64_t>(value.size());
    out.insert(out.end(), value.begin(), value.end());
  }
  void pad() { out.resize((out.size() + kAlignment - 1) / kAlignment * kAlignment); }
  std::vector<std::uint8_t> out;
};

}  // namespace

bool ModelSchema::counts(std::string_view key, std::string_view architecture) {
  const bool of_architecture = key.starts_with(architecture) && key.substr(architecture.size()).starts_with('.');
  return of_architecture || key == "general.architecture" ||
         (is_of_tokenizer(key) && !key.starts_with("tokenizer.chat_template"));
}

bool ModelSchema::same(const Key& key, const GgufValue& value) {
  return key.type == value.type && key.element == value.element && key.count == value.count && key.hash == hash_of(value.bytes);
}

ModelSchema::ModelSchema(const GgufFile& file) {
  const Result<std::string_view> architecture = file.string("general.architecture", "");
  if (architecture.ok()) architecture_ = architecture.value();
  for (const GgufValue& value : file.values()) {
    if (!counts(value.key, architecture_)) continue;
    const bool kept = !is_of_tokenizer(value.key);
    keys_[std::string(value.key)] = {value.type, value.element, value.count, hash_of(value.bytes),
                                     kept ? std::string(view(value.bytes)) : std::string()};
  }
  for (const GgufTensor& tensor : file.tensors()) {
    tensors_.push_back({std::string(tensor.name), tensor_type_info(tensor.type).name, {tensor.extents, tensor.extents + tensor.dimensions}});
    types_.push_back(tensor.type);
  }
}

Status ModelSchema::check(const GgufFile& file) const {
  const auto differs = [&](const std::string& what, const std::string& expected, const std::string& found) {
    return Status::error(Code::model_format, file.path() + ": " + what + ": expected " + expected + " as in the loaded model, found " + found);
  };
  const bool has_tokenizer = std::ranges::any_of(file.values(), [](const GgufValue& value) { return is_of_tokenizer(value.key); });
  for (const auto& [name, key] : keys_) {
    if (!has_tokenizer && is_of_tokenizer(name)) continue;
    const GgufValue* value = file.find(name);
    if (value == nullptr) return differs("key " + quoted(name), "the same value", "nothing");
    if (!same(key, *value)) return differs("key " + quoted(name), "the same value", "another");
  }
  for (const GgufValue& value : file.values())
    if (counts(value.key, architecture_) && !keys_.contains(value.key)) return differs("key " + quoted(value.key), "nothing", "a value");
  for (std::size_t i = 0; i < tensors_.size(); ++i) {
    const TensorInfo& tensor = tensors_[i];
    const GgufTensor* found = file.find_tensor(tensor.name);
    const bool fits = found != nullptr && found->type == types_[i] && found->dimensions == tensor.shape.size() &&
                      std::equal(tensor.shape.begin(), tensor.shape.end(), found->extents);
    if (!fits) return differs("tensor " + quoted(tensor.name), shown(tensor), found == nullptr ? "nothing" : shown(*found));
  }
  if (file.tensors().size() != tensors_.size())
    return differs("tensors", std::to_string(tensors_.size()), std::to_string(file.tensors().size()));
  return {};
}

Result<std::vector<std::uint8_t>> ModelSchema::image(std::span<const TensorBytes> tensors) const {
  const auto misfit = [](const std::string& name, const std::string& expected, const std::string& found) {
    return Status::error(Code::option, "option \"tensors\": expected " + expected + " for tensor " + quoted(name) + ", found " + found);
  };
  std::map<std::string_view, std::span<const std::uint8_t>> given;
  for (const TensorBytes& tensor : tensors)
    if (!given.emplace(tensor.name, tensor.bytes).second) return misfit(tensor.name, "one entry", "two");
  Writer writer;
  writer.out.insert(writer.out.end(), {'G', 'G', 'U', 'F'});
  writer.put<std::uint32_t>(3);
  writer.put<std::uint64_t>(tensors_.size());
  std::uint64_t kept = 0;
  for (const auto& [name, key] : keys_) kept += !is_of_tokenizer(name);
  writer.put<std::uint64_t>(kept);
  for (const auto& [name, key] : keys_) {
    if (is_of_tokenizer(name)) continue;
    writer.text(name);
    writer.put(key.type);
    if (key.type == GgufType::array) writer.put(key.element), writer.put(key.count);
    writer.out.insert(writer.out.end(), key.bytes.begin(), key.bytes.end());
  }
  std::uint64_t offset = 0;
  for (std::size_t i = 0; i < tensors_.size(); ++i) {
    const TensorInfo& tensor = tensors_[i];
    const auto found = given.find(tensor.name);
    const std::uint64_t bytes = bytes_of(types_[i], tensor.shape);
    const std::string expected = std::to_string(bytes) + " bytes (" + shown(tensor) + ")";
    if (found == given.end()) return misfit(tensor.name, expected, "nothing");
    if (found->second.size() != bytes) return misfit(tensor.name, expected, std::to_string(found->second.size()));
    writer.text(tensor.name);
    writer.put(static_cast<std::uint32_t>(tensor.shape.size()));
    for (const std::uint64_t extent : tensor.shape) writer.put(extent);
    writer.put(types_[i]);
    writer.put(offset);
    offset += (bytes + kAlignment - 1) / kAlignment * kAlignment;
  }
  if (given.size() != tensors_.size())
    for (const auto& entry : given)  // no structured binding: a lambda of C++20 captures none with clang 14
      if (std::ranges::none_of(tensors_, [&](const TensorInfo& tensor) { return tensor.name == entry.first; }))
        return misfit(std::string(entry.first), "no such tensor", std::to_string(entry.second.size()) + " bytes");
  writer.pad();
  writer.out.reserve(writer.out.size() + offset);
  for (const TensorInfo& tensor : tensors_) {
    const std::span<const std::uint8_t> bytes = given.find(tensor.name)->second;
    writer.out.insert(writer.out.end(), bytes.begin(), bytes.end());
    writer.pad();
  }
  return std::move(writer.out);
}

}  // namespace lemma
