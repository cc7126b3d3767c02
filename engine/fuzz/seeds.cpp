// Writes the first inputs of the corpora: `seeds FOLDER` makes FOLDER/gguf and FOLDER/tokenizer. What fuzzing finds worth keeping is
// added by libFuzzer's own -merge=1.

#include <filesystem>
#include <fstream>

#include "exercise_gguf.h"
#include "random_latent.h"
#include "random_model.h"

namespace {

std::string folder;

void write(const std::string& name, const std::string& bytes) { std::ofstream(folder + "/" + name, std::ios::binary) << bytes; }

std::string model(const char* architecture, lemma::TensorType type, bool biased = false) {
  const std::uint32_t width = lemma::tensor_type_info(type).block_elements == 256 ? 256 : 32;
  lemma_test::RandomModel made = {.architecture = architecture, .layers = 1, .width = width, .heads = 2, .kv_heads = 1, .head_dim = width / 2,
                                  .feed_forward = width, .vocabulary = 3, .type = type, .biased = biased};
  return made.bytes();
}

std::string latent(bool joint) {
  lemma_test::RandomLatent made = {.layers = 2, .width = 16, .heads = 2, .nope = 4, .rope = 2, .value = 4, .q_rank = joint ? 0U : 4U,
                                   .kv_rank = 8, .feed_forward = 8, .experts = 4, .used = 2, .expert_width = 4, .groups = 2,
                                   .used_groups = 1, .vocabulary = 3, .joint = joint, .factor = 4, .multiplier = 0.1F};
  return made.bytes();
}

std::string part(std::uint16_t number, const char* tensor) {
  lemma_test::GgufBuilder builder;
  builder.key<std::uint16_t>("split.no", 2, number).key<std::uint16_t>("split.count", 2, 2).key<std::int32_t>("split.tensors.count", 5, 2);
  return builder.text("general.architecture", "llama").tensor(tensor, {64, 2}, 8, 0).build(160);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: seeds FOLDER\n"), 2;
  folder = argv[1];
  std::filesystem::create_directories(folder + "/gguf");
  std::filesystem::create_directories(folder + "/tokenizer");
  write("gguf/llama-q8_0", model("llama", lemma::TensorType::q8_0));
  write("gguf/qwen2-q4_0", model("qwen2", lemma::TensorType::q4_0, true));
  write("gguf/qwen3-f32", model("qwen3", lemma::TensorType::f32));
  write("gguf/deepseek2-f32", latent(false));
  write("gguf/deepseek2-older-f32", latent(true));
  write("gguf/two-parts", part(0, "a") + std::string(lemma_fuzz::kPartMark) + part(1, "b"));
  const std::string words = "1he\n1ll\n1hell\nmh e\nml l\nmhe ll\n3<|user|>\n4<think>\n4<th\n5unused\n\n";
  const std::string text = "hello <think> <|user|> I'LL've 1234 \n\n \t x \xe8\xa7\xa3\xe6\x96\xb9 \xf0\x9f\x98\x80 \xff\xc3 ... if(a){b();}";
  for (const int flags : {0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 15})
    write("tokenizer/flags-" + std::to_string(flags), static_cast<char>(flags) + words + text);
  write("tokenizer/no-bytes", std::string(1, 16) + "1a\n1b\nma b\n\nabab");
}
