// Measures the matrix kernels alone on one thread: `kernels [ISA [TYPE]]` prints giga-operations per second of CPU time for weights in cache and
// weights from memory, over column counts. 2 operations a weight and column. The read bandwidth stands beside it.

#include <cstdio>
#include <cstring>
#include <ctime>
#include <vector>

#include "kernels/dispatch.h"
#include "packed_matrix.h"
#include "random_model.h"
#include "tiles.h"

namespace {

double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

lemma::PackedMatrix random_matrix(lemma::TensorType type, std::uint32_t rows, std::uint32_t k, lemma::Arena& arena) {
  const lemma::TensorTypeInfo& info = lemma::tensor_type_info(type);
  std::vector<std::uint8_t> bytes(std::size_t{rows} * k / info.block_elements * info.block_bytes);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 37 % 61);
  const lemma::GgufTensor tensor = {"w", type, 2, {k, rows, 1, 1}, bytes};
  arena = lemma::Arena::allocate(lemma::PackedMatrix::packed_bytes(tensor) + 64, "a matrix").take();
  return lemma::PackedMatrix::pack(tensor, arena).take();
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<float> x(4096 * 512, 0.25F);
  std::vector<float> out(4096 * 512);
  for (const lemma::KernelTable* kernels : lemma::runnable_kernels()) {
    if (argc > 1 ? std::strcmp(argv[1], kernels->name) != 0 : kernels == &lemma::kScalarKernels) continue;
    for (const lemma::TensorType type : {lemma::TensorType::q8_0, lemma::TensorType::q4_0, lemma::TensorType::q4_k, lemma::TensorType::q5_k,
                                         lemma::TensorType::q6_k, lemma::TensorType::bf16, lemma::TensorType::f16, lemma::TensorType::f32}) {
      if (argc > 2 && std::strcmp(argv[2], lemma::tensor_type_info(type).name) != 0) continue;
      for (const auto& [rows, k] : {std::pair{192U, 192U}, {512U, 1024U}, {128U, 4096U}, {32768U, 1024U}, {8192U, 4096U}})
        for (const std::uint32_t columns : {1U, 8U, 32U, 128U}) {
          lemma::Arena arena;
          const lemma::PackedMatrix matrix = random_matrix(type, rows, k, arena);
          lemma::Tiles tiles;
          tiles.wants(matrix);
          if (!tiles.allocate(k, columns).ok()) return 1;
          for (std::uint32_t c = 0; c < columns; ++c) tiles.write(*kernels, columns, c, 0, k, &x[std::size_t{c} * k]);
          double best = 1e9;
          for (int round = 0; round < 7; ++round) {
            const int repeats = rows > 4096 ? 1 : static_cast<int>(2e8 / (static_cast<double>(rows) * k * columns)) + 1;
            const double start = cpu_seconds();
            for (int i = 0; i < repeats; ++i)
              for (std::uint32_t from = 0; from < matrix.row_blocks(); from += 256)
                tiles.multiply(*kernels, matrix, from, std::min(from + 256, matrix.row_blocks()), 0, columns, out.data(), 4096, false);
            best = std::min(best, (cpu_seconds() - start) / repeats);
          }
          std::printf("%s %s [%u, %u] x %u: %.1f GOPS, weights at %.1f GB/s\n", kernels->name, lemma::tensor_type_info(type).name,
                      rows, k, columns, 2e-9 * rows * k * columns / best, static_cast<double>(matrix.bytes()) / best * 1e-9);
        }
    }
  }
}
