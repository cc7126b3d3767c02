// Quantised blocks worked out by hand from the formats' definitions: what their bytes mean, before and after packing.

#include <vector>

#include "check.h"
#include "memory.h"
#include "packed_matrix.h"
#include "weight_blocks.h"

using lemma::TensorType;

namespace {

using Bytes = std::vector<std::uint8_t>;
using Values = std::vector<float>;

// The block read as a row, and read back from a packed matrix whose third row it is.
void check_block(TensorType type, const Bytes& block, const Values& expected) {
  const lemma::TensorTypeInfo& info = lemma::tensor_type_info(type);
  CHECK_EQ(block.size(), std::size_t{info.block_bytes});
  REQUIRE(expected.size() == info.block_elements);
  Values values(expected.size());
  lemma::weight_values(type, block.data(), values.size(), values.data());
  for (std::size_t i = 0; i < values.size(); ++i) CHECK_EQ(values[i], expected[i]);

  Bytes rows(2 * block.size());
  rows.insert(rows.end(), block.begin(), block.end());
  const lemma::GgufTensor tensor = {"w", type, 2, {info.block_elements, 3, 1, 1}, rows};
  lemma::Arena arena = lemma::Arena::allocate(lemma::PackedMatrix::packed_bytes(tensor) + 64, "test").take();
  const lemma::PackedMatrix packed = lemma::PackedMatrix::pack(tensor, arena).take();
  packed.read_row(2, values.data());
  for (std::size_t i = 0; i < values.size(); ++i) CHECK_EQ(values[i], expected[i]);
  packed.read_row(0, values.data());
  for (const float value : values) CHECK_EQ(value, 0.0F);
}

Values in_blocks_of(std::size_t n, std::initializer_list<float> values) {
  Values all;
  for (const float value : values) all.insert(all.end(), n, value);
  return all;
}

}  // namespace

TEST(q4_0_block) {
  Bytes block = {0x00, 0x38};  // d = 0.5
  Values expected(32);
  for (int i = 0; i < 16; ++i) {
    block.push_back(static_cast<std::uint8_t>(i | (15 - i) << 4));
    expected[static_cast<std::size_t>(i)] = 0.5F * static_cast<float>(i - 8);
    expected[static_cast<std::size_t>(i + 16)] = 0.5F * static_cast<float>(7 - i);
  }
  check_block(TensorType::q4_0, block, expected);
}

TEST(q8_0_block) {
  Bytes block = {0x00, 0xB4};  // d = -0.25
  Values expected;
  for (int i = 0; i < 32; ++i) {
    block.push_back(static_cast<std::uint8_t>(i * 8 - 128));
    expected.push_back(-0.25F * static_cast<float>(i * 8 - 128));
  }
  check_block(TensorType::q8_0, block, expected);
}

// d = 1, dmin = 0.5; scales 1 2 3 63 17 33 63 5, minima 0 1 2 63 4 50 21 62. 17 = 01|0001, 33 = 10|0001, 63 = 11|1111 and 5 = 00|0101 give
// the tops of the first four of twelve bytes and the low nibbles of the last four; 4 = 00|0100, 50 = 11|0010, 21 = 01|0101 and
// 62 = 11|1110 the tops of the middle four and the high nibbles.
const Bytes kHead = {0x00, 0x3C, 0x00, 0x38, 0x41, 0x82, 0xC3, 0x3F, 0x00, 0xC1, 0x42, 0xFF, 0x41, 0x21, 0x5F, 0xE5};

void put_nibbles(Bytes& block) {
  const std::size_t start = block.size();
  for (const int pair : {0x21, 0x43, 0xF0, 0x87}) block.insert(block.end(), 32, static_cast<std::uint8_t>(pair));
  block[start + 5] = 0xA9;  // elements 5 and 37
}

TEST(q4_k_block) {
  Bytes block = kHead;
  put_nibbles(block);
  // 1*1-0, 2*2-0.5, 3*3-1, 63*4-31.5, 17*0-2, 33*15-25, 63*7-10.5, 5*8-31
  Values expected = in_blocks_of(32, {1, 3.5F, 8, 220.5F, -2, 470, 430.5F, 9});
  expected[5] = 9;       // 1 * 9 - 0
  expected[37] = 19.5F;  // 2 * 10 - 0.5
  check_block(TensorType::q4_k, block, expected);
}

TEST(q5_k_block) {
  Bytes block = kHead;
  block.insert(block.end(), 32, 0x82);  // 32-blocks 1 and 7 are 16 larger ...
  block[16 + 5] = 0x01;                 // ... but of their elements 5 it is block 0's
  put_nibbles(block);
  // As Q4_K but 2*18-0.5 and 5*24-31
  Values expected = in_blocks_of(32, {1, 35.5F, 8, 220.5F, -2, 470, 430.5F, 89});
  expected[5] = 25;      // 1 * (9 + 16)
  expected[37] = 19.5F;  // 2 * 10 - 0.5
  expected[229] = 9;     // 5 * 8 - 31
  check_block(TensorType::q5_k, block, expected);
}

TEST(q6_k_block) {
  Bytes block;
  for (const int pair : {0x21, 0x43, 0x0F, 0xF0}) block.insert(block.end(), 32, static_cast<std::uint8_t>(pair));
  block[3] = 0x5A;                      // elements 3 and 67
  block.insert(block.end(), 32, 0xE4);  // 32-blocks 0 to 3: 0, 1, 2, 3 times 16
  block.insert(block.end(), 32, 0x1B);  // 4 to 7: 3, 2, 1, 0
  for (const int scale : {1, -1, 2, -2, 3, -3, 4, -4, 127, -128, 5, -5, 6, -6, 7, -7}) block.push_back(static_cast<std::uint8_t>(scale));
  block.insert(block.end(), {0x00, 0x34});  // d = 0.25
  // q - 32: 1-32, 3+16-32, 2+32-32, 4+48-32, 15+48-32, 0+32-32, 0+16-32, 15-32
  Values expected = in_blocks_of(16, {-7.75F, 7.75F, -6.5F, 6.5F, 1.5F, -1.5F, 20, -20, 984.25F, -992, 0, 0, -24, 24, -29.75F, 29.75F});
  expected[3] = -5.5F;   // 0.25 * 1 * (10 - 32)
  expected[67] = 3.75F;  // 0.25 * 3 * (5 + 32 - 32)
  check_block(TensorType::q6_k, block, expected);
}
