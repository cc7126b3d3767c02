// `lemma verify`: judges claims, line by line, on all cores. Owns reading lines, printing and the exit code; packages/verify judges.

import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { LemmaError } from "@lemma/protocol";
import { VerifyPool } from "@lemma/verify/pool";
import type { Command, CommandContext } from "../command.ts";
import { type FlagValues, UsageError } from "../flags.ts";
import { SUMMARIES } from "../summaries.ts";

const DEFAULT_SECONDS = 10;

export const verify: Command = {
  name: "verify",
  summary: SUMMARIES.verify,
  arguments: "[FILE]",
  positionals: 1,
  about:
    "Reads JSON lines from FILE or standard input and prints one JSON line for each, in the same order, `id` echoed:\n" +
    '  {"a","b"}                                       are the two equal?            → a verdict\n' +
    '  {"question","reasoning","task"?}                is each line of it true?      → {"steps":[…]}\n' +
    '  {"question","response","task"?}                 does the reply answer it?     → a verdict with "extracted", "task", "by"\n' +
    '  {"problem","response","reference","verifier"}   is the reply right?           → a verdict with "extracted"\n' +
    "The third kind needs no reference answer: a root is put back into its equation, an order held beside its facts\n" +
    '("by":"checking"), or, where that is all there is to it, computed again ("by":"recomputing").\n' +
    "Lines are checked many at a time, and each result is printed as soon as it and all before it are there. Work is counted\n" +
    "in steps, so the verdicts are the same on every machine; a check that still takes longer than --limit is stopped and is\n" +
    "unknown/budget. A bad line gives unknown/bad-input, and the exit code is 1 at the end.",
  flags: {
    workers: { help: "checks at the same time (default: one a core)", value: "N", kind: "count" },
    limit: { help: `seconds that one check may take (default ${DEFAULT_SECONDS})`, value: "S", kind: "number" },
    json: { help: "JSON lines (always so; accepted for uniformity)" },
  },
  examples: [
    { line: `echo '{"a":"(x+1)^2","b":"x^2+2x+1"}' | lemma verify`, shows: '{"verdict":"proved","method":"exact"}' },
    {
      line: `echo '{"question":"What is 12+7?","reasoning":"12+7=18"}' | lemma verify`,
      shows: "the step is refuted, with both values as witness",
    },
    {
      line: `echo '{"question":"Solve 3x+5=20","response":"\\\\boxed{x=5}"}' | lemma verify`,
      shows: '{"verdict":"proved",…,"task":"linear-equations","by":"checking"}',
    },
    {
      line: "lemma verify replies.jsonl | jq -r .verdict | sort | uniq -c",
      shows: "how many are proved, refuted, unknown",
    },
  ],
  async run({ flags, positionals, terminal, signal }) {
    const [path] = positionals;
    await using pool = new VerifyPool({ ...poolOptions(flags), modules: [import.meta.resolve("@lemma/gym")], signal });
    let done = 0;
    let bad = 0;
    for await (const { output, isBad } of pool.lines(linesOf(path, signal))) {
      if (isBad) bad++;
      done++;
      terminal.json(output);
      if (done % 100 === 0) terminal.progress(`${done} lines${bad > 0 ? `, ${bad} bad` : ""}`);
      if (process.stdout.writableNeedDrain) await once(process.stdout, "drain", { signal });
    }
    signal.throwIfAborted();
    if (pool.stopped > 0) terminal.note(`${plural(pool.stopped, "check")} stopped at the limit`);
    if (bad > 0) terminal.note(plural(bad, "bad line"));
    return bad > 0 ? 1 : 0;
  },
};

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

function poolOptions(flags: FlagValues): { size?: number; limitMs: number } {
  const workers = flags.number("workers");
  const seconds = flags.number("limit") ?? DEFAULT_SECONDS;
  if (workers === 0) throw new UsageError("--workers: expected 1 or more, found 0");
  if (seconds < 0.001) throw new UsageError(`--limit: expected 0.001 or more, found ${seconds}`);
  return { ...(workers === undefined ? {} : { size: workers }), limitMs: seconds * 1000 };
}

/** The lines of a file or of standard input; a file that can't be read is LEMMA_E_FILE. */
async function* linesOf(path: string | undefined, signal: CommandContext["signal"]): AsyncGenerator<string> {
  const input = path === undefined ? process.stdin : createReadStream(path);
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, signal });
  } catch (cause) {
    const details = { path: path ?? "standard input", problem: (cause as Error).message };
    throw signal.aborted ? signal.reason : new LemmaError("LEMMA_E_FILE", details, { cause });
  }
}
