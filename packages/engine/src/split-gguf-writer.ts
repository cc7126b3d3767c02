// Writes a model as several GGUF files, as llama.cpp and others read them: NAME-00001-of-0000N.gguf and so on, the keys in the first,
// each with split.no, split.count and split.tensors.count. Owns the division into parts; gguf-writer.ts writes each.

import { rmSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import path from "node:path";
import { LemmaError } from "@lemma/protocol";
import { tensorBytes } from "./gguf-values.ts";
import { type GgufFile, type GgufTensor, type WriteGgufOptions, writeGguf } from "./gguf-writer.ts";

const MOST_PARTS = 99_999; // five digits

/** What was written: the files in order, and the bytes of all together. */
export interface WrittenGguf {
  paths: string[];
  bytes: number;
}

/**
 * Writes a model in parts of at most `splitBytes` bytes of tensors, each part with at least one; where one part is enough, a
 * plain file under `file`. All parts are written beside it under other names first and renamed when the last is whole.
 * @throws as writeGguf
 * @example
 * await writeSplitGguf("big.gguf", model, 2e9); // { paths: ["big-00001-of-00003.gguf", …], bytes: 5_500_000_000 }
 */
export async function writeSplitGguf(
  file: string,
  model: GgufFile,
  splitBytes: number,
  options: WriteGgufOptions = {},
): Promise<WrittenGguf> {
  const parts = divide(model.tensors, splitBytes);
  if (parts.length === 1) return { paths: [file], bytes: await writeGguf(file, model, options) };
  if (parts.length > MOST_PARTS) {
    const expected = `a size that gives at most ${MOST_PARTS} parts`;
    throw new LemmaError("LEMMA_E_OPTION", { option: "splitBytes", expected, found: `${splitBytes}` });
  }
  const total = sum(model.tensors);
  const folder = await temporaryFolder(file);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    const paths: string[] = [];
    let bytes = 0;
    let done = 0;
    for (const [number, tensors] of parts.entries()) {
      const name = partName(file, number, parts.length);
      const metadata = {
        ...(number === 0 ? model.metadata : {}),
        "split.no": { type: "u16", value: number },
        "split.count": { type: "u16", value: parts.length },
        "split.tensors.count": { type: "i32", value: model.tensors.length },
      } as const;
      const before = done;
      bytes += await writeGguf(
        path.join(folder, path.basename(name)),
        { metadata, tensors },
        {
          ...options,
          onProgress: (written, _, tensor) => options.onProgress?.(Math.min(before + written, total), total, tensor),
        },
      );
      done += sum(tensors);
      paths.push(name);
    }
    for (const name of paths.toReversed()) await rename(path.join(folder, path.basename(name)), name);
    return { paths, bytes };
  } finally {
    process.off("exit", remove);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Tensors in their order, as many in a part as fit. */
function divide(tensors: readonly GgufTensor[], splitBytes: number): GgufTensor[][] {
  const parts: GgufTensor[][] = [[]];
  let size = 0;
  for (const tensor of tensors) {
    const bytes = tensorBytes(tensor.type, tensor.shape);
    if (size > 0 && size + bytes > splitBytes) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push(tensor);
    size += bytes;
  }
  return parts;
}

const sum = (tensors: readonly GgufTensor[]): number =>
  tensors.reduce((all, tensor) => all + tensorBytes(tensor.type, tensor.shape), 0);

function partName(file: string, number: number, count: number): string {
  const digits = (value: number) => String(value).padStart(5, "0");
  return `${file.replace(/\.gguf$/, "")}-${digits(number + 1)}-of-${digits(count)}.gguf`;
}

async function temporaryFolder(file: string): Promise<string> {
  try {
    return await mkdtemp(`${file}.tmp-`);
  } catch (error) {
    const problem = `not written: ${(error as Error).message}`;
    throw new LemmaError("LEMMA_E_FILE", { path: file, problem }, { cause: error });
  }
}
