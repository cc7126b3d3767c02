// Writes a random Q8_0 model of the `llama` architecture for benchmarks: `random_gguf FILE LAYERS WIDTH HEADS FEED_FORWARD VOCABULARY`.

#include <cstdio>
#include <cstdlib>

#include "random_model.h"

int main(int argc, char** argv) {
  if (argc < 7) return std::fprintf(stderr, "usage: random_gguf FILE LAYERS WIDTH HEADS FEED_FORWARD VOCABULARY\n"), 2;
  const auto number = [&](int i) { return static_cast<std::uint32_t>(std::strtoul(argv[i], nullptr, 10)); };
  lemma_test::RandomModel model = {.layers = number(2), .width = number(3), .heads = number(4), .kv_heads = number(4),
                                   .head_dim = number(3) / number(4), .feed_forward = number(5), .vocabulary = number(6),
                                   .context = 2048, .type = lemma::TensorType::q8_0};
  const std::string bytes = model.bytes();
  std::FILE* file = std::fopen(argv[1], "wb");
  if (file == nullptr || std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size()) return std::perror(argv[1]), 1;
  return std::fclose(file);
}
