// A JSONL file of steps that goes on after an interruption: lines of steps beyond the checkpoint are dropped, as they come again. Owns the
// file; knows no fields but `step`.

import { existsSync } from "node:fs";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { writeAtomically } from "../run/run-folder.ts";

/** @example const log = await StepLog.open("metrics.jsonl", 40); await log.write([{ step: 41, … }]); */
export class StepLog {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Keeps the lines of steps up to `step`; a line that a kill cut off goes too. */
  static async open(path: string, step: number): Promise<StepLog> {
    await mkdir(dirname(path), { recursive: true });
    if (existsSync(path)) {
      const lines = (await readFile(path, "utf8")).split("\n").filter((line) => stepOf(line) <= step);
      await writeAtomically(path, lines.map((line) => `${line}\n`).join(""));
    }
    return new StepLog(path);
  }

  /** The lines that are there. */
  async read(): Promise<object[]> {
    const text = existsSync(this.#path) ? await readFile(this.#path, "utf8") : "";
    return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as object]));
  }

  async write(lines: readonly object[]): Promise<void> {
    await appendFile(this.#path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }
}

function stepOf(line: string): number {
  try {
    return Number((JSON.parse(line) as { step: unknown }).step);
  } catch {
    return Number.NaN;
  }
}
