// A folder from which `models/lemma-s/lemma-s.gguf` can be loaded: the repository where the bundled model is there, else a
// temporary folder with a model of random weights under that name. What it answers is then meaningless; every path of an
// answer is real.

import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { writeRandomModel } from "../packages/engine/test/random-model.ts";

export const root: string = path.resolve(import.meta.dirname, "..");

export interface ModelPlace extends Disposable {
  /** Working folder for programs that load `models/lemma-s/lemma-s.gguf`. */
  folder: string;
  /** False where the weights are random. */
  isTrained: boolean;
}

/** The place; `using` takes the temporary folder away again. */
export async function modelPlace(): Promise<ModelPlace> {
  if (existsSync(path.join(root, "models/lemma-s/lemma-s.gguf"))) {
    return { folder: root, isTrained: true, [Symbol.dispose]: () => {} };
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), "lemma-place-"));
  mkdirSync(path.join(folder, "models/lemma-s"), { recursive: true });
  await writeRandomModel(path.join(folder, "models/lemma-s/lemma-s.gguf"), { context: 512 });
  return { folder, isTrained: false, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
