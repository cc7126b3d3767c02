// Hugging Face model folder → GGUF file, one tensor in memory at a time. Owns the order of work, the check that folder and
// plan name the same tensors, and which tensor gets which type.

import path from "node:path";
import {
  type EncodedType,
  encodeTensor,
  type GgufTensor,
  type GgufValue,
  TENSOR_TYPES,
  writeGguf,
} from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import type { MappedTensor, ModelPlan } from "./architectures/architecture.ts";
import { planModel } from "./architectures/known.ts";
import { ConfigFields } from "./config-fields.ts";
import { readJsonFile, readOptionalJsonFile } from "./json-file.ts";
import { samplingMetadata } from "./sampling-metadata.ts";
import { tokenizerMetadata } from "./tokenizer-metadata.ts";
import { Weights } from "./weights.ts";

/** Types that the matrices may take. */
export const CONVERT_TYPES: readonly EncodedType[] = Object.freeze(["Q8_0", "Q4_0", "BF16", "F16", "F32"] as const);

const FILE_TYPES = { F32: 0, F16: 1, Q4_0: 2, Q8_0: 7, BF16: 32 } as const; // llama.cpp's numbers for general.file_type
const LARGEST = {
  F32: Number.MAX_VALUE,
  BF16: Number.MAX_VALUE,
  F16: 65504,
  Q8_0: 65504 * 127,
  Q4_0: 65504 * 8,
} as const;

export interface ConvertOptions {
  /** Model folder: config.json, tokenizer.json, *.safetensors, and where present tokenizer_config.json, generation_config.json. */
  folder: string;
  /** Type of the matrices; default Q8_0. Vectors stay F32. */
  type?: EncodedType;
  /** File to write; default `<folder>/<folder's name>.gguf`. */
  out?: string;
  /** Ends the work with LEMMA_E_ABORTED; nothing is left behind. */
  signal?: AbortSignal;
  /** Bytes written so far and in all, after each tensor. */
  onProgress?: (done: number, total: number, tensor: string) => void;
}

/** What was written. `bytes` is the file's size, `tensors` their number. */
export interface ConvertedModel {
  path: string;
  bytes: number;
  type: EncodedType;
  tensors: number;
}

/**
 * Writes the GGUF v3 file of a model folder (model_type llama, qwen2 or qwen3) under a temporary name, then renames it.
 * @throws LEMMA_E_FILE, LEMMA_E_MODEL_FORMAT, LEMMA_E_MODEL_UNSUPPORTED, LEMMA_E_TOKENIZER, LEMMA_E_OPTION, LEMMA_E_ABORTED
 * @example await convertModel({ folder: "models/lemma-s" }); // { path: "models/lemma-s/lemma-s.gguf", … type: "Q8_0" }
 */
export async function convertModel(options: ConvertOptions): Promise<ConvertedModel> {
  const { folder, type = "Q8_0", signal, onProgress } = options;
  if (!CONVERT_TYPES.includes(type)) {
    throw new LemmaError("LEMMA_E_OPTION", { option: "type", expected: CONVERT_TYPES.join(", "), found: String(type) });
  }
  const name = path.basename(path.resolve(folder));
  const out = options.out ?? path.join(folder, `${name}.gguf`);
  const configPath = path.join(folder, "config.json");
  const config = new ConfigFields(configPath, await readJsonFile(configPath));
  const generationPath = path.join(folder, "generation_config.json");
  const generation = new ConfigFields(generationPath, await readOptionalJsonFile(generationPath));
  const plan = planModel(config);
  const metadata: Record<string, GgufValue> = {
    "general.architecture": { type: "string", value: config.text("model_type") },
    "general.type": { type: "string", value: "model" },
    "general.name": { type: "string", value: name },
    "general.alignment": { type: "u32", value: 32 },
    "general.file_type": { type: "u32", value: FILE_TYPES[type] },
    "general.quantization_version": { type: "u32", value: 2 },
    ...plan.metadata,
    ...(await tokenizerMetadata(folder, plan.vocabularySize, config, generation)),
    ...samplingMetadata(generation),
  };
  await using weights = await Weights.open(folder);
  checkTensors(plan, weights);
  const tensors = [
    ...plan.mapped.map((tensor) => toGguf(tensor, type, weights)),
    ...plan.computed.map(({ name, values }): GgufTensor => {
      return { name, shape: [values.length], type: "F32", data: () => encodeTensor("F32", values) };
    }),
  ];
  const bytes = await writeGguf(
    out,
    { metadata, tensors },
    { ...(onProgress === undefined ? {} : { onProgress }), ...(signal === undefined ? {} : { signal }) },
  );
  return { path: out, bytes, type, tensors: tensors.length };
}

/** Every tensor of the plan is there in its shape, and nothing else is. */
function checkTensors(plan: ModelPlan, weights: Weights): void {
  const damaged = (problem: string): LemmaError =>
    new LemmaError("LEMMA_E_MODEL_FORMAT", { path: weights.folder, problem });
  const wanted = new Set<string>();
  for (const { from, shape } of plan.mapped) {
    wanted.add(from);
    const found = weights.shapeOf(from);
    if (found === undefined) throw damaged(`tensor ${JSON.stringify(from)} is missing, expected [${shape.join(", ")}]`);
    if (found.length !== shape.length || found.some((extent, i) => extent !== shape[i])) {
      throw damaged(`tensor ${JSON.stringify(from)}: expected [${shape.join(", ")}], found [${found.join(", ")}]`);
    }
  }
  const others = [...weights.names].filter((name) => !wanted.has(name) && !plan.isRedundant(name));
  if (others.length === 0) return;
  const problem = `tensor ${JSON.stringify(others[0])} has no place in this architecture (${others.length} such)`;
  throw new LemmaError("LEMMA_E_MODEL_UNSUPPORTED", { path: weights.folder, problem });
}

function toGguf(tensor: MappedTensor, type: EncodedType, weights: Weights): GgufTensor {
  const { name, from, shape, reorder } = tensor;
  const stored: EncodedType = shape.length === 1 ? "F32" : type;
  const { block } = TENSOR_TYPES[stored];
  const row = shape.at(-1)!;
  if (row % block !== 0) {
    throw new LemmaError("LEMMA_E_OPTION", {
      option: "type",
      expected: `F32, F16 or BF16, as ${stored} needs rows that are multiples of ${block}`,
      found: `${stored} for tensor ${JSON.stringify(from)} with rows of ${row}`,
    });
  }
  const data = async (): Promise<Uint8Array> => {
    const values = await weights.read(from);
    checkValues(values, stored, from, weights.folder);
    return encodeTensor(stored, reorder ? reorder(values) : values);
  };
  return { name, shape: shape.toReversed(), type: stored, data };
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
