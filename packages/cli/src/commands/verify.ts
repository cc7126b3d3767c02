// `lemma verify`: judges claims, line by line. Owns reading lines and the exit code; packages/verify judges.

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { LemmaError } from "@lemma/protocol";
import "@lemma/gym"; // Registers the task families, so that `task` and recognition work.
import { verifyLine } from "@lemma/verify";
import type { Command } from "../command.ts";
import { SUMMARIES } from "../summaries.ts";

export const verify: Command = {
  name: "verify",
  summary: SUMMARIES.verify,
  arguments: "[FILE]",
  positionals: 1,
  about:
    "Reads JSON lines from FILE or standard input and prints one JSON line for each, in the same order, `id` echoed:\n" +
    '  {"a","b"}                                       are the two equal?            → a verdict\n' +
    '  {"question","reasoning","task"?}                is each line of it true?      → {"steps":[…]}\n' +
    '  {"problem","response","reference","verifier"}   is the reply right?           → a verdict with "extracted"\n' +
    "A bad line gives unknown/bad-input, and the exit code is 1 at the end.",
  flags: { json: { help: "JSON lines (always so; accepted for uniformity)" } },
  examples: [
    { line: `echo '{"a":"(x+1)^2","b":"x^2+2x+1"}' | lemma verify`, shows: '{"verdict":"proved","method":"exact"}' },
    {
      line: `echo '{"question":"What is 12+7?","reasoning":"12+7=18"}' | lemma verify`,
      shows: "the step is refuted, with both values as witness",
    },
  ],
  async run({ positionals, terminal, signal }) {
    const [path] = positionals;
    const input = path === undefined ? process.stdin : createReadStream(path);
    let bad = 0;
    try {
      for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, signal })) {
        if (line.trim() === "") continue;
        const { output, isBad } = verifyLine(line);
        if (isBad) bad++;
        terminal.json(output);
      }
    } catch (cause) {
      throw new LemmaError(
        "LEMMA_E_FILE",
        { path: path ?? "standard input", problem: (cause as Error).message },
        { cause },
      );
    }
    if (bad > 0) terminal.note(`${bad} bad line${bad === 1 ? "" : "s"}`);
    return bad > 0 ? 1 : 0;
  },
};
