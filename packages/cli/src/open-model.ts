// Loads a model for a command: looks it up, tells people what happens. Owns the model flags that commands share.

import { loadModel, type Model, resolveModel } from "@lemma/engine";
import type { Flags, FlagValues } from "./flags.ts";

export const MODEL_FLAGS = {
  "context-length": { help: "tokens of prompt and reply (default: the model's own)", value: "N", kind: "count" },
  threads: { help: "default: one a core", value: "N", kind: "count" },
  device: { help: "default cpu", value: "NAME" },
} as const satisfies Flags;

/** The model with its id. Throws LEMMA_E_FILE, LEMMA_E_MODEL_FORMAT and the like. */
export async function openModel(
  idOrPath: string,
  flags: FlagValues,
  more: { maxSequences?: number } = {},
): Promise<{ id: string; path: string; model: Model }> {
  const { id, path } = resolveModel(idOrPath);
  const contextLength = flags.number("context-length");
  const threads = flags.number("threads");
  const device = flags.text("device");
  const model = await loadModel({
    modelPath: path,
    ...(contextLength === undefined ? {} : { contextLength }),
    ...(threads === undefined ? {} : { threads }),
    ...(device === undefined ? {} : { device }),
    ...more,
  });
  return { id, path, model };
}
