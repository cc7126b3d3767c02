// `lemma gym list`: what the gym can make.

import { families, generateRow } from "@lemma/gym";
import type { Command } from "../command.ts";
import { table } from "../table.ts";

export const gymList: Command = {
  name: "gym list",
  summary: "List the task families with their levels, wordings and an example",
  about:
    "One line a family. `phrasings` counts the trained wordings (the smaller count of the two languages), `proofs` names\n" +
    "the proofs that the tests run for it.",
  flags: { json: { help: "one JSON object a line" } },
  examples: [{ line: "lemma gym list --json", shows: '{"task":"addition-subtraction","area":"arithmetic",…}' }],
  async run({ flags, terminal }) {
    const entries = families().map((family) => {
      const count = (language: "en" | "zh"): number =>
        family.phrasings[language].filter(({ id }) => id.startsWith("trained")).length;
      return {
        task: family.id,
        area: family.area,
        languages: ["en", "zh"],
        levels: Array.from({ length: family.levels }, (_, i) => i + 1),
        defaultLevel: family.defaultLevel,
        phrasings: Math.min(count("en"), count("zh")),
        example: generateRow({ task: family.id, seed: 1, index: 0, language: "en" }).messages[0]!.content,
        proofs: family.proofs,
      };
    });
    if (flags.on("json")) for (const entry of entries) terminal.json(entry);
    else {
      const rows = entries.map(({ task, area, levels, defaultLevel, phrasings, example }) => [
        task,
        area,
        `${levels.length} (${defaultLevel})`,
        String(phrasings),
        example.replaceAll("\n", " ⏎ ").slice(0, 60),
      ]);
      terminal.write(table(["task", "area", "levels (default)", "wordings", "example"], rows));
    }
    return 0;
  },
};
