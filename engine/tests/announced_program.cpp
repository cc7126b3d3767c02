#include "lemma.h"
int main() {
    lemma::ModelConfig config = {.model_path = "models/lemma-s/lemma-s.gguf", .device = "cpu", .max_tokens = 2048};
    auto model = lemma::load_model(config);
    std::string prompt = "Solve the differential equation dy/dx = x^2 + y";
    auto response = model.generate(prompt);
    std::cout << response << std::endl;
}
