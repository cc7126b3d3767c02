// Prints generated rows for reading: `node packages/gym/src/dump.ts TASK [COUNT] [SEED] [trained|heldout|id] [LEVEL]`, then the
// mean size. For people who write families; `lemma gym` is the command for everyone else.

import { type GenerateOptions, generate } from "./generate.ts";

const [task = "addition-subtraction", count = "4", seed = "1", phrasing = "trained", level] = process.argv.slice(2);
let characters = 0;
let longest = 0;
for (const row of generate({
  task,
  count: Number(count),
  seed: Number(seed),
  phrasing: phrasing as NonNullable<GenerateOptions["phrasing"]>,
  ...(level === undefined ? {} : { level: Number(level) }),
})) {
  const [user, assistant] = row.messages;
  const size = row.messages.reduce((sum, m) => sum + m.content.length + (m.reasoning_content?.length ?? 0), 0);
  characters += size;
  longest = Math.max(longest, size);
  if (Number(count) <= 200)
    console.log(
      `[${row.phrasing} ${row.language} ${row.split}] ${row.key}\n  ${user?.content}\n    ${assistant?.reasoning_content?.replaceAll("\n", "\n    ")}\n  ${assistant?.content}\n`,
    );
}
console.error(`${task}: mean ${(characters / Number(count)).toFixed(1)} characters a row, longest ${longest}`);
