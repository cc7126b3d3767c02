// Makes problems with question, reasoning, answer and verifier as JSON lines: training data, or an exam.
//   node examples/make-problems.ts [TASK] [COUNT] [train|heldout] > rows.jsonl
// The same arguments print the same bytes on every machine. `npx lemma gym list` names the tasks.

import { generate } from "@lemma/gym";

const [task = "linear-equations", count = "3", split = "train"] = process.argv.slice(2);

for (const row of generate({ task, count: Number(count), seed: 1, split: split === "heldout" ? "heldout" : "train" })) {
  console.log(JSON.stringify(row));
}
