// The forward pass against an independent one in double precision: every architecture, RoPE scaling and tensor type, every kernel set.

#include <algorithm>
#include <cstdlib>

#include "check.h"
#include "engine_client.h"
#include "kernels/dispatch.h"
#include "random_model.h"
#include "reference_forward.h"

using namespace lemma_test;
using lemma::TensorType;

namespace {

std::vector<std::uint32_t> random_tokens(std::uint64_t seed, std::size_t count, std::uint32_t vocabulary) {
  Numbers numbers(seed);
  std::vector<std::uint32_t> tokens(count);
  for (std::uint32_t& token : tokens) token = numbers.below(vocabulary);
  return tokens;
}

// The largest difference of log-probabilities between the engine and the reference over a random text.
double difference(RandomModel model, std::size_t length, const char* isa, lemma::KvType kv_type) {
  setenv("LEMMA_ISA", isa, 1);
  const TemporaryFile file(model.bytes());
  EngineClient client({.model_path = file.path(), .max_sequences = 4, .threads = 2, .step_tokens = 64, .kv_type = kv_type});
  unsetenv("LEMMA_ISA");
  if (!client.status.ok()) {
    check::fail(__FILE__, __LINE__, client.status.message);
    return INFINITY;
  }
  CHECK_EQ(client.engine->info().isa, std::string(isa));
  CHECK(client.engine->info().kv_type == kv_type);
  const std::vector<std::uint32_t> tokens = random_tokens(model.seed + 5, length, model.vocabulary);
  const Outcome outcome = client.ask({.kind = lemma::RequestKind::score, .tokens = tokens}).front();
  if (outcome.scores.size() != length) return INFINITY;
  const std::vector<Row> logits = reference_logits(model, tokens);
  double worst = std::fabs(outcome.scores[0]);
  for (std::size_t t = 1; t < length; ++t)
    worst = std::max(worst, std::fabs(reference_logprob(logits[t - 1], tokens[t]) - static_cast<double>(outcome.scores[t])));
  return worst;
}

// Plain types: what is left is the KV cache's half precision; without it, float sums. BF16: also the activations' rounding to BF16.
// Quantised types: also the 8-bit activations.
constexpr double kPlainTolerance = 5e-3;
constexpr double kWideCacheTolerance = 1e-5;
constexpr double kBf16Tolerance = 0.1;
constexpr double kQuantisedTolerance = 0.15;

// What 8-bit keys and values may add; more where keys have a bias that is large beside what tells them apart.
constexpr double kQ8CacheTolerance = 0.12, kQ8BiasedCacheTolerance = 0.3;

struct Cache {
  lemma::KvType type;
  const char* name;
};
constexpr Cache kCaches[] = {{lemma::KvType::f16, "f16"}, {lemma::KvType::f32, "f32"}, {lemma::KvType::q8_0, "q8_0"}};

double tolerance(const RandomModel& model, lemma::KvType cache) {
  if (cache == lemma::KvType::q8_0)
    return tolerance(model, lemma::KvType::f16) + (model.biased ? kQ8BiasedCacheTolerance : kQ8CacheTolerance);
  const double plain = cache == lemma::KvType::f32 ? kWideCacheTolerance : kPlainTolerance;
  return lemma::is_quantised(model.type) ? kQuantisedTolerance : model.type == TensorType::bf16 ? kBf16Tolerance : plain;
}

void check_model(const RandomModel& model, std::size_t length) {
  for (const lemma::KernelTable* kernels : lemma::runnable_kernels()) {
    for (const Cache& cache : kCaches) {
      const double worst = difference(model, length, kernels->name, cache.type);
      std::printf("  %s %s, %s, %s cache: %.2g\n", model.architecture.c_str(), lemma::tensor_type_info(model.type).name,
                  kernels->name, cache.name, worst);
      CHECK(worst < tolerance(model, cache.type));
    }
  }
}

}  // namespace

TEST(llama_of_every_type) {
  for (const TensorType type : {TensorType::f32, TensorType::f16, TensorType::bf16, TensorType::q8_0})
    check_model({.type = type}, 70);
}

TEST(qwen2_of_every_type) {
  for (const TensorType type : {TensorType::f32, TensorType::f16, TensorType::bf16, TensorType::q8_0})
    check_model({.architecture = "qwen2", .type = type, .biased = true, .seed = 7}, 70);
  check_model({.architecture = "qwen2", .heads = 2, .kv_heads = 1, .head_dim = 32, .tied = true, .biased = true, .seed = 8}, 40);
}

TEST(qwen3_of_every_type) {
  for (const TensorType type : {TensorType::f32, TensorType::f16, TensorType::bf16, TensorType::q8_0})
    check_model({.architecture = "qwen3", .head_dim = 32, .type = type, .tied = true, .seed = 2}, 70);
}

// Rows of a whole 256-block; 15 to 31 row blocks, of which two threads take uneven shares.
RandomModel narrow_model(TensorType type, const char* architecture) {
  return {.architecture = architecture, .layers = 1, .width = 256, .heads = 8, .kv_heads = 2, .head_dim = 32, .feed_forward = 512,
          .type = type, .tied = architecture[0] == 'q', .seed = 7};
}

TEST(models_below_eight_bits) {
  for (const TensorType type : {TensorType::q4_0, TensorType::q4_k, TensorType::q5_k, TensorType::q6_k})
    for (const char* architecture : {"llama", "qwen3"}) check_model(narrow_model(type, architecture), 40);
}

TEST(quantised_scores_do_not_depend_on_threads_or_chunks) {
  for (const TensorType type : {TensorType::q4_0, TensorType::q4_k, TensorType::q5_k, TensorType::q6_k}) {
    RandomModel model = narrow_model(type, "llama");
    const TemporaryFile file(model.bytes());
    const std::vector<std::uint32_t> tokens = random_tokens(8, 90, model.vocabulary);
    std::vector<float> expected;
    for (const std::uint32_t threads : {1U, 2U, 3U})
      for (const std::uint32_t step_tokens : {128U, 16U, 7U}) {
        EngineClient client({.model_path = file.path(), .max_sequences = 2, .threads = threads, .step_tokens = step_tokens});
        REQUIRE(client.status.ok());
        const std::vector<float> scores = client.ask({.kind = lemma::RequestKind::score, .tokens = tokens}).front().scores;
        CHECK_EQ(scores.size(), tokens.size());
        if (expected.empty()) expected = scores;
        CHECK(scores == expected);
      }
  }
}

TEST(odd_sizes) {
  check_model({.layers = 1, .width = 50, .heads = 3, .kv_heads = 1, .head_dim = 10, .feed_forward = 37, .vocabulary = 301, .seed = 3}, 45);
  check_model({.architecture = "qwen3", .layers = 1, .width = 32, .heads = 2, .kv_heads = 2, .head_dim = 48, .feed_forward = 64,
               .vocabulary = 33, .type = TensorType::q8_0, .seed = 4}, 45);
}

TEST(biases_and_many_heads) {
  check_model({.layers = 1, .heads = 12, .kv_heads = 1, .biased = true, .seed = 5}, 40);
  check_model({.architecture = "qwen2", .layers = 1, .width = 50, .heads = 5, .kv_heads = 1, .head_dim = 10, .feed_forward = 37,
               .biased = true, .seed = 9}, 40);
}

TEST(rope_scaling) {
  for (const char* architecture : {"llama", "qwen2", "qwen3"}) {
    const bool biased = architecture == std::string("qwen2");
    for (const RandomRope& rope : {RandomRope{.scaling = "linear", .factor = 4}, RandomRope{.divisors = true},
                                   RandomRope{.scaling = "linear", .factor = 2, .attention = 1.25F, .divisors = true},
                                   RandomRope{.scaling = "yarn", .factor = 4},
                                   RandomRope{.scaling = "yarn", .factor = 8, .attention = 0.9F, .original = 1024},
                                   RandomRope{.scaling = "yarn", .factor = 40, .original = 4096, .beta_fast = 64, .beta_slow = 4},
                                   RandomRope{.scaling = "yarn", .factor = 3, .divisors = true}})
      check_model({.architecture = architecture, .layers = 1, .heads = 2, .kv_heads = 1, .head_dim = 32, .biased = biased,
                   .rope = rope, .seed = 10}, 100);
  }
}

// Tokens and log-probabilities are the same bits alone, in any batch, with any chunk size and thread count.
void check_batches(const RandomModel& model, lemma::KvType cache) {
  struct Setting {
    std::uint32_t sequences, threads, step_tokens;
  };
  const TemporaryFile file(RandomModel(model).bytes());
  std::vector<Outcome> alone;
  for (const Setting& setting : {Setting{1, 1, 512}, Setting{2, 2, 5}, Setting{8, 3, 16}, Setting{8, 2, 512}}) {
    EngineClient client({.model_path = file.path(), .max_sequences = setting.sequences, .threads = setting.threads,
                         .step_tokens = setting.step_tokens, .kv_type = cache});
    REQUIRE(client.status.ok());
    std::vector<lemma::RequestId> ids;
    for (std::uint64_t i = 0; i < 6; ++i)
      ids.push_back(client.engine->submit({.tokens = random_tokens(i, 1 + i * 17 % 60, model.vocabulary),
                                           .sampling = {.temperature = i % 3 == 0 ? 0.0F : 0.9F, .seed = i},
                                           .max_tokens = 20, .logprobs = 0, .ignore_end = true}).value());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Outcome outcome = client.wait(ids[i]).front();
      if (setting.sequences == 1) alone.push_back(outcome);
      CHECK_EQ(outcome.tokens.size(), std::size_t{20});
      CHECK(outcome.tokens == alone[i].tokens);
      CHECK(std::ranges::equal(outcome.logprobs, alone[i].logprobs, {}, &lemma::TokenLogprob::logprob, &lemma::TokenLogprob::logprob));
    }
  }
}

RandomModel model_to_batch(const char* architecture, TensorType type) {
  return {.architecture = architecture, .head_dim = 32, .type = type, .biased = architecture == std::string("qwen2"),
          .rope = {.scaling = "yarn", .factor = 4}, .spread = 3.0, .seed = 11};
}

TEST(batches_chunks_and_threads_change_nothing) {
  for (const char* architecture : {"llama", "qwen2", "qwen3"}) check_batches(model_to_batch(architecture, TensorType::q8_0), lemma::KvType::f16);
  check_batches(model_to_batch("llama", TensorType::bf16), lemma::KvType::f16);
}

TEST(nor_with_8_bit_keys_and_values) {
  check_batches(model_to_batch("qwen3", TensorType::q8_0), lemma::KvType::q8_0);
  RandomModel odd = model_to_batch("llama", TensorType::f32);
  odd.head_dim = 10;  // its only block is not full
  check_batches(odd, lemma::KvType::q8_0);
}

TEST(more_than_one_attention_span) {
  check_model({.layers = 1, .width = 32, .heads = 2, .kv_heads = 1, .context = 1200, .seed = 6}, 1100);
}
