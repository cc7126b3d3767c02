// What the loader of dense models refuses: tensors that an architecture must have or must not, RoPE keys that it can't follow.

#include "check.h"
#include "engine_client.h"
#include "random_model.h"

using namespace lemma_test;
using lemma::Code;

namespace {

// Loads a random model; nothing in `words` means that it must load, else it is refused with this code and a message holding them.
void load(RandomModel model, Code code = Code::ok, const std::string& words = "") {
  const TemporaryFile file(model.bytes());
  const EngineClient client({.model_path = file.path(), .max_sequences = 1, .threads = 1});
  CHECK_EQ(client.status.code, code);
  if (client.status.message.find(words) == std::string::npos)
    check::fail(__FILE__, __LINE__, "no \"" + words + "\" in: " + client.status.message);
}

RandomModel biased(const char* architecture, const char* omitted = "", const char* added = "") {
  RandomModel model;
  model.architecture = architecture;
  model.biased = true;
  model.omitted = omitted;
  model.added = added;
  return model;
}

RandomModel scaled(const RandomRope& rope) {
  RandomModel model;
  model.rope = rope;
  return model;
}

}  // namespace

TEST(qwen2_needs_all_three_biases) {
  load(biased("qwen2"));
  for (const char* name : {"blk.0.attn_q.bias", "blk.1.attn_k.bias", "blk.1.attn_v.bias"})
    load(biased("qwen2", name), Code::model_format, name);
  RandomModel bare;
  bare.architecture = "qwen2";
  load(bare, Code::model_format, "\"blk.0.attn_q.bias\": expected 64, found nothing");
}

TEST(biases_and_norms_that_an_architecture_lacks) {
  load(biased("qwen3"), Code::model_format, "attn_q.bias");
  for (const char* name : {"blk.0.attn_output.bias", "output.bias", "blk.1.ffn_up.bias", "blk.0.attn_q_norm.weight"})
    load(biased("qwen2", "", name), Code::model_format, name);
}

TEST(a_bias_of_another_length) {
  load(biased("qwen2", "blk.1.attn_k.bias", "blk.1.attn_k.bias"), Code::model_format, "\"blk.1.attn_k.bias\": expected 32, found 64");
}

TEST(rope_keys_out_of_range) {
  load(scaled({.scaling = "none", .factor = 4}));
  load(scaled({.scaling = "longrope", .factor = 2}), Code::model_unsupported,
       "llama.rope.scaling.type: expected none, linear or yarn, found \"longrope\"");
  load(scaled({.scaling = "linear", .factor = 0}), Code::model_format, "rope.scaling.factor");
  load(scaled({.scaling = "yarn", .factor = NAN}), Code::model_format, "rope.scaling.factor");
  load(scaled({.scaling = "yarn", .factor = 4, .attention = -1}), Code::model_format, "rope.scaling.attn_factor");
  load(scaled({.scaling = "yarn", .factor = 4, .original = 1U << 30}), Code::model_format, "rope.scaling.original_context_length");
  load(scaled({.scaling = "yarn", .factor = 4, .beta_fast = 0}), Code::model_format, "rope.scaling.yarn_beta_fast");
  load(scaled({.scaling = "yarn", .factor = 4, .beta_slow = INFINITY}), Code::model_format, "rope.scaling.yarn_beta_slow");
  RandomModel longer;
  longer.added = "rope_freqs.weight";
  load(longer, Code::model_format, "\"rope_freqs.weight\": expected 8, found 64");
}
