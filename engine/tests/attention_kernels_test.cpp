// Attention of every kernel set against the scalar one, bit for bit; and the scalar one against plain arithmetic.

#include <cmath>
#include <cstring>

#include "check.h"
#include "half.h"
#include "kernel_cases.h"

using namespace lemma;
using lemma_test::fast_kernels;
using lemma_test::Numbers;
using lemma_test::random_floats;
using lemma_test::same;

using Attention = void (*lemma::KernelTable::*)(const AttentionArgs&);

// How a head's keys and values lie in a page: bytes of each by their elements, and random content; no values if they are in keys.
struct PageForm {
  std::size_t (*key_bytes)(std::uint32_t);
  std::size_t (*value_bytes)(std::uint32_t);
  void (*fill)(Numbers&, std::uint32_t key_dim, std::uint32_t value_dim, std::vector<std::uint8_t>& pool);
};

template <typename Element, Element (*Make)(float)>
constexpr PageForm kPlainPages = {
    [](std::uint32_t dim) { return std::size_t{kPageTokens} * dim * sizeof(Element); },
    [](std::uint32_t dim) { return std::size_t{kPageTokens} * ((dim + 15) / 16 * 16) * sizeof(Element); },
    [](Numbers& numbers, std::uint32_t, std::uint32_t, std::vector<std::uint8_t>& pool) {
      for (std::size_t i = 0; i < pool.size(); i += sizeof(Element)) {
        const Element value = Make(numbers.normal());
        std::memcpy(&pool[i], &value, sizeof value);
      }
    }};

// Any bytes are int8 elements, but the scales must be plausible floats.
constexpr PageForm kQ8Pages = {
    q8_key_bytes, q8_value_bytes,
    [](Numbers& numbers, std::uint32_t key_dim, std::uint32_t value_dim, std::vector<std::uint8_t>& pool) {
      for (std::uint8_t& byte : pool) byte = static_cast<std::uint8_t>(numbers.below(256));
      const auto fill_scales = [&](std::size_t at, std::uint32_t dim) {
        for (std::size_t i = 0; i < q8_scales_bytes(dim); i += 4) {
          const float scale = 0.01F * static_cast<float>(numbers.uniform());
          std::memcpy(&pool[at + i], &scale, 4);
        }
      };
      for (std::size_t at = 0; at < pool.size(); at += q8_key_bytes(key_dim) + q8_value_bytes(value_dim)) {
        fill_scales(at, key_dim);
        fill_scales(at + q8_key_bytes(key_dim), value_dim);
      }
    }};

void check_attention(Attention attention, const PageForm& form) {
  Numbers numbers(15);
  for (int round = 0; round < 60; ++round) {
    const std::uint32_t dim = 2 * (1 + numbers.below(80)), rows = 1 + numbers.below(8);
    const bool in_keys = round % 3 == 0;  // latent attention
    const std::uint32_t values = in_keys ? 1 + numbers.below(dim) : round % 3 == 1 ? dim : 1 + numbers.below(150);
    const std::uint32_t stored = in_keys ? 0 : values;
    const std::uint32_t context = round % 10 == 0 ? 500 + numbers.below(700) : 1 + numbers.below(120);
    const std::uint32_t page_count = (context + kPageTokens - 1) / kPageTokens;
    const std::size_t page_bytes = form.key_bytes(dim) + form.value_bytes(stored);
    std::vector<std::uint8_t> pool((page_count + 3) * page_bytes);
    form.fill(numbers, dim, stored, pool);
    std::vector<std::uint32_t> pages(page_count);
    for (std::uint32_t i = 0; i < page_count; ++i) pages[i] = page_count + 2 - i;
    const std::vector<float> q = random_floats(numbers, std::size_t{rows} * dim, 0.5F);
    std::uint32_t visible[kAttentionRows];
    for (std::uint32_t m = 0; m < rows; ++m) visible[m] = 1 + numbers.below(context);
    visible[rows - 1] = context;
    const auto run = [&](const KernelTable& kernels, std::uint32_t first, std::uint32_t last) {
      std::vector<float> out(std::size_t{rows} * values), scratch(kAttentionScratch, NAN);
      AttentionArgs args = {.q = {}, .out = {}, .visible = {}, .rows = last - first, .key_dim = dim, .value_dim = values,
                            .values_in_keys = in_keys, .pool = pool.data(), .page_bytes = page_bytes,
                            .pages = pages.data(), .k_offset = 0, .v_offset = form.key_bytes(dim), .scratch = scratch.data()};
      for (std::uint32_t m = first; m < last; ++m) {
        args.q[m - first] = &q[std::size_t{m} * dim];
        args.out[m - first] = &out[std::size_t{m} * values];
        args.visible[m - first] = visible[m];
      }
      (kernels.*attention)(args);
      return out;
    };
    const std::vector<float> expected = run(kScalarKernels, 0, rows);
    for (const KernelTable* kernels : fast_kernels()) {
      CHECK(same(run(*kernels, 0, rows), expected));
      const std::vector<float> alone = run(*kernels, rows - 1, rows);  // a row doesn't depend on its neighbours
      for (std::uint32_t d = 0; d < values; ++d)
        CHECK_EQ(alone[std::size_t{rows - 1} * values + d], expected[std::size_t{rows - 1} * values + d]);
    }
  }
}

float itself(float value) { return value; }

TEST(attention_equals_scalar) { check_attention(&KernelTable::attention, kPlainPages<std::uint16_t, float_to_half>); }
TEST(attention_over_f32_pages_equals_scalar) { check_attention(&KernelTable::attention_f32, kPlainPages<float, itself>); }
TEST(attention_over_8_bit_pages_equals_scalar) { check_attention(&KernelTable::attention_q8, kQ8Pages); }

// Rows of several heads in one call are what each head's rows are alone.
void check_heads_at_once(Attention attention, const PageForm& form) {
  Numbers numbers(33);
  for (int round = 0; round < 60; ++round) {
    const std::uint32_t dim = 2 * (1 + numbers.below(40)), heads = 2 + numbers.below(4), each = 1 + numbers.below(kAttentionRows / heads);
    const std::uint32_t rows = heads * each, context = round % 10 == 0 ? 500 + numbers.below(600) : 1 + numbers.below(140);
    const std::size_t head_bytes = form.key_bytes(dim) + form.value_bytes(dim), page_bytes = heads * head_bytes;
    const std::uint32_t page_count = (context + kPageTokens - 1) / kPageTokens;
    std::vector<std::uint8_t> pool(page_count * page_bytes);
    form.fill(numbers, dim, dim, pool);
    std::vector<std::uint32_t> pages(page_count);
    for (std::uint32_t i = 0; i < page_count; ++i) pages[i] = page_count - 1 - i;
    const std::vector<float> q = random_floats(numbers, std::size_t{rows} * dim, 0.5F);
    const auto run = [&](const KernelTable& kernels, std::uint32_t head, std::uint32_t count, std::vector<float>& out) {
      std::vector<float> scratch(kAttentionScratch, NAN);
      AttentionArgs args = {.q = {}, .out = {}, .visible = {}, .rows = count * each, .key_dim = dim, .value_dim = dim,
                            .values_in_keys = false, .pool = pool.data(), .page_bytes = page_bytes, .pages = pages.data(),
                            .k_offset = head * head_bytes, .v_offset = head * head_bytes + form.key_bytes(dim), .scratch = scratch.data(),
                            .head_rows = count == 1 ? kAttentionRows : each, .head_bytes = head_bytes};
      for (std::uint32_t m = 0; m < args.rows; ++m) {
        args.q[m] = &q[std::size_t{head * each + m} * dim];
        args.out[m] = &out[std::size_t{head * each + m} * dim];
        args.visible[m] = context - (m % each < context ? m % each : 0);
      }
      (kernels.*attention)(args);
    };
    std::vector<float> expected(std::size_t{rows} * dim), out(expected.size());
    for (std::uint32_t head = 0; head < heads; ++head) run(kScalarKernels, head, 1, expected);
    run(kScalarKernels, 0, heads, out);
    CHECK(same(out, expected));
    for (const KernelTable* kernels : fast_kernels()) {
      run(*kernels, 0, heads, out);
      CHECK(same(out, expected));
    }
  }
}

TEST(attention_over_several_heads_is_that_over_each) {
  check_heads_at_once(&KernelTable::attention, kPlainPages<std::uint16_t, float_to_half>);
  check_heads_at_once(&KernelTable::attention_f32, kPlainPages<float, itself>);
  check_heads_at_once(&KernelTable::attention_q8, kQ8Pages);
}

// The scalar one against plain arithmetic: a page of 8-bit keys and values beside the same numbers in f32.
TEST(attention_over_8_bit_pages_is_that_over_its_values) {
  Numbers numbers(21);
  for (const std::uint32_t dim : {2U, 30U, 32U, 48U, 80U, 128U}) {
    const std::uint32_t padded = (dim + 15) / 16 * 16, blocks = q8_head_blocks(dim), page = 0;
    const std::size_t v_offset = q8_key_bytes(dim);
    std::vector<std::uint8_t> pool(v_offset + q8_value_bytes(dim));
    kQ8Pages.fill(numbers, dim, dim, pool);
    const auto* key_scales = reinterpret_cast<const float*>(pool.data());
    const auto* value_scales = reinterpret_cast<const float*>(pool.data() + v_offset);
    const auto* keys = reinterpret_cast<const std::int8_t*>(pool.data() + q8_scales_bytes(dim));
    const auto* values = reinterpret_cast<const std::int8_t*>(pool.data() + v_offset + q8_scales_bytes(dim));
    std::vector<float> wide(std::size_t{kPageTokens} * (dim + padded));
    for (std::uint32_t slot = 0; slot < kPageTokens; ++slot)
      for (std::uint32_t d = 0; d < dim; ++d) {
        wide[d * kPageTokens + slot] = key_scales[d / 32 * kPageTokens + slot] * static_cast<float>(keys[d * kPageTokens + slot]);
        wide[kPageTokens * dim + slot * padded + d] =
            value_scales[slot * blocks + d / 32] * static_cast<float>(values[slot * padded + d]);
      }
    const std::vector<float> q = random_floats(numbers, dim, 0.5F);
    std::vector<float> expected(dim), out(dim), scratch(kAttentionScratch);
    AttentionArgs args = {.q = {q.data()}, .out = {expected.data()}, .visible = {kPageTokens}, .rows = 1, .key_dim = dim,
                          .value_dim = dim, .values_in_keys = false, .pool = nullptr, .page_bytes = 0, .pages = &page,
                          .k_offset = 0, .v_offset = 0, .scratch = scratch.data()};
    for (const bool in_keys : {false, true}) {
      args.values_in_keys = in_keys;
      args.out[0] = expected.data();
      args.pool = reinterpret_cast<const std::uint8_t*>(wide.data());
      args.v_offset = std::size_t{kPageTokens} * dim * 4;
      kScalarKernels.attention_f32(args);
      args.out[0] = out.data();
      args.pool = pool.data();
      args.v_offset = v_offset;
      kScalarKernels.attention_q8(args);
      for (std::uint32_t d = 0; d < dim; ++d) CHECK_NEAR(static_cast<double>(out[d]), static_cast<double>(expected[d]), 1e-5);
    }
  }
}
