// From what a person writes for a model, an id or a path, to the GGUF file and the id it is served under. Owns the places
// that are looked at; opens no model.

import { existsSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { LemmaError } from "@lemma/protocol";

export interface ResolvedModel {
  /** The model folder's name, or the file's without `.gguf` (and a part's number) where its folder is no model folder. */
  id: string;
  /** Absolute path of the GGUF file, of a model in parts the first. */
  path: string;
}

/** What a part's name adds to the model's; the first part stands for the model. */
const PART = /-\d{5}-of-\d{5}$/;

/** The folders in which model ids are looked up, in this order: `models/` here, the repository's, `$LEMMA_HOME/models/`. */
export function modelFolders(): string[] {
  const repository = fileURLToPath(new URL("../../../models", import.meta.url));
  const home = process.env.LEMMA_HOME || path.join(homedir(), ".lemma");
  return [...new Set([path.resolve("models"), repository, path.join(home, "models")])];
}

/**
 * Finds a model. An id is looked up in `modelFolders()`; anything with a path separator or ending in `.gguf` is a path
 * to a GGUF file or a model folder. Throws LEMMA_E_FILE naming the places that were looked at.
 * @example
 * resolveModel("lemma-s"); // { id: "lemma-s", path: "/…/models/lemma-s/lemma-s.gguf" }
 */
export function resolveModel(idOrPath: string): ResolvedModel {
  const isPath = idOrPath.endsWith(".gguf") || /[/\\]/.test(idOrPath);
  const places = isPath ? [path.resolve(idOrPath)] : modelFolders().map((folder) => path.join(folder, idOrPath));
  for (const place of places) {
    const found = at(place);
    if (found) return found;
  }
  const problem = isPath ? "there is no such file or model folder" : `no model of this id in ${places.join(", ")}`;
  throw new LemmaError("LEMMA_E_FILE", { path: idOrPath, problem });
}

function at(place: string): ResolvedModel | undefined {
  if (!existsSync(place)) return undefined;
  const folderName = path.basename(path.dirname(place));
  if (!statSync(place).isDirectory()) {
    const name = path.basename(place, ".gguf").replace(PART, "");
    const isInModelFolder = name === folderName || existsSync(path.join(path.dirname(place), "config.json"));
    return { id: isInModelFolder ? folderName : name, path: place };
  }
  const id = path.basename(place);
  const named = path.join(place, `${id}.gguf`);
  if (existsSync(named)) return { id, path: named };
  const isLaterPart = (name: string) => PART.test(name.slice(0, -5)) && !/-0*1-of-\d+\.gguf$/.test(name);
  const files = readdirSync(place).filter((name) => name.endsWith(".gguf") && !isLaterPart(name));
  if (files.length === 1) return { id, path: path.join(place, files[0]!) };
  const found = files.length === 0 ? "no .gguf file" : `${files.length} .gguf files`;
  throw new LemmaError("LEMMA_E_FILE", { path: place, problem: `expected ${id}.gguf in this folder, found ${found}` });
}
