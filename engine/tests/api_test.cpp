// The public headers as users write them: the announced program, the C++ API with its errors, the C ABI.

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "check.h"
#include "lemma.h"
#include "lemma_c.h"
#include "random_model.h"

using namespace lemma_test;

namespace {

// The announced program's body, with a path of ours.
std::string announced(const std::string& path) {
  lemma::ModelConfig config = {.model_path = path, .device = "cpu", .max_tokens = 32};
  auto model = lemma::load_model(config);
  std::string prompt = "Solve the differential equation dy/dx = x^2 + y";
  auto response = model.complete(prompt);
  std::ostringstream out;
  out << response << std::endl;
  const std::string text = response;
  CHECK_EQ(out.str(), text + "\n");
  CHECK(response.usage.completion_tokens > 0 && response.usage.completion_tokens <= 32);
  return text;
}

const TemporaryFile& file() {
  static const TemporaryFile model([] {
    RandomModel spec = {.type = lemma::TensorType::f32, .text = true};
    return spec.bytes();
  }());
  return model;
}

template <typename Work>
lemma::Code thrown(Work&& work) {
  try {
    work();
  } catch (const lemma::Error& error) {
    CHECK(!error.message().empty() && !error.hint().empty());
    CHECK(std::string(error.what()).find(lemma::code_name(error.code())) == 0);
    return error.code();
  }
  return lemma::Code::ok;
}

}  // namespace

TEST(the_announced_program) { announced(file().path()); }

TEST(errors_are_thrown_with_their_codes) {
  CHECK(thrown([] { lemma::load_model({.model_path = "/nowhere.gguf"}); }) == lemma::Code::file);
  CHECK(thrown([] { lemma::load_model({.model_path = file().path(), .device = "cuda:0"}); }) == lemma::Code::device);
  auto model = lemma::load_model({.model_path = file().path()});
  CHECK(thrown([&] { model.complete(std::string(1000, 'x')); }) == lemma::Code::context);
  CHECK(thrown([&] { model.generate("no template in this file"); }) == lemma::Code::chat_template);
  CHECK(thrown([&] { model.complete(""); }) == lemma::Code::option);
  model = lemma::load_model({.model_path = file().path(), .max_tokens = 3});
  CHECK(model.complete("abc", {.sampling = lemma::Sampling{.seed = 4}}).tokens.size() <= 3);
}

TEST(calls_from_several_threads_share_a_model) {
  auto model = lemma::load_model({.model_path = file().path(), .max_tokens = 40});
  const lemma::GenerateOptions options = {.sampling = lemma::Sampling{.seed = 7}};
  const std::string expected = model.complete("abc", options).text;
  std::vector<std::string> texts(6);
  std::vector<std::thread> threads;
  for (std::string& text : texts) threads.emplace_back([&] { text = model.complete("abc", options).text; });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : texts) CHECK_EQ(text, expected);
}

TEST(c_abi) {
  lemma_config config = lemma_default_config();
  lemma_model* model = nullptr;
  config.model_path = "/nowhere.gguf";
  CHECK(lemma_load(&config, &model) != 0);
  CHECK(model == nullptr);
  CHECK_EQ(std::string(lemma_last_error_name()), "LEMMA_E_FILE");
  CHECK(std::string(lemma_last_error()).find("/nowhere.gguf") != std::string::npos);
  CHECK(!std::string(lemma_last_error_hint()).empty());
  CHECK(lemma_load(nullptr, &model) != 0);
  config.model_path = file().path().c_str();
  REQUIRE(lemma_load(&config, &model) == 0);
  lemma_options options = lemma_default_options(model);
  options.max_tokens = 5;
  lemma_response* response = nullptr;
  CHECK(lemma_generate(model, "hello", &options, &response) != 0);  // no chat template
  CHECK_EQ(std::string(lemma_last_error_name()), "LEMMA_E_TEMPLATE");
  CHECK(response == nullptr);
  lemma_response_free(response);
  lemma_free(model);
}

// The codes and hints of the C++ header stand in the catalogue that the whole project shares.
TEST(codes_and_hints_equal_the_catalogue) {
  std::ifstream source("../packages/protocol/src/errors.ts");
  if (!source) return;  // the engine's folder alone
  std::stringstream text;
  text << source.rdbuf();
  for (int value = 1; value <= static_cast<int>(lemma::Code::internal); ++value) {
    const auto code = static_cast<lemma::Code>(value);
    const std::string name = lemma::code_name(code);
    const std::size_t at = text.str().find("  " + name + ": entry(");
    CHECK(at != std::string::npos);
    std::string entry = text.str().substr(at, text.str().find("\n  LEMMA_E", at + 5) - at);
    std::string hint = lemma::code_hint(code);
    std::erase(hint, '\\');
    std::erase(entry, '\\');
    CHECK(entry.find(hint) != std::string::npos);
  }
}
