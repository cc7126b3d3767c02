// Loading: from a ModelConfig to a running scheduler. Each limit that the user left open is settled here.

#include <algorithm>
#include <string>
#include <utility>

#include "engine_parts.h"
#include "kernels/dispatch.h"
#include "models/models.h"

namespace lemma {
namespace {

constexpr std::size_t kScoreLogitBytes = std::size_t{16} << 20;  // logits of score requests in one batch

std::string number(std::uint64_t value) { return std::to_string(value); }

Status option(const char* name, const std::string& expected, const std::string& found) {
  return Status::error(Code::option, "option \"" + std::string(name) + "\": expected " + expected + ", found " + found);
}

Status check(const ModelConfig& config) {
  if (config.device != "cpu")
    return Status::error(Code::device, "device \"" + config.device + "\" is not available: this build has only \"cpu\"");
  if (config.model_path.empty()) return option("modelPath", "the path of a GGUF file", "nothing");
  if (config.max_sequences < 1 || config.max_sequences > 4096) return option("maxSequences", "1 to 4096", number(config.max_sequences));
  if (config.threads > 1024) return option("threads", "at most 1024", number(config.threads));
  if (config.step_tokens < 1 || config.step_tokens > 65536) return option("stepTokens", "1 to 65536", number(config.step_tokens));
  return {};
}

Result<std::uint32_t> settle_context(const ModelConfig& config, const DecoderShape& shape) {
  if (config.context_length > shape.trained_context)
    return option("contextLength", "at most " + number(shape.trained_context) + " (what the model was trained for)",
                  number(config.context_length));
  return config.context_length == 0 ? shape.trained_context : config.context_length;
}

// Half of the memory that will be free when all weights are packed.
std::uint64_t cache_share(const WeightStore& weights) {
  const std::uint64_t available = available_memory(), later = weights.room() - weights.packed();
  return available > later ? (available - later) / 2 : 0;
}

// Pages for all sequences at full length, or as many as the bound allows.
Result<std::uint32_t> settle_pages(const ModelConfig& config, const WeightStore& weights, std::size_t page_bytes, std::uint32_t context) {
  const std::uint64_t one = pages_of(context, kPageTokens), all = one * config.max_sequences;
  const std::uint64_t bound = config.cache_bytes != 0 ? config.cache_bytes : cache_share(weights);
  const std::uint64_t pages = std::min({all, bound / page_bytes, std::uint64_t{1} << 24});
  if (pages == 0 || (config.cache_bytes == 0 && pages < one))
    return Status::error(Code::memory, "the KV cache of one sequence of " + number(context) + " tokens needs " +
                                           number(one * page_bytes) + " bytes, " + number(bound) + " are allowed");
  return static_cast<std::uint32_t>(pages);
}

Result<Sampling> read_sampling(const GgufFile& file) {
  Sampling sampling;
  LEMMA_ASSIGN(const double temperature, file.number("lemma.sampling.temperature", 0, 100, sampling.temperature));
  LEMMA_ASSIGN(const std::uint64_t top_k, file.integer("lemma.sampling.top_k", 0, 1U << 30, sampling.top_k));
  LEMMA_ASSIGN(const double top_p, file.number("lemma.sampling.top_p", 1e-6, 1, sampling.top_p));
  LEMMA_ASSIGN(const double min_p, file.number("lemma.sampling.min_p", 0, 1, sampling.min_p));
  LEMMA_ASSIGN(const double repetition, file.number("lemma.sampling.repetition_penalty", 1e-3, 100, sampling.repetition_penalty));
  LEMMA_ASSIGN(const std::uint64_t window, file.integer("lemma.sampling.repetition_window", 0, INT32_MAX, sampling.repetition_window));
  sampling.repetition_penalty = static_cast<float>(repetition);
  sampling.repetition_window = static_cast<std::uint32_t>(window);
  sampling.temperature = static_cast<float>(temperature);
  sampling.top_k = static_cast<std::uint32_t>(top_k);
  sampling.top_p = static_cast<float>(top_p);
  sampling.min_p = static_cast<float>(min_p);
  return sampling;
}

}  // namespace

Engine::Engine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::load(const ModelConfig& config, StepCallback on_step) {
  LEMMA_TRY(check(config));
  LEMMA_ASSIGN(const KernelTable* kernels, choose_kernels());
  LEMMA_ASSIGN(const GgufFile file, GgufFile::open(config.model_path, config.mmap ? FileMode::map : FileMode::read));
  LEMMA_ASSIGN(std::unique_ptr<Decoder> decoder, load_decoder(file, {.packed_bytes = config.packed_bytes}));
  const DecoderShape shape = decoder->shape();
  const std::size_t page_bytes = decoder->page_bytes(config.kv_type);

  auto parts = std::make_unique<Parts>(ModelSchema(file));
  if (Tokenizer::present(file)) {
    LEMMA_ASSIGN(Tokenizer tokenizer, Tokenizer::from_gguf(file));
    if (tokenizer.size() != shape.vocabulary)
      return Status::error(Code::model_format, config.model_path + ": tokenizer: expected " + number(shape.vocabulary) +
                                                   " tokens like token_embd.weight, found " + number(tokenizer.size()));
    parts->tokenizer = std::move(tokenizer);
  }
  LEMMA_ASSIGN(const std::string_view source, file.string("tokenizer.chat_template", ""));
  LEMMA_ASSIGN(const std::string_view architecture, file.string("general.architecture"));
  LEMMA_ASSIGN(const std::string_view name, file.string("general.name", ""));
  LEMMA_ASSIGN(const Sampling sampling, read_sampling(file));
  LEMMA_ASSIGN(const std::uint32_t context, settle_context(config, shape));
  LEMMA_ASSIGN(const std::uint32_t page_count, settle_pages(config, decoder->weights(), page_bytes, context));
  LEMMA_ASSIGN(PagePool pages, PagePool::create(page_count, page_bytes));
  const std::uint64_t keep = std::min<std::uint64_t>(page_count, config.prefix_cache_bytes.value_or(UINT64_MAX) / page_bytes);

  const std::uint32_t step_tokens = std::max(config.step_tokens, config.max_sequences);
  const std::size_t affordable = std::max<std::size_t>(1, kScoreLogitBytes / (std::size_t{shape.vocabulary} * 4));
  const auto score_rows = static_cast<std::uint32_t>(std::min<std::size_t>(step_tokens, affordable));
  auto pool = std::make_unique<ThreadPool>(config.threads == 0 ? default_threads() : config.threads);
  if (!config.mmap) {  // the copy of the file goes, unless weights without room need it
    decoder->weights().pack_all(*pool);
    decoder->weights().release_file();
  }
  parts->weights = {.packed_bytes = config.packed_bytes};
  parts->file_mode = config.mmap ? FileMode::map : FileMode::read;
  parts->decoder_limits = {.kernels = kernels, .pool = pool.get(), .step_tokens = step_tokens,
                           .logit_rows = config.max_sequences + score_rows, .context_length = context,
                           .kv_type = config.kv_type};
  LEMMA_TRY(decoder->prepare(parts->decoder_limits));

  parts->chat_source = source;
  parts->chat = ChatTemplate::recognise(source);
  parts->info = {.path = config.model_path, .name = std::string(name), .architecture = std::string(architecture),
                 .tensor_type = tensor_type_info(shape.main_type).name, .isa = kernels->name,
                 .kv_type = config.kv_type,
                 .chat_template = std::string(parts->chat.name()), .parameters = shape.parameters,
                 .weight_bytes = shape.weight_bytes, .vocabulary = shape.vocabulary, .layers = shape.layers,
                 .width = shape.width, .trained_context = shape.trained_context, .context_length = context,
                 .max_sequences = config.max_sequences, .threads = pool->size(),
                 .cache_bytes = std::uint64_t{page_count} * page_bytes, .default_sampling = sampling};
  const SchedulerLimits limits = {.context_length = context, .max_sequences = config.max_sequences,
                                  .step_tokens = step_tokens, .max_queue = config.max_queue, .score_rows = score_rows};
  const Tokenizer* tokenizer = parts->tokenizer ? &*parts->tokenizer : nullptr;
  parts->scheduler = std::make_unique<Scheduler>(std::move(decoder), std::move(pool), *kernels,
                                                 KvCache(std::move(pages), static_cast<std::uint32_t>(keep)), tokenizer, limits,
                                                 std::move(on_step));
  return std::make_unique<Engine>(std::move(parts));
}

void Engine::set_callback(StepCallback on_step) { parts_->scheduler->set_callback(std::move(on_step)); }
Result<RequestId> Engine::submit(Request request) { return parts_->scheduler->submit(std::move(request)); }
void Engine::cancel(RequestId id) { parts_->scheduler->cancel(id); }
void Engine::dispose() { parts_->scheduler->dispose(); }
const ModelInfo& Engine::info() const { return parts_->info; }
Stats Engine::stats() const { return parts_->scheduler->stats(); }
const Tokenizer* Engine::tokenizer() const { return parts_->tokenizer ? &*parts_->tokenizer : nullptr; }
std::string Engine::chat_template_source() const { return parts_->chat_source; }

Result<std::vector<std::uint32_t>> Engine::tokenize(std::string_view text, bool control_tokens) const {
  LEMMA_TRY(parts_->need_tokenizer());
  return parts_->tokenizer->encode(text, control_tokens);
}

Result<std::string> Engine::detokenize(std::span<const std::uint32_t> tokens) const {
  LEMMA_TRY(parts_->need_tokenizer());
  for (const std::uint32_t token : tokens)
    if (token >= parts_->tokenizer->size()) return option("tokens", "ids below " + number(parts_->tokenizer->size()), number(token));
  return parts_->tokenizer->decode(tokens);
}

Result<std::vector<std::uint32_t>> Engine::render(std::span<const Message> messages, bool thinking) const {
  LEMMA_TRY(parts_->need_tokenizer());
  return parts_->chat.render(messages, thinking, *parts_->tokenizer);
}

bool Engine::ends_in_think(std::span<const std::uint32_t> tokens) const {
  const Result<std::string> text = detokenize(tokens);
  return text.ok() && ends_inside_think(text.value());
}

}  // namespace lemma
