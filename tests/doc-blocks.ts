// Fenced blocks of Markdown pages: what a page shows is found, run and compared by docs.test.ts. Owns the reading of blocks.
//
//   ```ts run            a program; ```sh run: commands. A ```text block that follows directly is exactly what it prints.
//   ```ts run sandbox    a program that needs the sandbox of @lemma/verify/code.
//   ```gym TASK SEED INDEX LANGUAGE    a row of the gym: question, reasoning, reply.

import { readFileSync } from "node:fs";
import path from "node:path";
import { generateRow } from "@lemma/gym";
import type { Language } from "@lemma/protocol";
import { root } from "./model-place.ts";

export interface DocBlock {
  /** Path of the page in the repository, and the line of the opening fence. */
  page: string;
  line: number;
  /** The words after the fence: `ts run`. */
  info: string;
  code: string;
  /** What it prints, where the page says so. */
  output: string | undefined;
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): DocBlock[] {
  const blocks: DocBlock[] = [];
  const lines = readFileSync(path.join(root, page), "utf8").split("\n");
  let end = -9;
  for (let at = 0; at < lines.length; at++) {
    const fence = /^(`{3,})(.*)$/.exec(lines[at]!);
    if (!fence) continue;
    const [, marks, info = ""] = fence;
    const close = lines.indexOf(marks!, at + 1);
    if (close < 0) throw new Error(`${page}:${at + 1}: the block has no end`);
    const code = lines
      .slice(at + 1, close)
      .map((line) => `${line}\n`)
      .join("");
    if (info === "text" && at === end + 2) blocks.at(-1)!.output = code;
    else blocks.push({ page, line: at + 1, info: info.trim(), code, output: undefined });
    end = close;
    at = close;
  }
  return blocks;
}

/** The row that a `gym` block shows, as the block's text. */
export function rowText(info: string): string {
  const [, task = "", seed, index, language] = info.split(" ");
  const row = generateRow({ task, seed: Number(seed), index: Number(index), language: language as Language });
  const [question, reply] = row.messages;
  return `${question!.content}\n\n${reply!.reasoning_content}\n\n${reply!.content}\n`;
}
