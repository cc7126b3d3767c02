// Multiplications and vector functions of every kernel set against the scalar one, bit for bit, over random shapes with tails; and the
// scalar one against plain arithmetic.

#include <algorithm>
#include <cmath>
#include <cstring>

#include "check.h"
#include "half.h"
#include "kernel_cases.h"
#include "packed_matrix.h"
#include "tiles.h"

using namespace lemma;
using lemma_test::fast_kernels;
using lemma_test::Numbers;
using lemma_test::random_floats;
using lemma_test::same;

namespace {

constexpr TensorType kQuantisedTypes[] = {TensorType::q8_0, TensorType::q4_0, TensorType::q4_k, TensorType::q5_k, TensorType::q6_k};
constexpr TensorType kAllTypes[] = {TensorType::f32,  TensorType::f16,  TensorType::bf16, TensorType::q8_0,
                                    TensorType::q4_0, TensorType::q4_k, TensorType::q5_k, TensorType::q6_k};

struct Matrix {
  std::vector<float> values;  // as the type holds them
  std::string bytes;
  Arena arena;
  PackedMatrix packed;

  Matrix(Numbers& numbers, TensorType type, std::uint32_t rows, std::uint32_t k) : values(random_floats(numbers, std::size_t{rows} * k)) {
    bytes = lemma_test::encode_tensor(type, values);
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    pack({"w", type, 2, {k, rows, 1, 1}, {data, bytes.size()}});
  }
  void pack(const GgufTensor& tensor) {
    arena = Arena::allocate(PackedMatrix::packed_bytes(tensor) + 64, "test").take();
    packed = PackedMatrix::pack(tensor, arena).take();
  }
};

std::vector<float> multiply(const KernelTable& kernels, const Matrix& matrix, const std::vector<float>& x, std::uint32_t columns,
                            bool accumulate) {
  const std::uint32_t k = matrix.packed.k(), blocks = matrix.packed.row_blocks();
  Tiles tiles;
  tiles.wants(matrix.packed);
  CHECK(tiles.allocate(k, columns).ok());
  for (std::uint32_t c = 0; c < columns; ++c) tiles.write(kernels, columns, c, 0, k, &x[std::size_t{c} * k]);
  std::vector<float> out(std::size_t{columns} * blocks * kRows, 0.5F);
  tiles.multiply(kernels, matrix.packed, 0, blocks, 0, columns, out.data(), std::size_t{blocks} * kRows, accumulate);
  return out;
}

}  // namespace

// Without a fast set the comparisons below would compare nothing.
TEST(there_are_sets_to_compare) {
  for (const KernelTable* kernels : fast_kernels()) std::printf("  %s\n", kernels->name);
  CHECK(!fast_kernels().empty());
}

TEST(matmul_equals_scalar) {
  Numbers numbers(11);
  for (const TensorType type : kAllTypes)
    for (int round = 0; round < 25; ++round) {
      const std::uint32_t rows = 1 + numbers.below(100), columns = 1 + numbers.below(19);
      const std::uint32_t block = tensor_type_info(type).block_elements;
      const std::uint32_t k = block * (1 + numbers.below(block == 1 ? 200 : block == kBlock ? 9 : 3));
      const Matrix matrix(numbers, type, rows, k);
      const std::vector<float> x = random_floats(numbers, std::size_t{columns} * k, 3.0F);
      const bool accumulate = round % 2 == 1;
      const std::vector<float> expected = multiply(kScalarKernels, matrix, x, columns, accumulate);
      for (const KernelTable* kernels : fast_kernels()) CHECK(same(multiply(*kernels, matrix, x, columns, accumulate), expected));
    }
}

TEST(matmul_computes_the_product) {
  Numbers numbers(12);
  for (const TensorType type : kAllTypes) {
    const std::uint32_t rows = 37, columns = 11, k = 256, padded = 48;
    const Matrix matrix(numbers, type, rows, k);
    std::vector<float> x = random_floats(numbers, std::size_t{columns} * k);
    const std::vector<float> out = multiply(kScalarKernels, matrix, x, columns, false);
    for (float& value : x)  // BF16 weights meet activations of the same type
      if (type == TensorType::bf16) value = bfloat_to_float(float_to_bfloat(value));
    for (std::uint32_t c = 0; c < columns; ++c)
      for (std::uint32_t r = 0; r < padded; ++r) {
        double sum = 0;
        for (std::uint32_t i = 0; i < k && r < rows; ++i)
          sum += static_cast<double>(matrix.values[std::size_t{r} * k + i]) * static_cast<double>(x[std::size_t{c} * k + i]);
        // 8-bit activations: an error of at most max|x| / 254 an element, so about 0.01 * sqrt(k).
        CHECK_NEAR(static_cast<double>(out[std::size_t{c} * padded + r]), sum, is_quantised(type) ? 0.7 : 2e-4);
      }
  }
}

// Whole numbers whose largest in each 32-block is 127 are their own int8, so only the order of float sums is left.
TEST(quantised_products_of_whole_numbers_are_exact) {
  Numbers numbers(17);
  for (const TensorType type : kQuantisedTypes) {
    const std::uint32_t rows = 21, columns = 9, k = 512, padded = 32;
    const Matrix matrix(numbers, type, rows, k);
    std::vector<float> x(std::size_t{columns} * k);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const float largest = i % 64 < 32 ? 127.0F : -127.0F;
      x[i] = i % 32 == 7 ? largest : static_cast<float>(numbers.below(255)) - 127.0F;
    }
    for (const KernelTable* kernels : runnable_kernels()) {
      const std::vector<float> out = multiply(*kernels, matrix, x, columns, false);
      for (std::uint32_t c = 0; c < columns; ++c)
        for (std::uint32_t r = 0; r < rows; ++r) {
          double sum = 0, magnitude = 0;
          for (std::uint32_t i = 0; i < k; ++i) {
            const double weight = static_cast<double>(matrix.values[std::size_t{r} * k + i]);
            const double product = weight * static_cast<double>(x[std::size_t{c} * k + i]);
            sum += product;
            magnitude += std::fabs(product);
          }
          CHECK_NEAR(static_cast<double>(out[std::size_t{c} * padded + r]), sum, 1e-6 * magnitude);
        }
    }
  }
}

TEST(a_column_does_not_depend_on_its_neighbours) {
  Numbers numbers(13);
  for (const TensorType type : kAllTypes) {
    const std::uint32_t rows = 48, most = 70, k = type == TensorType::f32 ? 96 : 256;
    const Matrix matrix(numbers, type, rows, k);
    const std::vector<float> x = random_floats(numbers, std::size_t{most} * k);
    for (const KernelTable* kernels : fast_kernels()) {
      std::vector<std::vector<float>> alone;
      for (std::uint32_t c = 0; c < most; ++c)
        alone.push_back(multiply(*kernels, matrix, {x.begin() + c * k, x.begin() + (c + 1) * k}, 1, false));
      for (std::uint32_t columns = 2; columns <= most; ++columns) {
        const std::vector<float> together = multiply(*kernels, matrix, x, columns, false);
        for (std::uint32_t c = 0; c < columns; ++c)
          CHECK(same({together.begin() + c * rows, together.begin() + (c + 1) * rows}, alone[c]));
      }
    }
  }
}

// Threads take ranges of row blocks, in any order; a feed-forward strip takes single tiles.
TEST(row_blocks_do_not_depend_on_their_neighbours) {
  Numbers numbers(18);
  for (const TensorType type : kAllTypes) {
    const std::uint32_t rows = 85, columns = 13, k = 256, blocks = 6, stride = blocks * kRows;
    const Matrix matrix(numbers, type, rows, k);
    const std::vector<float> x = random_floats(numbers, std::size_t{columns} * k);
    for (const KernelTable* kernels : runnable_kernels()) {
      const std::vector<float> whole = multiply(*kernels, matrix, x, columns, false);
      Tiles tiles;
      tiles.wants(matrix.packed);
      CHECK(tiles.allocate(k, columns).ok());
      for (std::uint32_t c = 0; c < columns; ++c)  // in pieces of a 32-block, as attention heads are
        for (std::uint32_t i = 0; i < k; i += kBlock) tiles.write(*kernels, columns, c, i, kBlock, &x[std::size_t{c} * k + i]);
      std::vector<float> out(whole.size());
      for (std::uint32_t first = blocks, last = blocks; first > 0; last = first) {
        first -= std::min(first, 1 + numbers.below(3));
        for (std::uint32_t tile = 0; tile < 2; ++tile)
          tiles.multiply(*kernels, matrix.packed, first, last, tile, tile == 0 ? kColumns : columns - kColumns,
                         &out[std::size_t{tile} * kColumns * stride + first * kRows], stride, false);
      }
      CHECK(same(out, whole));
    }
  }
}

// Weights that come from memory are fetched ahead, in steps that depend on the columns: that changes no bit, also at the matrix' end.
TEST(streamed_weights_give_the_same_bits) {
  Numbers numbers(31);
  const std::uint32_t k = 1024, rows = 4240, first = rows / kRows - 5, few = 5 * kRows;  // the last five row blocks
  const Matrix large(numbers, TensorType::q8_0, rows, k);
  CHECK(large.packed.bytes() > kCachedBytes);
  Matrix small(numbers, TensorType::q8_0, few, k);
  const std::size_t row_bytes = large.bytes.size() / rows;
  small.pack({"w", TensorType::q8_0, 2, {k, few, 1, 1},
              {reinterpret_cast<const std::uint8_t*>(large.bytes.data()) + first * kRows * row_bytes, few * row_bytes}});
  for (const std::uint32_t columns : {1U, 2U, 3U, 8U, 13U, 31U, 64U, 70U}) {
    const std::vector<float> x = random_floats(numbers, std::size_t{columns} * k);
    for (const KernelTable* kernels : fast_kernels()) {
      Tiles tiles;
      tiles.wants(large.packed);
      CHECK(tiles.allocate(k, columns).ok());
      for (std::uint32_t c = 0; c < columns; ++c) tiles.write(*kernels, columns, c, 0, k, &x[std::size_t{c} * k]);
      std::vector<float> out(std::size_t{columns} * few);
      tiles.multiply(*kernels, large.packed, first, first + few / kRows, 0, columns, out.data(), few, false);
      CHECK(same(out, multiply(*kernels, small, x, columns, false)));
    }
  }
}

TEST(extreme_weights_and_activations_stay_exact) {
  // int8 -128 is not what quantisers write, but a file may hold it; activations at the ends of their range.
  std::string bytes;
  const std::uint32_t rows = 16, k = 64;
  for (std::uint32_t block = 0; block < rows * k / 32; ++block) {
    lemma_test::GgufBuilder::put(bytes, float_to_half(0.5F));
    for (int i = 0; i < 32; ++i) lemma_test::GgufBuilder::put(bytes, static_cast<std::int8_t>(i % 3 == 0 ? -128 : i % 3 == 1 ? 127 : -127));
  }
  Numbers numbers(1);
  Matrix matrix(numbers, TensorType::q8_0, rows, k);
  matrix.pack({"w", TensorType::q8_0, 2, {k, rows, 1, 1}, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}});
  for (const float value : {127.0F, -127.0F, 3e38F, 1e-45F, 0.0F, INFINITY, NAN}) {
    std::vector<float> x(k, value);
    x[5] = -value;
    const std::vector<float> expected = multiply(kScalarKernels, matrix, x, 1, false);
    for (const KernelTable* kernels : fast_kernels()) {
      const std::vector<float> out = multiply(*kernels, matrix, x, 1, false);
      for (std::size_t i = 0; i < out.size(); ++i) CHECK(out[i] == expected[i] || (std::isnan(out[i]) && std::isnan(expected[i])));
    }
  }
}

// Groups of columns behind one another, and columns copied from other tiles, are what they are alone.
TEST(tiles_hold_groups_and_copies) {
  Numbers numbers(22);
  for (const TensorType type : kAllTypes) {
    const std::uint32_t columns = 11, k = type == TensorType::f32 || type == TensorType::bf16 ? 37 : 256;
    const Matrix matrix(numbers, type, 21, k);
    const std::size_t stride = matrix.packed.row_blocks() * kRows;
    const std::vector<float> x = random_floats(numbers, std::size_t{columns} * k);
    const std::vector<float> expected = multiply(kScalarKernels, matrix, x, columns, false);
    const auto check = [&](const Tiles& tiles, std::uint32_t count, std::uint32_t start, const std::uint32_t* which) {
      std::vector<float> out(count * stride);
      for (std::uint32_t first = 0; first < count; first += kColumns)
        tiles.multiply(kScalarKernels, matrix.packed, 0, matrix.packed.row_blocks(), first / kColumns, std::min(kColumns, count - first),
                       &out[first * stride], stride, false, start);
      for (std::uint32_t c = 0; c < count; ++c)
        CHECK(same({&out[c * stride], &out[(c + 1) * stride - 1] + 1},
                   {&expected[which[c] * stride], &expected[(which[c] + 1) * stride - 1] + 1}));
    };
    const std::uint32_t order[] = {10, 3, 8, 0, 1, 2, 9, 5, 4, 7, 6};
    Tiles source, groups, copies;
    for (Tiles* tiles : {&source, &groups, &copies}) tiles->wants(matrix.packed);
    CHECK(source.allocate(k, columns).ok() && groups.allocate(k, columns + 3).ok() && copies.allocate(k, kColumns).ok());
    for (std::uint32_t c = 0; c < columns; ++c) source.write(kScalarKernels, columns, c, 0, k, &x[std::size_t{c} * k]);
    for (std::uint32_t c = 0; c < columns; ++c) groups.write(kScalarKernels, columns, c, 0, k, &x[std::size_t{order[c]} * k], 3);
    for (std::uint32_t c = 0; c < 3; ++c) groups.write(kScalarKernels, 3, c, 0, k, &x[std::size_t{order[c]} * k]);
    check(groups, 3, 0, order);
    check(groups, columns, 3, order);
    for (std::uint32_t count = 1; count <= kColumns; ++count) {
      for (std::uint32_t c = 0; c < count; ++c) copies.copy(source, columns, order[c], count, c);
      check(copies, count, 0, order);
    }
  }
}

// vdpbf16ps takes what lies below 2^-126 for 0, in operands and in sums; the sets without it must do the same.
TEST(bf16_products_flush_tiny_numbers) {
  Numbers numbers(20);
  const std::uint32_t rows = 16, k = 65, columns = 3;  // an odd k, padded by a zero
  std::string bytes;
  for (std::uint32_t i = 0; i < rows * k; ++i)
    lemma_test::GgufBuilder::put(bytes, static_cast<std::uint16_t>((numbers.below(130) << 7) | (numbers.below(2) << 15) | numbers.below(128)));
  Matrix matrix(numbers, TensorType::bf16, rows, k);
  matrix.pack({"w", TensorType::bf16, 2, {k, rows, 1, 1}, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}});
  for (const float size : {1e-39F, 1e-37F, 1e-20F, 1.0F}) {
    const std::vector<float> x = random_floats(numbers, std::size_t{columns} * k, size);
    const std::vector<float> expected = multiply(kScalarKernels, matrix, x, columns, false);
    for (const float one : expected) CHECK(one == 0 || std::fabs(one) >= 0x1p-126F);
    for (const KernelTable* kernels : fast_kernels()) CHECK(same(multiply(*kernels, matrix, x, columns, false), expected));
  }
  const float tiny = 0x1p-149F;  // and the mode is put back
  CHECK(tiny * 2.0F > 0);
}

// Every bit set: the largest quants, scales and minima that a block can hold, with the activations that make the sums largest.
TEST(extreme_blocks_stay_exact) {
  Numbers numbers(19);
  for (const TensorType type : {TensorType::q4_0, TensorType::q4_k, TensorType::q5_k, TensorType::q6_k})
    for (const int fill : {0xFF, 0x00, 0x80, 0x7F}) {
      const TensorTypeInfo& info = tensor_type_info(type);
      const std::uint32_t rows = 16, k = 512;
      std::string bytes(rows * k / info.block_elements * info.block_bytes, static_cast<char>(fill));
      for (std::size_t block = 0; block < bytes.size(); block += info.block_bytes) {
        const std::size_t place = type == TensorType::q6_k ? 208 : 0;
        bytes.replace(block + place, 2, std::string("\x00\x7B", 2));  // 57344
        if (type == TensorType::q4_k || type == TensorType::q5_k) bytes.replace(block + 2, 2, std::string("\x00\x7B", 2));
      }
      Matrix matrix(numbers, type, rows, k);
      matrix.pack({"w", type, 2, {k, rows, 1, 1}, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}});
      for (const float value : {127.0F, -127.0F, 0.37F}) {
        const std::vector<float> x(k, value);
        const std::vector<float> expected = multiply(kScalarKernels, matrix, x, 1, false);
        for (const float one : expected) CHECK(std::isfinite(one));
        for (const KernelTable* kernels : fast_kernels()) CHECK(same(multiply(*kernels, matrix, x, 1, false), expected));
      }
    }
}

TEST(vector_kernels_equal_scalar) {
  Numbers numbers(14);
  for (int round = 0; round < 200; ++round) {
    const std::uint32_t n = 1 + numbers.below(300);
    const float scale = round % 3 == 0 ? 50.0F : 1.0F;
    const std::vector<float> a = random_floats(numbers, n, scale), b = random_floats(numbers, n);
    const auto run = [&](const KernelTable& kernels) {
      std::vector<std::vector<float>> results;
      std::vector<float> y(n);
      kernels.rms_norm(a.data(), b.data(), y.data(), n, 1e-6F);
      results.push_back(y);
      kernels.swiglu(a.data(), b.data(), y.data(), n);
      results.push_back(y);
      kernels.sigmoid(a.data(), y.data(), n);
      results.push_back(y);
      kernels.add(y.data(), b.data(), n);
      results.push_back(y);
      std::vector<float> x = a;
      if (n >= 2) kernels.rope(x.data(), b.data(), b.data() + n / 2, n / 2);
      results.push_back(x);
      float largest = 0, sum = 0;
      kernels.softmax(a.data(), n, 0.7F, y.data(), &largest, &sum);
      y.push_back(largest);
      y.push_back(sum);
      results.push_back(y);
      std::vector<std::uint16_t> half(n);
      kernels.to_half(a.data(), half.data(), n);
      y.assign(half.begin(), half.end());
      results.push_back(y);
      return results;
    };
    const auto expected = run(kScalarKernels);
    for (const KernelTable* kernels : fast_kernels()) {
      const auto results = run(*kernels);
      for (std::size_t i = 0; i < results.size(); ++i) CHECK(same(results[i], expected[i]));
    }
  }
}

TEST(exponential_is_accurate) {
  for (float x = -86.5F; x < 86.5F; x += 0.0137F) {
    float largest = 0, sum = 0, y[2];
    const float pair[2] = {0.0F, -std::fabs(x)};
    kScalarKernels.softmax(pair, 2, 1.0F, y, &largest, &sum);
    const double expected = std::exp(-std::fabs(static_cast<double>(x)));
    CHECK_NEAR(static_cast<double>(y[1]) / expected, 1.0, 3e-7);
  }
}

TEST(half_conversion_is_exact) {
  for (std::uint32_t bits = 0; bits < 65536; ++bits) {
    const auto half = static_cast<std::uint16_t>(bits);
    const float value = half_to_float(half);
    if (std::isnan(value)) continue;
    CHECK_EQ(float_to_half(value), half);
    const float up = half_to_float(static_cast<std::uint16_t>(half + 1));
    if (!std::isfinite(up) || !std::isfinite(value)) continue;
    CHECK_EQ(float_to_half((value + up) / 2), static_cast<std::uint16_t>(half + (half & 1)));  // ties to even
  }
}

TEST(rows_are_read_back) {
  Numbers numbers(16);
  for (const TensorType type : kAllTypes) {
    const Matrix matrix(numbers, type, 21, 512);
    for (std::uint32_t row = 0; row < 21; ++row) {
      std::vector<float> out(512);
      matrix.packed.read_row(row, out.data());
      CHECK(same(out, {matrix.values.begin() + row * 512, matrix.values.begin() + (row + 1) * 512}));
    }
  }
}
