// Takes bytes through everything that an untrusted GGUF file meets: parsing, joining of parts, typed access, tokenizer, chat template,
// and the loader of its architecture with the packing of its weights. Shared by the fuzz target and the mutation tests.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "chat_template.h"
#include "gguf.h"
#include "models/models.h"
#include "promise.h"
#include "thread_pool.h"
#include "tokenizer.h"

namespace lemma_fuzz {

/// Between the parts of a split model.
inline constexpr std::string_view kPartMark = "\nPART\n";

inline void exercise_model(const lemma::GgufFile& file) {
  std::size_t sum = 0;
  for (const lemma::GgufTensor& tensor : file.tensors()) {
    for (const std::uint8_t byte : tensor.data) sum += byte;
    PROMISE(file.find_tensor(tensor.name) == &tensor);
  }
  for (const lemma::GgufValue& value : file.values()) {
    PROMISE(file.find(value.key) == &value);
    sum += file.integer(value.key, 0, UINT64_MAX).ok();
    sum += file.number(value.key, -1e9, 1e9).ok();
    sum += file.boolean(value.key).ok();
    sum += file.string(value.key).ok();
    sum += file.strings(value.key).ok();
    sum += file.integers(value.key, INT64_MIN, INT64_MAX).ok();
  }
  PROMISE(sum < SIZE_MAX / 2);  // uses what was read
  if (lemma::Tokenizer::present(file)) {
    const lemma::Result<lemma::Tokenizer> tokenizer = lemma::Tokenizer::from_gguf(file);
    const std::string text = "hehe <think>\xff <|user|> 12\n\n";
    if (tokenizer.ok()) PROMISE(tokenizer.value().decode(tokenizer.value().encode(text, true)) == text);
  }
  const lemma::Result<std::string_view> source = file.string("tokenizer.chat_template", std::string_view());
  if (source.ok()) (void)lemma::ChatTemplate::recognise(source.value()).name();
  auto decoder = lemma::load_decoder(file, {});
  if (!decoder.ok()) {
    PROMISE(!decoder.status().message.empty());
    return;
  }
  lemma::ThreadPool alone(1);
  decoder.value()->weights().pack_all(alone);
  PROMISE(decoder.value()->weights().packed() <= decoder.value()->weights().room());
}

/// Whether the bytes are a model, whole or in parts.
inline bool exercise_gguf(std::string_view bytes) {
  std::vector<lemma::GgufFile> parts;
  for (std::size_t from = 0; from <= bytes.size() && parts.size() < 8;) {
    const std::size_t end = std::min(bytes.find(kPartMark, from), bytes.size());
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    // A copy of exactly this size, so that a read behind its end is seen.
    const std::vector<std::uint8_t> part(data + from, data + end);
    lemma::Result<lemma::GgufFile> file = lemma::GgufFile::take(part, "hostile");
    if (!file.ok()) {
      const lemma::Code code = file.status().code;
      PROMISE(code == lemma::Code::model_format || code == lemma::Code::model_unsupported);
      PROMISE(!file.status().message.empty());
      return false;
    }
    parts.push_back(file.take());
    if (end == bytes.size()) break;
    from = end + kPartMark.size();
  }
  if (parts.size() == 1 && parts[0].split().count == 1) {
    exercise_model(parts[0]);
    return true;
  }
  const lemma::Result<lemma::GgufFile> model = lemma::GgufFile::join(std::move(parts));
  if (!model.ok()) {
    PROMISE(model.status().code == lemma::Code::model_format);
    return false;
  }
  exercise_model(model.value());
  return true;
}

}  // namespace lemma_fuzz
