// Asks a running server (`npm start`) and shows the thought as it comes, a mark for each step, and the answer.
//   node examples/ask-a-server.ts "Solve 3x + 5 = 20 for x."
// LEMMA_BASE_URL names another server, LEMMA_MODEL another model than the first that it serves.

import { Lemma } from "@lemma/client";

const question = process.argv[2] ?? "Solve the differential equation dy/dx = x^2 + y";
const marks = { proved: "✓", refuted: "✗", unknown: "?" };

const lemma = new Lemma();
const model = process.env.LEMMA_MODEL ?? (await lemma.models())[0]?.id ?? "lemma-s";

let isAnswering = false;
for await (const event of lemma.stream({ model, messages: question, stepVerdicts: true })) {
  switch (event.type) {
    case "reasoning-delta":
      process.stdout.write(event.text);
      break;
    case "step-verdict":
      console.log(`   ${marks[event.step.verdict]} step ${event.step.index + 1}`);
      break;
    case "text-delta":
      if (!isAnswering) console.log();
      isAnswering = true;
      process.stdout.write(event.text);
      break;
    case "finish":
      console.log(`\n[${event.finishReason}, ${event.usage.completionTokens} tokens]`);
  }
}
