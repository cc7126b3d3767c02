// Makes tiny random models: GGUF bytes, and the same weights as floats (rounded as the file's type rounds them) for references.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "gguf_builder.h"
#include "half.h"
#include "quantised_tensor.h"
#include "random.h"
#include "tensor_type.h"
#include "vocabulary.h"

namespace lemma_test {

/// Numbers from a counter, the same on every machine.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : seed_(seed) {}
  double uniform() { return lemma::uniform(seed_, 0, count_++); }
  float normal() {  // sum of 12 uniforms: close enough, and no library function in it
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return static_cast<float>(sum);
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(uniform() * n); }

 private:
  std::uint64_t seed_;
  std::uint32_t count_ = 0;
};

/// A row-major [rows, k] tensor in `type`; `values` become what the type can hold.
inline std::string encode_tensor(lemma::TensorType type, std::vector<float>& values) {
  if (lemma::is_quantised(type)) return encode_quantised(type, values);
  std::string out;
  for (float& value : values) {
    if (type == lemma::TensorType::f32) {
      GgufBuilder::put(out, value);
    } else if (type == lemma::TensorType::f16) {
      GgufBuilder::put(out, lemma::float_to_half(value));
      value = lemma::half_to_float(lemma::float_to_half(value));
    } else {
      GgufBuilder::put(out, lemma::float_to_bfloat(value));
      value = lemma::bfloat_to_float(lemma::float_to_bfloat(value));
    }
  }
  return out;
}

/// RoPE keys beyond the base. Numbers that equal their default are not written, an empty scaling writes none of them.
struct RandomRope {
  std::string scaling = {};    // linear or yarn
  float factor = 1, attention = 1;
  std::uint32_t original = 0;  // context length that YaRN starts from; 0: the model's
  float beta_fast = 32, beta_slow = 1;
  bool divisors = false;       // with rope_freqs.weight
};

struct RandomModel {
  std::string architecture = "llama";
  std::uint32_t layers = 2, width = 64, heads = 4, kv_heads = 2, head_dim = 16, feed_forward = 96, vocabulary = 300, context = 256;
  lemma::TensorType type = lemma::TensorType::f32;
  bool tied = false, biased = false;
  RandomRope rope = {};
  bool text = false;           // with the test vocabulary (265 entries, the rest padding)
  std::string omitted = {};    // a tensor that the file lacks
  std::string added = {};      // a vector of the model's width that it has too much, or in place of the omitted one
  double spread = 1.0;         // of the output logits: larger is less random
  std::uint64_t seed = 1;
  std::map<std::string, std::vector<float>> weights = {};
  std::string data = {};       // of bytes(): the tensors' bytes so far, and their number
  std::uint64_t tensors = 0;

  /// The file's bytes; fills `weights`.
  std::string bytes() {
    GgufBuilder file;
    const std::string p = architecture + ".";
    file.text("general.architecture", architecture).key<std::uint32_t>(p + "block_count", 4, layers);
    file.key<std::uint32_t>(p + "embedding_length", 4, width).key<std::uint32_t>(p + "feed_forward_length", 4, feed_forward);
    file.key<std::uint32_t>(p + "attention.head_count", 4, heads).key<std::uint32_t>(p + "attention.head_count_kv", 4, kv_heads);
    file.key<std::uint32_t>(p + "attention.key_length", 4, head_dim).key<std::uint32_t>(p + "attention.value_length", 4, head_dim);
    file.key<std::uint32_t>(p + "context_length", 4, context).key<float>(p + "attention.layer_norm_rms_epsilon", 6, 1e-5F);
    file.key<std::uint32_t>(p + "rope.dimension_count", 4, head_dim).key<float>(p + "rope.freq_base", 6, 10000.0F);
    if (!rope.scaling.empty()) add_scaling(file, p + "rope.scaling.");
    if (text) add_vocabulary(file);
    data.clear();
    if (rope.divisors) vector(file, "rope_freqs.weight", head_dim / 2, 3.0F, 0.5F);
    matrix(file, "token_embd.weight", vocabulary, width, tied ? 2 * spread / std::sqrt(width) : 1.0);
    vector(file, "output_norm.weight", width, 1.0F, 0.1F);
    if (!tied) matrix(file, "output.weight", vocabulary, width, spread / std::sqrt(width));
    for (std::uint32_t layer = 0; layer < layers; ++layer) {
      const std::string b = "blk." + std::to_string(layer) + ".";
      const double in = 1 / std::sqrt(width);
      vector(file, b + "attn_norm.weight", width, 1.0F, 0.1F);
      matrix(file, b + "attn_q.weight", heads * head_dim, width, 2 * in);
      matrix(file, b + "attn_k.weight", kv_heads * head_dim, width, 2 * in);
      matrix(file, b + "attn_v.weight", kv_heads * head_dim, width, in);
      matrix(file, b + "attn_output.weight", width, heads * head_dim, 1 / std::sqrt(heads * head_dim));
      if (biased) {
        vector(file, b + "attn_q.bias", heads * head_dim, 0.0F, 0.3F);
        vector(file, b + "attn_k.bias", kv_heads * head_dim, 0.0F, 0.3F);
        vector(file, b + "attn_v.bias", kv_heads * head_dim, 0.0F, 0.3F);
      }
      if (architecture == "qwen3") {
        vector(file, b + "attn_q_norm.weight", head_dim, 1.0F, 0.2F);
        vector(file, b + "attn_k_norm.weight", head_dim, 1.0F, 0.2F);
      }
      vector(file, b + "ffn_norm.weight", width, 1.0F, 0.1F);
      matrix(file, b + "ffn_gate.weight", feed_forward, width, in);
      matrix(file, b + "ffn_up.weight", feed_forward, width, in);
      matrix(file, b + "ffn_down.weight", width, feed_forward, 1 / std::sqrt(feed_forward));
    }
    omitted.clear();
    if (!added.empty()) vector(file, added, width, 0.0F, 0.3F);
    return file.build() + data;
  }

  void add(GgufBuilder& file, const std::string& name, std::vector<std::uint64_t> extents, lemma::TensorType as,
           std::vector<float> values) {
    if (name == omitted) return;
    data.resize((data.size() + 31) / 32 * 32);
    file.tensor(name, std::move(extents), static_cast<std::uint32_t>(as), data.size());
    data += encode_tensor(as, values);
    weights[name] = std::move(values);
  }
  void matrix(GgufBuilder& file, const std::string& name, std::uint32_t rows, std::uint32_t k, double scale) {
    Numbers numbers(lemma::mix64(seed + 7 * tensors++));
    std::vector<float> values(std::size_t{rows} * k);
    for (float& value : values) value = static_cast<float>(scale) * numbers.normal();
    add(file, name, {k, rows}, type, std::move(values));
  }
  void vector(GgufBuilder& file, const std::string& name, std::uint32_t n, float middle, float scale) {
    Numbers numbers(lemma::mix64(seed + 7 * tensors++));
    std::vector<float> values(n);
    for (float& value : values) value = middle + scale * numbers.normal();
    add(file, name, {n}, lemma::TensorType::f32, std::move(values));
  }
  void add_scaling(GgufBuilder& file, const std::string& p) {
    file.text(p + "type", rope.scaling).key<float>(p + "factor", 6, rope.factor);
    if (rope.attention != 1) file.key<float>(p + "attn_factor", 6, rope.attention);
    if (rope.original != 0) file.key<std::uint32_t>(p + "original_context_length", 4, rope.original);
    if (rope.beta_fast != 32) file.key<float>(p + "yarn_beta_fast", 6, rope.beta_fast);
    if (rope.beta_slow != 1) file.key<float>(p + "yarn_beta_slow", 6, rope.beta_slow);
  }
  void add_vocabulary(GgufBuilder& file) {
    Vocabulary words;
    while (words.tokens.size() < vocabulary) words.add("<|unused" + std::to_string(words.tokens.size()) + "|>", 5);
    file.text("tokenizer.ggml.model", "gpt2").text("tokenizer.ggml.pre", "qwen2").texts("tokenizer.ggml.tokens", words.tokens);
    file.texts("tokenizer.ggml.merges", {});
    std::string kinds = GgufBuilder::array_head(5, words.kinds.size());
    for (const std::uint8_t kind : words.kinds) GgufBuilder::put<std::int32_t>(kinds, kind);
    file.raw_key("tokenizer.ggml.token_type", 9, kinds);
    file.key<std::uint32_t>("tokenizer.ggml.eos_token_id", 4, 257);
  }
};

/// A file of these bytes that is removed at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& bytes) {
    char name[] = "/tmp/lemma-test-XXXXXX";
    const int descriptor = mkstemp(name);
    path_ = name;
    std::FILE* file = fdopen(descriptor, "wb");
    std::fwrite(bytes.data(), 1, bytes.size(), file);
    std::fclose(file);
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace lemma_test
