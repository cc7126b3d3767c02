// A plan's tensor as one of the GGUF file: its type, its shape, and its bytes, source by source. Owns which tensor gets which type,
// and what a type can't hold. Must not know architectures.

import { type EncodedType, encodeTensor, type GgufTensor, TENSOR_TYPES } from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import type { MappedTensor } from "./architectures/architecture.ts";
import type { Weights } from "./weights.ts";

const LARGEST = {
  F32: Number.MAX_VALUE,
  BF16: Number.MAX_VALUE,
  F16: 65504,
  Q8_0: 65504 * 127,
  Q4_0: 65504 * 8,
} as const;

/** The sources of a tensor, one or more. */
export const sourcesOf = ({ from }: MappedTensor): readonly string[] => (typeof from === "string" ? [from] : from);

/**
 * The tensor to write, `type` being that of matrices. One source is in memory at a time. `data` throws LEMMA_E_MODEL_FORMAT for values
 * that the type can't hold.
 * @throws LEMMA_E_OPTION where the type can't hold rows of this length
 */
export function encodeMapped(tensor: MappedTensor, type: EncodedType, weights: Weights): GgufTensor {
  const { name, from, shape, becomes = shape, reorder } = tensor;
  const stored = tensor.type ?? (shape.length === 1 ? "F32" : type);
  const { block } = TENSOR_TYPES[stored];
  const row = becomes.at(-1)!;
  const sources = sourcesOf(tensor);
  if (row % block !== 0) {
    throw new LemmaError("LEMMA_E_OPTION", {
      option: "type",
      expected: `F32, F16 or BF16, as ${stored} needs rows that are multiples of ${block}`,
      found: `${stored} for tensor ${JSON.stringify(sources[0])} with rows of ${row}`,
    });
  }
  const data = async function* (): AsyncGenerator<Uint8Array> {
    for (const source of sources) {
      const values = await weights.read(source);
      checkValues(values, stored, source, weights.folder);
      yield encodeTensor(stored, reorder ? reorder(values) : values);
    }
  };
  const joined = typeof from === "string" ? becomes : [sources.length, ...becomes];
  return { name, shape: joined.toReversed(), type: stored, data };
}

/** Values that the type can't hold would become infinite without a word. */
function checkValues(values: Float32Array, type: EncodedType, name: string, folder: string): void {
  const largest = LARGEST[type];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Math.abs(value) <= largest) continue;
    const problem = `tensor ${JSON.stringify(name)}: element ${i} is ${value}, which ${type} can't hold`;
    throw new LemmaError("LEMMA_E_MODEL_FORMAT", { path: folder, problem });
  }
}
