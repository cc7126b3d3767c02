// Teaches the checker a vocabulary of your own: here "21: prime", a claim in the task of factoring numbers into primes.
//   node examples/custom-task.ts
// A checker reads the problem from the question's text, judges the lines that it knows, and judges answers. Everything
// else (relations such as 84=2*42, [BACK], linking) stays with the general checker.

import { checkAnswer, checkSteps, proved, refuted, registerTask, type TaskChecker, unknown } from "@lemma/verify";

/** The smallest divisor above 1: the number itself where it is prime. */
function smallestDivisor(n: number): number {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return d;
  return n;
}

const factoring: TaskChecker<number> = {
  id: "factoring",
  recognise(question) {
    const number = Number(/factor (\d{1,9}) into primes/i.exec(question)?.[1]);
    return number > 1 ? number : undefined;
  },
  checkStep(problem, { label, body }, { steps }) {
    if (body !== "prime" || label === undefined || !/^\d{1,9}$/.test(label)) return undefined; // not ours
    const divisor = smallestDivisor(Number(label));
    const source = steps.findLast(({ text }) => text.match(/\d+/g)?.includes(label))?.index;
    const from = source !== undefined ? [source] : label === String(problem) ? [-1] : [];
    return { ...(divisor === Number(label) ? proved() : refuted({ divisor: String(divisor) })), from };
  },
  checkAnswer(problem, answer) {
    const parts = answer.split(/\*|\\cdot|\\times|×/).map((part) => Number(part));
    if (!parts.every((part) => Number.isSafeInteger(part) && part > 1)) return unknown("unparsed");
    const composite = parts.find((part) => smallestDivisor(part) < part);
    if (composite !== undefined) return refuted({ composite: String(composite) });
    const product = parts.reduce((a, b) => a * b, 1);
    return product === problem ? proved() : refuted({ product: String(product) });
  },
  answerBy: "checking",
};
registerTask(factoring);

const question = "Factor 84 into primes.";
for (const step of checkSteps({ question, reasoning: "84=2*42\n42=2*21\n21: prime\n[BACK]\n21=3*7\n7: prime" })) {
  const { text, verdict, withdrawn } = step;
  const witness = verdict === "refuted" ? ` ${JSON.stringify(step.witness)}` : "";
  console.log(`${verdict}: ${text}${witness}${withdrawn ? " (taken back)" : ""}`);
}
for (const response of ["\\boxed{2*2*3*7}", "\\boxed{2*2*21}"]) {
  console.log(`${checkAnswer({ question, response }).verdict}: ${response}`);
}
