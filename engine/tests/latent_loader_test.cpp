// What the loader of latent models refuses: keys out of range or against each other, tensors of other shapes; and that no damage to
// such a file makes it crash.

#include <cstdlib>

#include "check.h"
#include "exercise_gguf.h"
#include "models/models.h"
#include "random_latent.h"

using namespace lemma_test;
using lemma::Code;
using lemma::TensorType;

namespace {

// Loads a random model; without `words` it must load, else it is refused with this code and a message holding them.
void load(RandomLatent model, Code code = Code::ok, const std::string& words = "") {
  const std::string bytes = model.bytes();
  const auto file = lemma::GgufFile::take({bytes.begin(), bytes.end()}, "test");
  CHECK_EQ(file.status().message, "");
  const auto decoder = lemma::load_decoder(file.value(), {});
  CHECK_EQ(decoder.status().code, code);
  if (decoder.status().message.find(words) == std::string::npos)
    check::fail(__FILE__, __LINE__, "no \"" + words + "\" in: " + decoder.status().message);
}

RandomLatent lying(const std::string& key, std::uint32_t value, bool joint = false) { return {.joint = joint, .lies = {{key, value}}}; }

RandomLatent without(const char* tensor) {
  RandomLatent model;
  model.parts.omitted = tensor;
  return model;
}

}  // namespace

TEST(what_is_right_loads) {
  load({});
  load({.joint = true});
  load({.q_rank = 0, .shared = 0, .biased = false});
  load(lying("expert_group_count", 0));
  load(lying("nextn_predict_layers", 0));
}

TEST(keys_out_of_range) {
  load(lying("expert_used_count", 9), Code::model_format, "deepseek2.expert_used_count");
  load(lying("expert_count", 0), Code::model_format, "deepseek2.expert_count");
  load(lying("expert_count", 5000), Code::model_format, "deepseek2.expert_count");
  load(lying("expert_gating_func", 3), Code::model_format, "deepseek2.expert_gating_func");
  load(lying("leading_dense_block_count", 4), Code::model_format, "deepseek2.leading_dense_block_count");
  load(lying("attention.kv_lora_rank", 1U << 20), Code::model_format, "deepseek2.attention.kv_lora_rank");
  load(lying("attention.head_count", 0), Code::model_format, "deepseek2.attention.head_count");
  load(lying("attention.key_length_mla", 1U << 30), Code::model_format, "deepseek2.attention.key_length_mla");
  load(lying("rope.dimension_count", 48), Code::model_format, "deepseek2.rope.dimension_count");
  load(lying("expert_shared_count", 1000), Code::model_format, "deepseek2.expert_shared_count");
}

TEST(keys_against_each_other) {
  load(lying("attention.head_count_kv", 4), Code::model_unsupported, "deepseek2.attention.head_count_kv: expected 1, found 4");
  load(lying("attention.head_count_kv", 1, true), Code::model_unsupported, "deepseek2.attention.head_count_kv: expected 4, found 1");
  load(lying("attention.key_length", 64), Code::model_unsupported, "deepseek2.attention.key_length: expected 80, found 64");
  load(lying("attention.value_length", 32), Code::model_unsupported, "deepseek2.attention.value_length: expected 64, found 32");
  load(lying("rope.dimension_count", 15, true), Code::model_unsupported, "deepseek2.rope.dimension_count: expected an even number");
  load(lying("expert_group_count", 3), Code::model_unsupported, "deepseek2.expert_group_count: expected equal groups");
  load(lying("expert_group_count", 8), Code::model_unsupported, "deepseek2.expert_group_count: expected equal groups");
  RandomLatent narrow = {.used = 3, .groups = 4, .used_groups = 1};
  load(narrow, Code::model_unsupported, "deepseek2.expert_used_count: expected at most the 2 experts");
  load(lying("nextn_predict_layers", 1), Code::model_unsupported, "deepseek2.nextn_predict_layers: expected 0");
}

TEST(tensors_of_other_shapes) {
  load(lying("attention.kv_lora_rank", 32), Code::model_unsupported, "attention.key_length");
  load(lying("attention.kv_lora_rank", 32, true), Code::model_format, "blk.0.attn_kv_a_mqa.weight");
  load(lying("attention.q_lora_rank", 31), Code::model_format, "blk.0.attn_q_a.weight");
  load(lying("attention.q_lora_rank", 0), Code::model_format, "blk.0.attn_q.weight");
  load(lying("attention.value_length_mla", 31), Code::model_format, "blk.0.attn_v_b.weight");
  load(lying("attention.head_count", 2), Code::model_format, "blk.0.attn_q_b.weight");
  load(lying("expert_count", 7), Code::model_format, "blk.1.ffn_gate_inp.weight");
  load(lying("expert_feed_forward_length", 31), Code::model_format, "blk.1.ffn_gate_exps.weight");
  load(lying("expert_shared_count", 2), Code::model_format, "blk.1.ffn_gate_shexp.weight");
  load(lying("leading_dense_block_count", 2), Code::model_format, "blk.1.ffn_gate.weight");
  load(lying("leading_dense_block_count", 0), Code::model_format, "blk.0.ffn_gate_inp.weight");
}

TEST(tensors_that_are_missing_or_too_many) {
  for (const char* name : {"blk.0.attn_k_b.weight", "blk.1.attn_v_b.weight", "blk.1.ffn_down_exps.weight", "blk.2.ffn_up_shexp.weight",
                           "blk.0.attn_kv_a_norm.weight", "blk.1.attn_q_a_norm.weight"})
    load(without(name), Code::model_format, name);
  load(lying("block_count", 2), Code::model_format, "blk.2.");
}

TEST(a_router_of_small_integers) {
  load({.type = TensorType::q8_0, .router = TensorType::bf16});
  load({.type = TensorType::q8_0, .router = TensorType::q8_0}, Code::model_unsupported,
       "\"blk.1.ffn_gate_inp.weight\": expected F32, F16 or BF16 for a router, found Q8_0");
}

// Numbers of keys, extents and types changed at random, one to three at a time, in both generations.
TEST(survives_mutations) {
  constexpr std::uint32_t kSeed = 20261130;
  const int rounds = std::getenv("LEMMA_LONG") != nullptr ? 40000 : 1500;
  std::printf("  seed %u, %d rounds\n", kSeed, rounds);
  Numbers numbers(kSeed);
  for (const bool joint : {false, true}) {
    RandomLatent model = {.layers = 2, .width = 32, .heads = 2, .nope = 8, .rope = 4, .value = 8, .q_rank = 8, .kv_rank = 16,
                          .feed_forward = 16, .experts = 4, .used = 2, .expert_width = 8, .vocabulary = 8, .joint = joint};
    const std::string whole = model.bytes();
    CHECK(lemma_fuzz::exercise_gguf(whole));
    const std::size_t head = whole.size() - model.parts.data.size();
    int loaded = 0;
    for (int round = 0; round < rounds; ++round) {
      std::string mutant = whole;
      for (std::uint32_t i = 0; i <= numbers.below(3); ++i) {
        const std::size_t at = numbers.below(static_cast<std::uint32_t>(head));
        const std::uint32_t kind = numbers.below(3);
        mutant[at] = kind == 0 ? static_cast<char>(numbers.below(256)) : kind == 1 ? static_cast<char>(mutant[at] ^ (1 << numbers.below(8))) : '\xff';
      }
      loaded += lemma_fuzz::exercise_gguf(mutant) ? 1 : 0;
    }
    CHECK(loaded > 0 && loaded < rounds);
  }
}
