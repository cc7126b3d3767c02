// Tasks that behave badly, for the pool's tests: one never ends, one eats memory, one throws. Each process of a pool imports this.

import { equivalent, proved, registerTask } from "../src/index.ts";

registerTask<string>({
  id: "test-bad",
  recognise: (question) => /^(loop|hoard|throw|nap \d+|fine)$/.exec(question)?.[0],
  checkAnswer(behaviour, answer) {
    if (behaviour === "loop") for (;;);
    if (behaviour === "throw") throw new Error("thrown on purpose");
    if (behaviour === "hoard") for (const all: string[] = []; ; ) all.push(answer.repeat(1000) + all.length);
    if (behaviour.startsWith("nap")) {
      const end = performance.now() + Number(behaviour.slice(4));
      while (performance.now() < end);
      return proved();
    }
    return equivalent(answer, "42");
  },
  answerBy: "checking",
});
