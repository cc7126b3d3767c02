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

Status TensorReader::reserve(std::size_t more) {
  std::size_t bytes = more;
  for (const GgufTensor& tensor : file_.tensors())
    if (tensor.dimensions > 1) bytes += Arena::piece(PackedMatrix::packed_bytes(tensor)) * tensor.extents[2];
  LEMMA_ASSIGN(store_, WeightStore::create(file_, bytes, limits_));
  return {};
}

Result<PackedMatrix> TensorReader::matrix(const std::string& name, std::uint32_t k, std::uint32_t rows,
                                          const std::function<std::uint32_t(std::uint32_t)>& source_row) {
  LEMMA_ASSIGN(const GgufTensor* tensor, take(name, {k, rows}));
  return store_.add(*tensor, source_row);
}

GgufTensor TensorReader::rows_of(const GgufTensor& tensor, std::uint64_t first, std::uint32_t rows) {
  const std::size_t row_bytes = tensor.data.size() / (tensor.extents[1] * tensor.extents[2] * tensor.extents[3]);
  return {tensor.name, tensor.type, 2, {tensor.extents[0], rows, 1, 1}, tensor.data.subspan(first * row_bytes, rows * row_bytes)};
}

Result<std::vector<PackedMatrix>> TensorReader::matrices(const std::string& name, std::uint32_t k, std::uint32_t rows,
                                                         std::uint32_t count) {
  LEMMA_ASSIGN(const GgufTensor* tensor, take(name, {k, rows, count}));
  std::vector<PackedMatrix> all;
  all.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) all.push_back(add(*tensor, std::uint64_t{i} * rows, rows));
  return all;
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
