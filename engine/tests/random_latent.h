// Makes tiny random models of the architecture `deepseek2`, in both generations of its files, as random_model.h makes dense ones.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "random_model.h"

namespace lemma_test {

struct RandomLatent {
  std::uint32_t layers = 3, dense_layers = 1, width = 64, heads = 4, nope = 32, rope = 16, value = 32, q_rank = 32, kv_rank = 64;
  std::uint32_t feed_forward = 96, experts = 8, used = 3, shared = 1, expert_width = 32, groups = 1, used_groups = 1, gating = 2;
  std::uint32_t vocabulary = 300, context = 256;
  bool normalised = true, biased = true, joint = false, tied = false, text = false;
  float scale = 1.5F, factor = 1, multiplier = 0;  // of experts' weights; YaRN's factor and log multiplier
  lemma::TensorType type = lemma::TensorType::f32, router = lemma::TensorType::f32;
  double spread = 1.0;
  std::uint64_t seed = 1;
  std::map<std::string, std::uint32_t> lies = {};  // keys, without the architecture's name, that say something else
  RandomModel parts = {};                          // of bytes(): its tensors

  const std::vector<float>& weight(const std::string& name) const { return parts.weights.at(name); }

  /// The file's bytes; fills the weights.
  std::string bytes() {
    parts.type = type;
    parts.seed = seed;
    parts.vocabulary = vocabulary;
    parts.data.clear();
    parts.tensors = 0;
    GgufBuilder file;
    file.text("general.architecture", "deepseek2");
    for (const auto& [name, value] : keys()) file.key<std::uint32_t>("deepseek2." + name, 4, value);
    file.key<float>("deepseek2.attention.layer_norm_rms_epsilon", 6, 1e-5F).key<float>("deepseek2.expert_weights_scale", 6, scale);
    file.key<std::uint8_t>("deepseek2.expert_weights_norm", 7, normalised ? 1 : 0);
    if (factor != 1) {
      const std::string p = "deepseek2.rope.scaling.";
      file.text(p + "type", "yarn").key<float>(p + "factor", 6, factor).key<std::uint32_t>(p + "original_context_length", 4, 64);
      if (multiplier != 0) file.key<float>(p + "yarn_log_multiplier", 6, multiplier);
    }
    if (text) parts.add_vocabulary(file);
    parts.matrix(file, "token_embd.weight", vocabulary, width, tied ? 2 * spread / std::sqrt(width) : 1.0);
    parts.vector(file, "output_norm.weight", width, 1.0F, 0.1F);
    if (!tied) parts.matrix(file, "output.weight", vocabulary, width, spread / std::sqrt(width));
    for (std::uint32_t layer = 0; layer < layers; ++layer) {
      const std::string b = "blk." + std::to_string(layer) + ".";
      add_attention(file, b);
      parts.vector(file, b + "ffn_norm.weight", width, 1.0F, 0.1F);
      if (layer < dense_layers) add_feed_forward(file, b, ".weight", feed_forward, 0);
      else add_experts(file, b);
    }
    return file.build() + parts.data;
  }

 private:
  std::map<std::string, std::uint32_t> keys() const {
    std::map<std::string, std::uint32_t> all = {
        {"block_count", layers}, {"leading_dense_block_count", dense_layers}, {"embedding_length", width}, {"context_length", context},
        {"feed_forward_length", feed_forward}, {"attention.head_count", heads}, {"attention.head_count_kv", joint ? heads : 1},
        {"attention.key_length", joint ? nope + rope : kv_rank + rope}, {"attention.value_length", joint ? value : kv_rank},
        {"attention.kv_lora_rank", kv_rank}, {"rope.dimension_count", rope}, {"expert_count", experts}, {"expert_used_count", used},
        {"expert_shared_count", shared}, {"expert_feed_forward_length", expert_width}, {"expert_gating_func", gating}};
    if (!joint) all["attention.key_length_mla"] = nope + rope, all["attention.value_length_mla"] = value;
    if (q_rank > 0) all["attention.q_lora_rank"] = q_rank;
    if (groups > 1) all["expert_group_count"] = groups, all["expert_group_used_count"] = used_groups;
    for (const auto& [name, value_of] : lies) all[name] = value_of;
    return all;
  }

  void add_attention(GgufBuilder& file, const std::string& b) {
    const double in = 1 / std::sqrt(width);
    parts.vector(file, b + "attn_norm.weight", width, 1.0F, 0.1F);
    if (q_rank > 0) {
      parts.matrix(file, b + "attn_q_a.weight", q_rank, width, in);
      parts.vector(file, b + "attn_q_a_norm.weight", q_rank, 1.0F, 0.1F);
      parts.matrix(file, b + "attn_q_b.weight", heads * (nope + rope), q_rank, 2 / std::sqrt(q_rank));
    } else {
      parts.matrix(file, b + "attn_q.weight", heads * (nope + rope), width, 2 * in);
    }
    parts.matrix(file, b + "attn_kv_a_mqa.weight", kv_rank + rope, width, in);
    parts.vector(file, b + "attn_kv_a_norm.weight", kv_rank, 1.0F, 0.1F);
    Numbers numbers(lemma::mix64(seed + 7 * parts.tensors++));
    std::vector<float> both(std::size_t{heads} * (nope + value) * kv_rank);
    for (float& x : both) x = numbers.normal() / std::sqrt(static_cast<float>(kv_rank));
    if (joint) {
      parts.add(file, b + "attn_kv_b.weight", {kv_rank, heads * (nope + value)}, type, std::move(both));
    } else {
      std::vector<float> keys, values;
      for (std::uint32_t head = 0; head < heads; ++head) {
        const float* rows = &both[std::size_t{head} * (nope + value) * kv_rank];
        for (std::uint32_t i = 0; i < kv_rank; ++i)
          for (std::uint32_t d = 0; d < nope; ++d) keys.push_back(rows[std::size_t{d} * kv_rank + i]);
        values.insert(values.end(), rows + std::size_t{nope} * kv_rank, rows + std::size_t{nope + value} * kv_rank);
      }
      parts.add(file, b + "attn_k_b.weight", {nope, kv_rank, heads}, type, std::move(keys));
      parts.add(file, b + "attn_v_b.weight", {kv_rank, value, heads}, type, std::move(values));
    }
    parts.matrix(file, b + "attn_output.weight", width, heads * value, 1 / std::sqrt(heads * value));
  }

  void add_feed_forward(GgufBuilder& file, const std::string& b, const std::string& suffix, std::uint32_t inner, std::uint32_t count) {
    const auto add = [&](const std::string& name, std::uint32_t k, std::uint32_t rows) {
      Numbers numbers(lemma::mix64(seed + 7 * parts.tensors++));
      std::vector<float> all(std::size_t{k} * rows * (count == 0 ? 1 : count));
      for (float& x : all) x = numbers.normal() / std::sqrt(static_cast<float>(k));
      std::vector<std::uint64_t> extents = {k, rows};
      if (count > 0) extents.push_back(count);
      parts.add(file, b + "ffn_" + name + suffix, std::move(extents), type, std::move(all));
    };
    add("gate", width, inner);
    add("up", width, inner);
    add("down", inner, width);
  }

  void add_experts(GgufBuilder& file, const std::string& b) {
    Numbers numbers(lemma::mix64(seed + 7 * parts.tensors++));
    std::vector<float> values(std::size_t{experts} * width);
    for (float& x : values) x = 2 * numbers.normal() / std::sqrt(static_cast<float>(width));
    parts.add(file, b + "ffn_gate_inp.weight", {width, experts}, router, std::move(values));
    if (biased) parts.vector(file, b + "exp_probs_b.bias", experts, 0.0F, 0.2F);
    add_feed_forward(file, b, "_exps.weight", expert_width, experts);
    if (shared > 0) add_feed_forward(file, b, "_shexp.weight", shared * expert_width, 0);
  }
};

}  // namespace lemma_test
