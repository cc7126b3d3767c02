// Reads a JSON object from a file with typed errors. Must not know what the object means.

import { readFile } from "node:fs/promises";
import { LemmaError } from "@lemma/protocol";

export type JsonObject = Record<string, unknown>;

/** True for what JSON writes in braces. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object in a file. @throws LEMMA_E_FILE (not readable), LEMMA_E_MODEL_FORMAT (not a JSON object) */
export async function readJsonFile(path: string): Promise<JsonObject> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new LemmaError("LEMMA_E_FILE", { path, problem: isMissing ? "no such file" : "can't be read" }, { cause });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new LemmaError("LEMMA_E_MODEL_FORMAT", { path, problem: `not JSON: ${(cause as Error).message}` }, { cause });
  }
  if (isObject(json)) return json;
  throw new LemmaError("LEMMA_E_MODEL_FORMAT", { path, problem: "expected a JSON object" });
}

/** As `readJsonFile`, but {} where there is no such file. */
export async function readOptionalJsonFile(path: string): Promise<JsonObject> {
  try {
    return await readJsonFile(path);
  } catch (error) {
    const isMissing =
      LemmaError.isInstance(error) && (error.cause as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
    if (isMissing) return {};
    throw error;
  }
}
