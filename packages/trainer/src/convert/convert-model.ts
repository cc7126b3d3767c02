// Hugging Face model folder → GGUF file, one source tensor in memory at a time. Owns the order of work, and the check that folder
// and plan name the same tensors.

import path from "node:path";
import { type EncodedType, encodeTensor, type GgufTensor, type GgufValue, writeSplitGguf } from "@lemma/engine";
import { LemmaError } from "@lemma/protocol";
import type { ModelPlan } from "./architectures/architecture.ts";
import { planModel } from "./architectures/known.ts";
import { ConfigFields } from "./config-fields.ts";
import { encodeMapped, sourcesOf } from "./encode-mapped.ts";
import { readJsonFile, readOptionalJsonFile } from "./json-file.ts";
import { samplingMetadata } from "./sampling-metadata.ts";
import { tokenizerMetadata } from "./tokenizer-metadata.ts";
import { Weights } from "./weights.ts";

/** Types that the matrices may take. */
export const CONVERT_TYPES: readonly EncodedType[] = Object.freeze(["Q8_0", "Q4_0", "BF16", "F16", "F32"] as const);

const FILE_TYPES = { F32: 0, F16: 1, Q4_0: 2, Q8_0: 7, BF16: 32 } as const; // llama.cpp's numbers for general.file_type

export interface ConvertOptions {
  /** Model folder: config.json, tokenizer.json, *.safetensors, and where present tokenizer_config.json, generation_config.json. */
  folder: string;
  /** Type of the matrices; default Q8_0. Vectors stay F32. */
  type?: EncodedType;
  /** File to write; default `<folder>/<folder's name>.gguf`. */
  out?: string;
  /** Bytes of tensors in one file at most: what is larger becomes parts, `<out>-00001-of-0000N.gguf`. Default: one file. */
  splitBytes?: number;
  /** Ends the work with LEMMA_E_ABORTED; nothing is left behind. */
  signal?: AbortSignal;
  /** Bytes written so far and in all, after each tensor and each expert. */
  onProgress?: (done: number, total: number, tensor: string) => void;
}

/** What was written. `path` is the first of `parts` files, `bytes` the size of all, `tensors` their number. */
export interface ConvertedModel {
  path: string;
  parts: number;
  bytes: number;
  type: EncodedType;
  tensors: number;
  /** Tensors of the folder that the file leaves out: those of layers that predict further tokens (multi-token prediction). */
  skipped: number;
}

/**
 * Writes the GGUF v3 file of a model folder (its model_type one of CONVERT_MODEL_TYPES) under a temporary name, then renames it.
 * @throws LEMMA_E_FILE, LEMMA_E_MODEL_FORMAT, LEMMA_E_MODEL_UNSUPPORTED, LEMMA_E_TOKENIZER, LEMMA_E_OPTION, LEMMA_E_ABORTED
 * @example await convertModel({ folder: "models/lemma-s" }); // { path: "models/lemma-s/lemma-s.gguf", … type: "Q8_0" }
 */
export async function convertModel(options: ConvertOptions): Promise<ConvertedModel> {
  const { folder, type = "Q8_0", signal, onProgress } = options;
  if (!CONVERT_TYPES.includes(type)) {
    throw new LemmaError("LEMMA_E_OPTION", { option: "type", expected: CONVERT_TYPES.join(", "), found: String(type) });
  }
  const { splitBytes = Number.POSITIVE_INFINITY } = options;
  if (!(splitBytes >= 1)) {
    const expected = "a number of bytes from 1";
    throw new LemmaError("LEMMA_E_OPTION", { option: "splitBytes", expected, found: String(splitBytes) });
  }
  const name = path.basename(path.resolve(folder));
  const out = options.out ?? path.join(folder, `${name}.gguf`);
  const configPath = path.join(folder, "config.json");
  const config = new ConfigFields(configPath, await readJsonFile(configPath));
  const generationPath = path.join(folder, "generation_config.json");
  const generation = new ConfigFields(generationPath, await readOptionalJsonFile(generationPath));
  const plan = planModel(config);
  const metadata: Record<string, GgufValue> = {
    "general.architecture": { type: "string", value: plan.architecture },
    "general.type": { type: "string", value: "model" },
    "general.name": { type: "string", value: name },
    "general.alignment": { type: "u32", value: 32 },
    "general.file_type": { type: "u32", value: FILE_TYPES[type] },
    "general.quantization_version": { type: "u32", value: 2 },
    ...plan.metadata,
    ...(await tokenizerMetadata(folder, plan.vocabularySize, config, generation)),
    ...samplingMetadata(generation),
  };
  await using weights = await Weights.open(folder, plan.scaleBlock);
  const skipped = checkTensors(plan, weights);
  const tensors = [
    ...plan.mapped.map((tensor) => encodeMapped(tensor, type, weights)),
    ...plan.computed.map(({ name, values }): GgufTensor => {
      return { name, shape: [values.length], type: "F32", data: () => encodeTensor("F32", values) };
    }),
  ];
  const { paths, bytes } = await writeSplitGguf(out, { metadata, tensors }, splitBytes, {
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
  return { path: paths[0]!, parts: paths.length, bytes, type, tensors: tensors.length, skipped };
}

/** Every tensor of the plan is there in its shape, and nothing else is but what may be left out: how many tensors that are. */
function checkTensors(plan: ModelPlan, weights: Weights): number {
  const damaged = (problem: string): LemmaError =>
    new LemmaError("LEMMA_E_MODEL_FORMAT", { path: weights.folder, problem });
  const wanted = new Set<string>();
  for (const tensor of plan.mapped) {
    const { shape } = tensor;
    for (const from of sourcesOf(tensor)) {
      wanted.add(from);
      const found = weights.shapeOf(from);
      const expected = `expected [${shape.join(", ")}]`;
      if (found === undefined) throw damaged(`tensor ${JSON.stringify(from)} is missing, ${expected}`);
      if (found.length !== shape.length || found.some((extent, i) => extent !== shape[i])) {
        throw damaged(`tensor ${JSON.stringify(from)}: ${expected}, found [${found.join(", ")}]`);
      }
    }
  }
  const unplanned = [...weights.names].filter((name) => !wanted.has(name) && !plan.isRedundant(name));
  const others = unplanned.filter((name) => plan.isSkipped?.(name) !== true);
  if (others.length === 0) return unplanned.length;
  const problem = `tensor ${JSON.stringify(others[0])} has no place in this architecture (${others.length} such)`;
  throw new LemmaError("LEMMA_E_MODEL_UNSUPPORTED", { path: weights.folder, problem });
}
