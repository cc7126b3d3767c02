// The model that rolls out: our engine with the trainer's weights, swapped in place. Owns the way of the weights from safetensors
// (Hugging Face names) to the engine's tensors; the mapping is that of convert/. Knows no rewards.

import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { loadModel, type Model } from "@lemma/engine";
import type { ModelPlan } from "../convert/architectures/architecture.ts";
import { planModel } from "../convert/architectures/known.ts";
import { ConfigFields } from "../convert/config-fields.ts";
import { convertModel } from "../convert/convert-model.ts";
import { encodeMapped } from "../convert/encode-mapped.ts";
import { Weights } from "../convert/weights.ts";
import type { RolloutSettings } from "../recipe/rl-schema.ts";

export interface RolloutModelOptions {
  /** Hugging Face config.json of the model. */
  config: Record<string, unknown>;
  /** Folder with tokenizer.json and tokenizer_config.json. */
  tokenizer: string;
  /** Folder that holds model.safetensors, now and after each update; configuration and tokenizer are put beside it. */
  weights: string;
  /** The GGUF file to make. */
  gguf: string;
  settings: RolloutSettings;
  /** Engine threads; default: the engine's own. */
  threads?: number;
}

/** An engine whose weights follow the trainer's. `await using` frees it. */
export class RolloutModel implements AsyncDisposable {
  readonly engine: Model;
  readonly #plan: ModelPlan;
  readonly #options: RolloutModelOptions;

  private constructor(engine: Model, plan: ModelPlan, options: RolloutModelOptions) {
    this.engine = engine;
    this.#plan = plan;
    this.#options = options;
  }

  /** Makes the GGUF of the weights that are there and loads it. @throws what convertModel and loadModel throw */
  static async open(options: RolloutModelOptions): Promise<RolloutModel> {
    const { weights, gguf, settings, tokenizer, config } = options;
    await mkdir(weights, { recursive: true });
    const configPath = path.join(weights, "config.json");
    await writeFile(configPath, JSON.stringify(config));
    for (const name of ["tokenizer.json", "tokenizer_config.json"])
      await cp(path.join(tokenizer, name), path.join(weights, name));
    await convertModel({ folder: weights, type: settings.type, out: gguf });
    const engine = await loadModel({
      modelPath: gguf,
      kvType: settings.cache,
      maxSequences: settings.sequences,
      maxQueue: 1 << 20, // a whole step waits here
      mmap: false, // packed once: the first swap finds nothing to map
      ...(options.threads === undefined ? {} : { threads: options.threads }),
    });
    return new RolloutModel(engine, planModel(new ConfigFields(configPath, config)), options);
  }

  /** Puts the weights that are now in the folder in place of the loaded ones. @throws LEMMA_E_MODEL_FORMAT (not finite), LEMMA_E_FILE */
  async follow(): Promise<void> {
    const { weights: folder, settings } = this.#options;
    await using weights = await Weights.open(folder, this.#plan.scaleBlock);
    const tensors: Record<string, Uint8Array | Float32Array> = {};
    for (const mapped of this.#plan.mapped) {
      const { name, data } = encodeMapped(mapped, settings.type, weights);
      const parts: Uint8Array[] = [];
      for await (const part of data() as AsyncIterable<Uint8Array>) parts.push(part);
      tensors[name] = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    }
    for (const { name, values } of this.#plan.computed) tensors[name] = values;
    await this.engine.swapWeights(tensors);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.engine.dispose();
  }
}
