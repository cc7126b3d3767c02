// The weights of a Hugging Face folder: model.safetensors, or the shards that model.safetensors.index.json lists, as one
// set of named tensors. 8-bit floats and their scales count as one tensor. Must not know architectures or GGUF.

import { existsSync } from "node:fs";
import path from "node:path";
import { LemmaError } from "@lemma/protocol";
import { blocksOf, scaleBlocks } from "./float8.ts";
import { isObject, readJsonFile } from "./json-file.ts";
import { SafetensorsFile } from "./safetensors-file.ts";
import type { SafetensorsEntry } from "./safetensors-header.ts";

const SINGLE = "model.safetensors";
const INDEX = "model.safetensors.index.json";

const SCALES = "_scale_inv"; // what follows the name of 8-bit floats in the name of their scales (which multiply, despite it)

/** Rows and columns of a block that shares one scale. */
export type ScaleBlock = readonly [number, number];

interface Place {
  file: SafetensorsFile;
  entry: SafetensorsEntry;
  scales?: { place: Place; shape: readonly [number, number]; block: ScaleBlock };
}

/** All tensors of a folder; values are read one tensor at a time. `await using` closes the files. */
export class Weights implements AsyncDisposable {
  readonly folder: string;
  readonly #places: ReadonlyMap<string, Place>;
  readonly #files: readonly SafetensorsFile[];

  private constructor(folder: string, files: readonly SafetensorsFile[], places: ReadonlyMap<string, Place>) {
    this.folder = folder;
    this.#files = files;
    this.#places = places;
  }

  /**
   * Opens a folder. With `scaleBlock` it may hold 8-bit floats: matrices of F8_E4M3, whose scales are beside them.
   * @throws LEMMA_E_FILE (a file is missing), LEMMA_E_MODEL_FORMAT (a file is damaged, the index and the files disagree, or scales and
   * matrices do), LEMMA_E_MODEL_UNSUPPORTED (8-bit floats without `scaleBlock`)
   */
  static async open(folder: string, scaleBlock?: ScaleBlock): Promise<Weights> {
    const listed = await weightMap(folder);
    const names = listed === undefined ? [SINGLE] : [...new Set(listed.values())].sort();
    const files: SafetensorsFile[] = [];
    try {
      for (const name of names) files.push(await SafetensorsFile.open(path.join(folder, name)));
      const places = placesOf(files, listed, path.join(folder, INDEX));
      joinScales(places, scaleBlock);
      return new Weights(folder, files, places);
    } catch (error) {
      await closeAll(files);
      throw error;
    }
  }

  get names(): Iterable<string> {
    return this.#places.keys();
  }

  /** The shape, rows first, or undefined where there is no such tensor. */
  shapeOf(name: string): readonly number[] | undefined {
    return this.#places.get(name)?.entry.shape;
  }

  /** The values, row by row, multiplied by their scales where they have some. @throws LEMMA_E_MODEL_FORMAT, LEMMA_E_MODEL_UNSUPPORTED (another type) */
  async read(name: string): Promise<Float32Array> {
    const place = this.#places.get(name);
    if (place === undefined) throw damaged(this.folder, `tensor ${JSON.stringify(name)} is missing`);
    const values = await place.file.read(place.entry);
    if (place.scales !== undefined) {
      const { place: from, shape, block } = place.scales;
      scaleBlocks(values, shape, await from.file.read(from.entry), block);
    }
    return values;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await closeAll(this.#files);
  }
}

function damaged(where: string, problem: string): LemmaError {
  return new LemmaError("LEMMA_E_MODEL_FORMAT", { path: where, problem });
}

async function closeAll(files: readonly SafetensorsFile[]): Promise<void> {
  await Promise.all(files.map((file) => file[Symbol.asyncDispose]()));
}

/** Tensor name → file name as the index says; undefined where the folder has the single file. */
async function weightMap(folder: string): Promise<Map<string, string> | undefined> {
  const index = path.join(folder, INDEX);
  const hasSingle = existsSync(path.join(folder, SINGLE));
  const hasIndex = existsSync(index);
  if (hasSingle && hasIndex)
    throw damaged(folder, `has both ${SINGLE} and ${INDEX}: remove the one that does not belong`);
  if (hasSingle) return undefined;
  if (!hasIndex) throw new LemmaError("LEMMA_E_FILE", { path: folder, problem: `has neither ${SINGLE} nor ${INDEX}` });
  const { weight_map: map } = await readJsonFile(index);
  if (!isObject(map)) throw damaged(index, "weight_map: expected an object");
  const files = new Map<string, string>();
  for (const [tensor, file] of Object.entries(map)) {
    if (typeof file !== "string" || !/^[\w.-]+\.safetensors$/.test(file)) {
      throw damaged(
        index,
        `weight_map: ${JSON.stringify(tensor)}: expected a file of this folder, found ${JSON.stringify(file)}`,
      );
    }
    files.set(tensor, file);
  }
  return files;
}

/** Where each tensor is. With an index, it and the files must say the same. */
function placesOf(
  files: readonly SafetensorsFile[],
  listed: ReadonlyMap<string, string> | undefined,
  index: string,
): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const file of files) {
    for (const entry of file.tensors.values()) {
      const expected = listed?.get(entry.name);
      if (listed !== undefined && expected !== path.basename(file.path)) {
        throw damaged(
          file.path,
          `holds tensor ${JSON.stringify(entry.name)}, which the index puts ${expected === undefined ? "nowhere" : `into ${expected}`}`,
        );
      }
      places.set(entry.name, { file, entry });
    }
  }
  for (const [tensor, file] of listed ?? []) {
    if (!places.has(tensor)) throw damaged(index, `tensor ${JSON.stringify(tensor)} is not in ${file}`);
  }
  return places;
}

/** Gives each matrix of 8-bit floats its scales, which are no tensors of their own any more. */
function joinScales(places: Map<string, Place>, block: ScaleBlock | undefined): void {
  for (const [name, place] of [...places]) {
    const { dtype, shape } = place.entry;
    if (dtype !== "F8_E4M3") continue;
    const where = `tensor ${JSON.stringify(name)}`;
    if (block === undefined) {
      const problem = `${where}: expected F32, F16 or BF16, found ${dtype} without a quantization_config for this architecture`;
      throw new LemmaError("LEMMA_E_MODEL_UNSUPPORTED", { path: place.file.path, problem });
    }
    const [rows, columns] = shape;
    if (rows === undefined || columns === undefined || shape.length !== 2) {
      throw damaged(place.file.path, `${where}: expected ${dtype} for a matrix, found [${shape.join(", ")}]`);
    }
    const expected = blocksOf([rows, columns], block);
    const scales = places.get(name + SCALES);
    const found = scales === undefined ? "nothing" : `${scales.entry.dtype} [${scales.entry.shape.join(", ")}]`;
    if (scales === undefined || found !== `F32 [${expected.join(", ")}]`) {
      throw damaged(
        place.file.path,
        `tensor ${JSON.stringify(name + SCALES)}: expected F32 [${expected.join(", ")}], found ${found}`,
      );
    }
    place.scales = { place: scales, shape: [rows, columns], block };
    places.delete(name + SCALES);
  }
}
