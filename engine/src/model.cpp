// The blocking C++ API over the engine: each call waits in an inbox for the events of its own request.

#include <condition_variable>
#include <mutex>
#include <ostream>
#include <unordered_map>
#include <utility>

#include "lemma.h"
#include "lemma_engine.h"

namespace lemma {

struct Model::Inbox {
  struct Slot {
    Response response;
    bool done = false;
  };
  std::mutex mutex;
  std::condition_variable arrived;
  std::unordered_map<RequestId, Slot> slots;

  void hear(std::span<const Event> events) {
    const std::lock_guard lock(mutex);
    for (const Event& event : events) {
      const auto found = slots.find(event.request);
      if (found == slots.end()) continue;  // a request of someone else, through engine()
      Response& response = found->second.response;
      response.reasoning += event.reasoning;
      response.text += event.text;
      response.tokens.insert(response.tokens.end(), event.tokens.begin(), event.tokens.end());
      if (event.finish == FinishReason::none) continue;
      response.finish_reason = event.finish;
      response.usage = event.usage;
      found->second.done = true;
      arrived.notify_all();
    }
  }
};

Error::Error(Status status)
    : code_(status.code), message_(std::string(code_name(status.code)) + ": " + std::move(status.message)) {}

std::ostream& operator<<(std::ostream& out, const Response& response) { return out << response.text; }

namespace {

template <typename T>
T or_throw(Result<T> result) {
  if (!result.ok()) throw Error(result.status());
  return result.take();
}

}  // namespace

Model::Model(std::unique_ptr<Engine> engine, std::uint32_t max_tokens)
    : inbox_(std::make_unique<Inbox>()), engine_(std::move(engine)), max_tokens_(max_tokens) {
  engine_->set_callback([inbox = inbox_.get()](std::span<const Event> events) { inbox->hear(events); });
}
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&& other) noexcept {
  std::swap(inbox_, other.inbox_);
  std::swap(engine_, other.engine_);
  std::swap(max_tokens_, other.max_tokens_);
  return *this;
}
Model::~Model() {
  if (engine_ != nullptr) engine_->dispose();  // before the inbox that its callback uses
}

Response Model::run(std::vector<std::uint32_t> tokens, bool starts_in_think, const GenerateOptions& options) {
  Request request = {.tokens = std::move(tokens),
                     .sampling = options.sampling ? *options.sampling : engine_->info().default_sampling,
                     .max_tokens = options.max_tokens != 0 ? options.max_tokens : max_tokens_,
                     .stop = options.stop,
                     .starts_in_think = starts_in_think};
  std::unique_lock lock(inbox_->mutex);  // held while submitting, so that no event can come before its slot
  const RequestId id = or_throw(engine_->submit(std::move(request)));
  inbox_->slots.try_emplace(id);
  inbox_->arrived.wait(lock, [&] { return inbox_->slots.at(id).done; });
  Response response = std::move(inbox_->slots.extract(id).mapped().response);
  if (response.finish_reason == FinishReason::abort)
    throw Error(Status::error(Code::disposed, "the model was disposed during the call"));
  return response;
}

Response Model::generate(const std::vector<Message>& messages, const GenerateOptions& options) {
  std::vector<std::uint32_t> tokens = or_throw(engine_->render(messages, options.thinking));
  const bool inside = engine_->ends_in_think(tokens);
  return run(std::move(tokens), inside, options);
}

Response Model::generate(const std::string& prompt, const GenerateOptions& options) {
  return generate(std::vector<Message>{{.role = "user", .content = prompt}}, options);
}

Response Model::complete(const std::string& text, const GenerateOptions& options) {
  std::vector<std::uint32_t> tokens = or_throw(engine_->tokenize(text, true));
  const bool inside = engine_->ends_in_think(tokens);
  return run(std::move(tokens), inside, options);
}

Model load_model(const ModelConfig& config) { return Model(or_throw(Engine::load(config)), config.max_tokens); }

}  // namespace lemma
