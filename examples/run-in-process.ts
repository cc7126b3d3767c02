// Runs the bundled model inside this process and checks every line of its thought while it is written.
//   node examples/run-in-process.ts [MODEL.gguf] [QUESTION]

import { loadModel } from "@lemma/engine";
import { makeStepChecker } from "@lemma/verify";

const [modelPath = "models/lemma-s/lemma-s.gguf", question = "Solve 3x + 5 = 20 for x."] = process.argv.slice(2);
await using model = await loadModel({ modelPath });

const marks = { proved: "✓", refuted: "✗", unknown: "?" };
for await (const event of model.stream(question, { checker: makeStepChecker({ question }), temperature: 0 })) {
  if (event.type === "step-verdict") console.log(marks[event.step.verdict], event.step.text);
  if (event.type === "text-delta") process.stdout.write(event.text);
}
console.log();
