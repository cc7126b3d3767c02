// Writing a small function from a sentence and two examples, in Python or JavaScript. Owns the family's entry and its reasoning: what
// to keep, what to take, what to give. Programs are judged by running them in the sandbox of @lemma/verify/code (gradeProgram).

import { proved, refuted, type TaskChecker } from "@lemma/verify";
import type { Family } from "../../family.ts";
import { conditionText, termText, writeFunction } from "./code.ts";
import { drawSynthesis, examplesOf, GIVES, SYNTHESIS_LEVELS, type Synthesis, synthesisKey } from "./problem.ts";
import { readSynthesis, synthesisPhrasings } from "./wordings.ts";

/** `keep: x % 2 == 0`, `take: x * x`, `give: sum`. */
function trace({ language, keep, take, give }: Synthesis): string[] {
  const condition = conditionText(keep, language === "python" ? "==" : "===");
  return [`keep: ${condition ?? "all"}`, `take: ${termText(take)}`, `give: ${give}`];
}

const checker: TaskChecker<Synthesis> = {
  id: "program-synthesis",
  recognise: readSynthesis,
  checkStep(problem, line) {
    const expected = trace(problem).find((text) => text.startsWith(`${line.label}:`));
    if (expected === undefined) return undefined;
    const plain = (text: string) => text.replaceAll(" ", "");
    return plain(line.text) === plain(expected)
      ? { ...proved("execution"), from: [-1] }
      : { ...refuted({ expected }), from: [-1] };
  },
};

/** Program synthesis; the default level keeps some numbers and takes something of each. */
export const programSynthesis: Family<Synthesis> = {
  id: "program-synthesis",
  area: "code",
  version: "1",
  levels: SYNTHESIS_LEVELS,
  defaultLevel: 2,
  cells: () => [...GIVES],
  draw: drawSynthesis,
  key: synthesisKey,
  cell: ({ give }) => give,
  trace,
  answer: writeFunction,
  reply: (problem) => `\`\`\`${problem.language}\n${writeFunction(problem)}\n\`\`\``,
  verifier: (problem) => ({
    kind: "program",
    language: problem.language,
    tests: examplesOf(problem).map(({ list, gives }) => ({ call: "f", arguments: [list], returns: gives })),
  }),
  vocabulary: ["keep", "take", "give", "all", ...GIVES, "x"],
  phrasings: synthesisPhrasings,
  checker,
  carriers: "none", // some of them ask for a box
  proofs: ["reproducible", "wordings", "questions", "steps", "frequency"],
};
