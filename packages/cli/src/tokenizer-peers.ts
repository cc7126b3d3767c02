// Other people's tokenizers where a person has installed them: looked for from given folders, never installed by Lemma.

import { readFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A tokenizer to compare with. `encode` recognises all added tokens and adds none. */
export interface PeerTokenizer {
  /** Package and version. */
  name: string;
  encode(text: string): ArrayLike<number>;
  close(): Promise<void>;
}

type Json = Record<string, unknown>;

interface HuggingFaceModule {
  Tokenizer: new (
    json: object,
    config: object,
  ) => { encode(text: string, options: { add_special_tokens: boolean }): { ids: number[] } };
}
interface LlamaModule {
  getLlama(options: object): Promise<{
    loadModel(
      options: object,
    ): Promise<{ tokenize(text: string, special: boolean): number[]; dispose(): Promise<void> }>;
  }>;
  LlamaLogLevel: { error: unknown };
}

/** @huggingface/tokenizers on a folder's tokenizer.json; undefined where the package is not found from `places`. */
export async function huggingFacePeer(places: readonly string[], folder: string): Promise<PeerTokenizer | undefined> {
  const found = await importInstalled<HuggingFaceModule>("@huggingface/tokenizers", places);
  if (found === undefined) return undefined;
  const read = async (name: string): Promise<Json> => JSON.parse(await readFile(path.join(folder, name), "utf8"));
  const tokenizer = new found.module.Tokenizer(
    await read("tokenizer.json"),
    await read("tokenizer_config.json").catch(() => ({})),
  );
  return {
    name: found.name,
    encode: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
    close: async () => {},
  };
}

/** llama.cpp, by node-llama-cpp, on a GGUF file's vocabulary; undefined where the package is not found from `places`. */
export async function llamaPeer(places: readonly string[], modelPath: string): Promise<PeerTokenizer | undefined> {
  const found = await importInstalled<LlamaModule>("node-llama-cpp", places);
  if (found === undefined) return undefined;
  const { getLlama, LlamaLogLevel } = found.module;
  const llama = await getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath, vocabOnly: true });
  return { name: found.name, encode: (text) => model.tokenize(text, true), close: () => model.dispose() };
}

/** Imports a package from the first folder from which Node finds it. */
async function importInstalled<T>(
  name: string,
  places: readonly string[],
): Promise<{ name: string; module: T } | undefined> {
  for (const place of places) {
    let file: string | undefined;
    try {
      file = findPackageJSON(name, pathToFileURL(path.join(place, "/")));
    } catch {} // not found from there
    if (file === undefined) continue;
    const manifest = JSON.parse(await readFile(file, "utf8")) as Json;
    const entry = entryOf(isObject(manifest.exports) ? manifest.exports["."] : undefined) ?? manifest.main;
    const module = (await import(pathToFileURL(path.join(path.dirname(file), String(entry))).href)) as T;
    return { name: `${name} ${String(manifest.version)}`, module };
  }
  return undefined;
}

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** The file that a package's `exports` names for an import in Node. */
function entryOf(exported: unknown): string | undefined {
  if (typeof exported === "string") return exported;
  if (!isObject(exported)) return undefined;
  for (const condition of ["node", "import", "default"]) {
    const entry = entryOf(exported[condition]);
    if (entry !== undefined) return entry;
  }
  return undefined;
}
