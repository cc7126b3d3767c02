// Asks one model 64 questions at once. The engine shares each forward pass among all that are running, so 64 answers take
// far less than 64 times the time of one. Each answer is then checked without knowing the right one.
//   node examples/many-at-once.ts [MODEL.gguf]

import { loadModel } from "@lemma/engine";
import { generate } from "@lemma/gym";
import { checkAnswer } from "@lemma/verify";

const [modelPath = "models/lemma-s/lemma-s.gguf"] = process.argv.slice(2);
await using model = await loadModel({ modelPath, maxSequences: 64 });

const questions = [...generate({ task: "linear-equations", seed: 1, count: 64, split: "heldout" })].map(
  (row) => row.messages[0]!.content,
);

const started = performance.now();
const replies = await Promise.all(questions.map((question) => model.generate(question, { temperature: 0 })));
const seconds = (performance.now() - started) / 1000;

const verdicts = replies.map(({ choices }, i) =>
  checkAnswer({ question: questions[i]!, response: choices[0]!.text, task: "linear-equations" }),
);
const right = verdicts.filter(({ verdict }) => verdict === "proved").length;
const tokens = replies.reduce((sum, { usage }) => sum + usage.completionTokens, 0);
console.log(`${right} of ${questions.length} answers proved`);
console.log(`${tokens} tokens in ${seconds.toFixed(1)} s, ${Math.round(tokens / seconds)} a second`);
console.log(`${model.stats().steps} forward passes`);
