// Latent attention and experts against an independent forward pass in double precision, both forms of attention against each other,
// both generations of files, and that neither batch, chunks, threads, memory nor kernel set change a bit.
//
// Experts are chosen by comparing scores, and rounding may turn a close comparison: a model whose closest decision is nearer than
// kMargin on its tokens would compare two right answers, so the next seed is taken. Where activations are rounded to BF16 or 8
// bits, or latents to 8, no margin is wide enough: there, and where gates are not what is tested, all experts are used.

#include <algorithm>
#include <cmath>

#include "check.h"
#include "decoder_runner.h"
#include "random_latent.h"
#include "reference_latent.h"

using namespace lemma_test;
using lemma::KvType;
using lemma::TensorType;

namespace {

constexpr double kMargin = 1e-3;

std::vector<std::uint32_t> random_tokens(std::uint64_t seed, std::size_t count, std::uint32_t vocabulary = 300) {
  Numbers numbers(seed);
  std::vector<std::uint32_t> tokens(count);
  for (std::uint32_t& token : tokens) token = numbers.below(vocabulary);
  return tokens;
}

// The largest distance of log-probabilities.
double distance(const std::vector<std::vector<float>>& found, const std::vector<Row>& expected) {
  double worst = found.size() == expected.size() ? 0 : INFINITY;
  for (std::size_t t = 0; t < std::min(found.size(), expected.size()); ++t) {
    const Row row(found[t].begin(), found[t].end());
    for (std::uint32_t token = 0; token < row.size(); ++token)
      worst = std::max(worst, std::fabs(reference_logprob(row, token) - reference_logprob(expected[t], token)));
  }
  return worst;
}

std::vector<Row> rows_of(const std::vector<std::vector<float>>& logits) {
  std::vector<Row> rows;
  for (const std::vector<float>& row : logits) rows.emplace_back(row.begin(), row.end());
  return rows;
}

struct Cache {
  KvType type;
  const char* name;
};
constexpr Cache kCaches[] = {{KvType::f32, "f32"}, {KvType::f16, "f16"}, {KvType::q8_0, "q8_0"}};

// F32 with an F32 cache leaves the order of float sums; an F16 cache rounds latents to 11 bits, a Q8_0 cache to 8; BF16 files round
// activations to 8 bits too, quantised ones to 8 with a scale for each 32.
double tolerance(TensorType type, KvType cache) {
  const double plain = cache == KvType::f32 ? 3e-5 : cache == KvType::f16 ? 3e-2 : 0.3;
  return lemma::is_quantised(type) ? 0.5 + (cache == KvType::q8_0 ? plain : 0) : type == TensorType::bf16 ? 0.1 + plain : plain;
}

// As prompt in one piece (expanded), and token by token (absorbed).
void check_model(RandomLatent model, std::size_t length = 40) {
  if (lemma::is_quantised(model.type) || model.type == TensorType::bf16) model.used = model.experts;
  std::string bytes;
  std::vector<std::uint32_t> tokens;
  std::vector<Row> expected;
  for (double margin = 0; margin < kMargin; ++model.seed) {
    bytes = model.bytes();
    tokens = random_tokens(model.seed + 5, length, model.vocabulary);
    LatentReference reference(model);
    expected = reference.logits(tokens);
    margin = reference.margin;
  }
  for (const Cache& cache : kCaches) {
    if (cache.type == KvType::q8_0 && model.dense_layers < model.layers && model.used < model.experts) continue;
    DecoderRunner runner(bytes, {.context = model.context, .kv_type = cache.type});
    CHECK_EQ(runner.status.message, "");
    if (!runner.status.ok()) return;
    const auto expanded = runner.logits_of(tokens, length, static_cast<std::uint32_t>(length));
    const auto absorbed = runner.logits_of(tokens, 0, 1);
    const double first = distance(expanded, expected), second = distance(absorbed, expected);
    std::printf("  %s, %s cache: expanded %.2g, absorbed %.2g\n", lemma::tensor_type_info(model.type).name,
                cache.name, first, second);
    CHECK(first < tolerance(model.type, cache.type));
    CHECK(second < tolerance(model.type, cache.type));
    CHECK(expanded != absorbed);  // two forms, or the test compares one with itself
  }
}

}  // namespace

TEST(every_type_agrees_with_the_reference) {
  for (const TensorType type : {TensorType::f32, TensorType::f16, TensorType::bf16, TensorType::q8_0}) check_model({.type = type, .seed = 3});
  check_model({.joint = true, .type = TensorType::bf16, .router = TensorType::bf16, .seed = 3});
}

TEST(every_gate_agrees_with_the_reference) {
  check_model({.groups = 4, .used_groups = 2, .seed = 4});
  check_model({.gating = 1, .normalised = false, .biased = false, .scale = 1, .seed = 5});
  check_model({.shared = 0, .normalised = false, .seed = 6});
  check_model({.used = 8, .shared = 2, .seed = 7});
}

TEST(without_query_rank_and_in_the_older_generation) {
  for (const bool joint : {false, true})
    for (const std::uint32_t q_rank : {0U, 32U}) check_model({.q_rank = q_rank, .used = 8, .joint = joint, .tied = q_rank == 0, .seed = 8});
  check_model({.joint = true, .type = TensorType::q8_0, .seed = 8});
}

TEST(yarn_agrees_with_the_reference) {
  check_model({.used = 8, .factor = 8, .multiplier = 0.1F, .seed = 9}, 100);
  check_model({.used = 8, .factor = 8, .multiplier = 0.07F, .seed = 9}, 60);
  check_model({.used = 8, .factor = 8, .seed = 9}, 60);  // without the multiplier YaRN's own magnitude holds
}

TEST(odd_sizes) {
  check_model({.layers = 2, .width = 50, .heads = 3, .nope = 10, .rope = 6, .value = 11, .q_rank = 13, .kv_rank = 21, .feed_forward = 37,
               .experts = 5, .used = 2, .expert_width = 19, .vocabulary = 301, .seed = 10});
  check_model({.layers = 2, .dense_layers = 0, .width = 64, .heads = 12, .nope = 32, .rope = 2, .value = 8, .kv_rank = 32,
               .type = TensorType::q8_0, .seed = 11});
  check_model({.layers = 2, .width = 50, .heads = 3, .nope = 11, .rope = 6, .value = 11, .q_rank = 13, .kv_rank = 21, .feed_forward = 37,
               .experts = 5, .expert_width = 19, .vocabulary = 301, .type = TensorType::bf16, .seed = 10});
}

TEST(no_experts_at_all) { check_model({.layers = 2, .dense_layers = 2, .seed = 12}); }

// Heads so wide that nothing is gained by expanding: prompts attend absorbed too.
TEST(wide_heads_attend_absorbed) {
  RandomLatent model = {.nope = 64, .value = 64, .kv_rank = 32, .seed = 13};
  DecoderRunner runner(model.bytes());
  REQUIRE(runner.status.ok());
  CHECK(!runner.decoder->tells_prompts_apart());
  const std::vector<std::uint32_t> tokens = random_tokens(1, 40);
  CHECK(runner.logits_of(tokens, 40, 40) == runner.logits_of(tokens, 0, 1));
}

TEST(both_forms_agree) {
  RandomLatent model = {.spread = 3, .seed = 14};
  DecoderRunner runner(model.bytes(), {.context = 200});
  REQUIRE(runner.status.ok());
  const std::vector<std::uint32_t> tokens = random_tokens(2, 200);
  const auto expanded = runner.logits_of(tokens, 200, 200), absorbed = runner.logits_of(tokens, 0, 1);
  CHECK(distance(absorbed, rows_of(expanded)) < 1e-3);
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    const auto best = std::ranges::max_element(expanded[t]) - expanded[t].begin();
    const float most = *std::ranges::max_element(absorbed[t]);
    CHECK(most - absorbed[t][static_cast<std::size_t>(best)] < 1e-4F);  // the same token, or a tie
  }
}

TEST(both_generations_are_the_same_bits) {
  RandomLatent newer = {.seed = 15}, older = {.joint = true, .seed = 15};
  DecoderRunner a(newer.bytes()), b(older.bytes());
  REQUIRE(a.status.ok() && b.status.ok());
  const std::vector<std::uint32_t> tokens = random_tokens(3, 50);
  CHECK(a.logits_of(tokens, 30, 7) == b.logits_of(tokens, 30, 7));
}

// Sequences of different lengths and prompts, alone and together, cut anyhow, on any number of threads, with any memory and kernels.
void check_surroundings(TensorType type, KvType cache) {
  RandomLatent model = {.joint = type == TensorType::f32, .type = type, .seed = 16};
  const std::string bytes = model.bytes();
  constexpr std::uint32_t kSequences = 4;
  std::vector<std::vector<std::uint32_t>> texts;
  std::vector<std::vector<std::vector<float>>> alone;
  DecoderRunner single(bytes, {.kv_type = cache});
  REQUIRE(single.status.ok());
  for (std::uint32_t i = 0; i < kSequences; ++i) {
    texts.push_back(random_tokens(20 + i, 40 + 13 * i));
    alone.push_back(single.logits_of(texts[i], 10 + 11 * i, 64));
  }
  struct Setting {
    std::uint32_t threads;
    std::uint64_t packed_bytes;
    const lemma::KernelTable* kernels;
  };
  std::vector<Setting> settings = {{1, UINT64_MAX, lemma::runnable_kernels().back()}, {3, 100000, lemma::runnable_kernels().back()}};
  for (const lemma::KernelTable* kernels : lemma::runnable_kernels()) settings.push_back({2, UINT64_MAX, kernels});
  for (const Setting& setting : settings) {
    DecoderRunner runner(bytes, {.kernels = setting.kernels, .threads = setting.threads, .sequences = kSequences,
                                 .kv_type = cache, .packed_bytes = setting.packed_bytes});
    REQUIRE(runner.status.ok());
    Numbers numbers(setting.threads);
    for (std::uint32_t i = 0; i < kSequences; ++i) runner.begin(i, texts[i], 10 + 11 * i);
    for (bool all = false; !all;) {
      std::vector<Piece> pieces;
      all = true;
      for (std::uint32_t i = 0; i < kSequences; ++i) {
        const auto left = static_cast<std::uint32_t>(texts[i].size() - runner.logits(i).size());
        if (left == 0) continue;
        all = false;
        if (numbers.below(4) > 0) pieces.push_back({i, std::min(left, 1 + numbers.below(20))});
      }
      if (!pieces.empty()) runner.step(pieces);
    }
    for (std::uint32_t i = 0; i < kSequences; ++i) CHECK(runner.logits(i) == alone[i]);
  }
}

TEST(nothing_around_a_sequence_changes_its_bits) {
  for (const TensorType type : {TensorType::q8_0, TensorType::bf16, TensorType::f32}) check_surroundings(type, KvType::f16);
  for (const TensorType type : {TensorType::q8_0, TensorType::f32}) check_surroundings(type, KvType::q8_0);
}

// A prompt across the position from which prompts attend absorbed, and more than one attention span.
TEST(long_prompts) {
  RandomLatent model = {.layers = 1, .dense_layers = 0, .width = 32, .heads = 2, .nope = 8, .rope = 4, .value = 8, .q_rank = 0,
                        .kv_rank = 16, .experts = 4, .used = 1, .expert_width = 16, .vocabulary = 50, .context = 1200, .seed = 17};
  const std::string bytes = model.bytes();
  const std::vector<std::uint32_t> tokens = random_tokens(4, 1100, 50);
  LatentReference reference(model);
  const std::vector<Row> expected = reference.logits(tokens);
  DecoderRunner runner(bytes, {.threads = 2, .context = 1200});
  REQUIRE(runner.status.ok());
  const auto whole = runner.logits_of(tokens, 1100, 1100);
  CHECK(distance(whole, expected) < 3e-5);
  CHECK(runner.logits_of(tokens, 1100, 300) == whole);
}
