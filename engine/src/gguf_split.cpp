// Models in several files. Rules: the first file is NAME-00001-of-0000N.gguf and stands for the model; the others stand beside it with
// their own numbers. Every part names itself in split.no (from 0), split.count and split.tensors.count (of all parts together),
// and each tensor is in one part. The first part holds the keys; a later one may repeat a key, but not with another value
// (general.alignment excepted, which is each file's own). Source: llama.cpp, gguf-split and its loader; gguf-py's writer.

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <utility>

#include "gguf.h"
#include "quoted.h"

namespace lemma {
namespace {

// "-00001-of-00003.gguf"
std::string ending(std::uint32_t number, std::uint32_t count) {
  char text[32];
  std::snprintf(text, sizeof text, "-%05u-of-%05u.gguf", number + 1, count);
  return text;
}

std::string part_of(const GgufSplit& split) {
  return split.count < 2 ? "a whole model" : "part " + std::to_string(split.number + 1) + " of " + std::to_string(split.count);
}

Status broken(const std::string& path, const std::string& problem) { return Status::error(Code::model_format, path + ": " + problem); }

bool is_own_key(std::string_view key) { return key == "split.no" || key == "general.alignment"; }

bool same(const GgufValue& a, const GgufValue& b) {
  return a.type == b.type && a.element == b.element && a.count == b.count && std::ranges::equal(a.bytes, b.bytes);
}

Status check_part(const GgufFile& first, const GgufFile& part, const GgufSplit& expected) {
  const GgufSplit& found = part.split();
  if (found.number != expected.number || found.count != expected.count)
    return broken(part.path(), "expected " + part_of(expected) + " of " + first.path() + ", found " + part_of(found));
  if (found.tensors != expected.tensors)
    return broken(part.path(), "key \"split.tensors.count\": expected " + std::to_string(expected.tensors) + " as in " + first.path() +
                                   ", found " + std::to_string(found.tensors));
  for (const GgufValue& value : part.values()) {
    if (is_own_key(value.key)) continue;
    const GgufValue* own = first.find(value.key);
    if (own == nullptr || !same(*own, value))
      return broken(part.path(), "key " + quoted(value.key) + ": expected what " + first.path() + " says, found " +
                                     (own == nullptr ? "a key that it lacks" : "another value"));
  }
  return {};
}

}  // namespace

Result<GgufFile> GgufFile::join(std::vector<GgufFile> parts) {
  const auto storages = std::make_shared<std::vector<std::shared_ptr<const void>>>();
  std::vector<std::uint32_t> part_of_tensor;
  GgufFile model = parts.at(0);
  model.tensors_.clear();
  for (std::uint32_t number = 0; number < parts.size(); ++number) {
    GgufFile& part = parts[number];
    LEMMA_TRY(check_part(parts[0], part, {number, static_cast<std::uint32_t>(parts.size()), parts[0].split_.tensors}));
    model.tensors_.insert(model.tensors_.end(), part.tensors_.begin(), part.tensors_.end());
    part_of_tensor.resize(model.tensors_.size(), number);
    storages->push_back(std::move(part.storage_));
  }
  if (model.tensors_.size() != model.split_.tensors)
    return broken(model.path_, "expected " + std::to_string(model.split_.tensors) + " tensors in its " + std::to_string(parts.size()) +
                                   " parts (split.tensors.count), found " + std::to_string(model.tensors_.size()));
  std::vector<std::uint32_t>& order = model.tensors_by_name_;
  order.resize(model.tensors_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return model.tensors_[i].name; });
  const auto twin = std::ranges::adjacent_find(order, {}, [&](std::uint32_t i) { return model.tensors_[i].name; });
  if (twin != order.end())
    return broken(model.path_, "tensor " + quoted(model.tensors_[*twin].name) + " is in part " +
                                   std::to_string(part_of_tensor[*twin] + 1) + " and in part " +
                                   std::to_string(part_of_tensor[*(twin + 1)] + 1));
  model.storage_ = storages;
  model.split_ = {};
  return model;
}

Result<GgufFile> GgufFile::open(const std::string& path, FileMode mode) {
  LEMMA_ASSIGN(GgufFile first, open_one(path, mode));
  const GgufSplit split = first.split_;
  if (split.count < 2) return first;
  const std::string own = ending(split.number, split.count);
  if (!path.ends_with(own)) return broken(path, "expected the name of " + part_of(split) + " to end in " + own);
  const std::string stem = path.substr(0, path.size() - own.size());
  if (split.number != 0) return broken(path, "this is " + part_of(split) + "; give the first, " + stem + ending(0, split.count));
  std::vector<GgufFile> parts;
  parts.push_back(std::move(first));
  for (std::uint32_t number = 1; number < split.count; ++number) {
    Result<GgufFile> part = open_one(stem + ending(number, split.count), mode);
    if (!part.ok()) {
      Status status = part.status();
      status.message += " (" + part_of({number, split.count, 0}) + ")";
      return status;
    }
    parts.push_back(part.take());
  }
  return join(std::move(parts));
}

}  // namespace lemma
