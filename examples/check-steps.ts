// Judges a solution line by line, without a model: each line is proved, refuted with a witness, or unknown with a reason.
//   node examples/check-steps.ts                          the solution below
//   node examples/check-steps.ts "QUESTION" solution.txt  one of your own

import { readFileSync } from "node:fs";
import "@lemma/gym"; // registers the families, whose own vocabulary ("skip: Ann>Bob") is then understood
import { checkSteps } from "@lemma/verify";

const [question = "Solve 3x + 5 = 20 for x.", file] = process.argv.slice(2);
const written = `First I bring the 5 to the other side.
3x=20-5
3x=14
[BACK]
3x=15
x=15/3=5`;
const reasoning = file === undefined ? written : readFileSync(file, "utf8");

const marks = { proved: "✓", refuted: "✗", unknown: "?" };
for (const step of checkSteps({ question, reasoning })) {
  const why =
    step.verdict === "proved"
      ? `${step.method}, from ${step.from.map((from) => (from < 0 ? "the question" : `step ${from + 1}`)).join(" and ")}`
      : step.verdict === "refuted"
        ? JSON.stringify(step.witness)
        : step.reason;
  console.log(`${marks[step.verdict]} ${step.text}   (${why})${step.withdrawn ? "   taken back" : ""}`);
}
