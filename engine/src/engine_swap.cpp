// Other weights for a loaded model: read and checked on the caller's thread, exchanged by the scheduler between two steps.

#include <utility>

#include "engine_parts.h"
#include "models/models.h"

namespace lemma {

Status Engine::swap_weights(WeightSource source, SwapMode mode) {
  if (source.path.empty() == source.image.empty())
    return Status::error(Code::option, "option \"weights\": expected a path or an image, found " +
                                           std::string(source.path.empty() ? "neither" : "both"));
  if (parts_->scheduler->is_own_thread())
    return Status::error(Code::option, "option \"weights\": expected a call outside of the step callback, found one inside");
  const std::lock_guard lock(parts_->swapping);
  const bool in_memory = source.path.empty();
  LEMMA_ASSIGN(const GgufFile file, in_memory ? GgufFile::take(std::move(source.image), "the weights in memory")
                                              : GgufFile::open(source.path, parts_->file_mode));
  LEMMA_TRY(parts_->schema.check(file));
  LEMMA_ASSIGN(std::unique_ptr<Decoder> decoder, load_decoder(file, parts_->weights));
  LEMMA_TRY(decoder->prepare(parts_->decoder_limits));
  const bool pack_now = in_memory || parts_->file_mode == FileMode::read;  // the copy of the file should go soon
  return parts_->scheduler->swap(std::move(decoder), mode, pack_now);
}

Result<std::vector<std::uint8_t>> Engine::weight_image(std::span<const TensorBytes> tensors) const {
  return parts_->schema.image(tensors);
}

std::span<const TensorInfo> Engine::tensors() const { return parts_->schema.tensors(); }

}  // namespace lemma
