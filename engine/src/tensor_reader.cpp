// The strict schema's bookkeeping.

#include "tensor_reader.h"

#include "quoted.h"

namespace lemma {

Result<const GgufTensor*> TensorReader::take(const std::string& name, std::vector<std::uint64_t> extents) {
  LEMMA_ASSIGN(const GgufTensor* tensor, file_.tensor(name, extents));
  taken_.insert(name);
  elements_[tensor->type] += tensor->elements();
  parameters_ += tensor->elements();
  return tensor;
}

Status TensorReader::reserve() {
  std::size_t bytes = 0;
  for (const GgufTensor& tensor : file_.tensors())
    if (tensor.dimensions == 2) bytes += (PackedMatrix::packed_bytes(tensor) + 63) / 64 * 64;
  LEMMA_ASSIGN(store_, WeightStore::create(file_, bytes, limits_));
  return {};
}

Result<PackedMatrix> TensorReader::matrix(const std::string& name, std::uint32_t k, std::uint32_t rows,
                                          const std::function<std::uint32_t(std::uint32_t)>& source_row) {
  LEMMA_ASSIGN(const GgufTensor* tensor, take(name, {k, rows}));
  return store_.add(*tensor, source_row);
}

Result<std::vector<float>> TensorReader::vector(const std::string& name, std::uint32_t n) {
  LEMMA_ASSIGN(const GgufTensor* tensor, take(name, {n}));
  return read_vector(file_, *tensor);
}

Result<std::vector<float>> TensorReader::optional_vector(const std::string& name, std::uint32_t n) {
  if (!has(name)) return std::vector<float>();
  return vector(name, n);
}

Status TensorReader::finish() const {
  for (const GgufTensor& tensor : file_.tensors())
    if (!taken_.contains(tensor.name))
      return Status::error(Code::model_format, file_.path() + ": tensor " + quoted(tensor.name) +
                                                   ": expected only tensors that the architecture has, found this one");
  return {};
}

TensorType TensorReader::main_type() const {
  TensorType best = TensorType::f32;
  std::uint64_t most = 0;
  for (const auto& [type, count] : elements_)
    if (count > most) best = type, most = count;
  return best;
}

}  // namespace lemma
