// The checker of program repair: an answer is put into the program and the program is run, by the bounded interpreter of
// program-output; nothing is ever evaluated as code. Owns what counts as a repair: one token of one line that is not a print.

import type { Verdict } from "@lemma/protocol";
import {
  proved,
  refuted,
  type StepContext,
  type StepLine,
  type TaskChecker,
  type TaskVerdict,
  unknown,
} from "@lemma/verify";
import { diagnose } from "./diagnosis.ts";
import { lineTokens, withChange } from "./lines.ts";
import { printedBy, type Repair } from "./problem.ts";
import { readWanted } from "./wanted.ts";

/** Reads a program and its wanted output, where one token can mend it. */
export function readRepair(question: string): Repair | undefined {
  const found = readWanted(question);
  if (found === undefined) return undefined;
  const lines = found.source.split("\n").filter((line) => line.trim() !== "");
  const repair = { source: lines, wanted: found.wanted };
  return diagnose(repair) === undefined ? undefined : repair;
}

const isPrint = (line: string) => /^\s*(?:print|console\.log)\b/.test(line);

/** Puts a line into the program wherever it differs from a line by one token, and runs each. */
export function judgeLine({ source, wanted }: Repair, answer: string): Verdict {
  const line = answer
    .replace(/\\(?:text|texttt|mathtt)\s*\{([^}]*)\}/g, "$1")
    .replace(/^\s*(?:line \d+|第 ?\d+ ?行)\s*[:：]/i, "")
    .replace(/\\([%_<>{}])|[`$]/g, "$1")
    .replace(/\\[,; ]|\\(?:le|leq)(?![a-z])|\\(?:ge|geq)(?![a-z])/g, (mark) =>
      mark.startsWith("\\l") ? "<=" : mark.startsWith("\\g") ? ">=" : " ",
    );
  if (lineTokens(line).length < 3 || line.includes("\n")) return unknown("unparsed");
  let closest: Record<string, string> | undefined;
  for (const [i, own] of source.entries()) {
    if (isPrint(own)) continue;
    const changed = withChange(own, line);
    if (changed === undefined) continue;
    const printed = printedBy(source.with(i, changed));
    if (printed === wanted.join("\n")) return proved("execution");
    closest = { line: changed.trim(), prints: printed?.replaceAll("\n", ",").slice(0, 200) ?? "no end, or no program" };
  }
  return refuted({ ...(closest ?? { change: "not one token of one line" }), wanted: wanted.join(",") });
}

const compact = (text: string) =>
  text
    .replace(/\s*([-+*%/=<>!,:();])\s*/g, "$1")
    .replace(/\s+/g, " ")
    .trim();

/** What a line is about: the words at its beginning. */
const slotOf = (text: string) => /^\s*([a-z]+(?: again)?)(?=[ :])/.exec(text)?.[1] ?? "";

function checkStep(repair: Repair, line: StepLine, { steps }: StepContext): TaskVerdict | undefined {
  const { lines } = diagnose(repair)!;
  const slot = slotOf(line.text);
  const at = lines.findIndex((expected) => slotOf(expected) === slot);
  const before = steps
    .filter(({ text, verdict }) => slotOf(text) !== "" && verdict.verdict === "proved")
    .map(({ index }) => index);
  const from = at <= 0 || before.length === 0 ? [-1] : before.slice(-2);
  if (slot === "fix") return { ...judgeLine(repair, line.body), from };
  if (at < 0) return undefined;
  const expected = lines[at]!;
  return compact(line.text) === compact(expected)
    ? { ...proved("execution"), from }
    : { ...refuted({ expected }), from };
}

export const repairChecker: TaskChecker<Repair> = {
  id: "program-repair",
  recognise: readRepair,
  checkStep,
  checkAnswer: judgeLine,
  answerBy: "checking",
};
