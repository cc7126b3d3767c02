// The card of a model: the recipe's own notes in it, right answers above false lines counted, a run without metrics.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { CellScore, Evaluation } from "@lemma/eval";
import { planRecipe } from "../recipe/resolve.ts";
import { modelCard } from "./model-card.ts";

const recipes = fileURLToPath(new URL("../../../../recipes", import.meta.url));
let root: string;
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), "lemma-card-"));
});
after(() => rm(root, { recursive: true, force: true }));

/** smoke.yaml with notes for its card. */
async function noted(notes: string): Promise<string> {
  const text = await readFile(path.join(recipes, "smoke.yaml"), "utf8");
  const file = path.join(root, "noted.yaml");
  const moved = text.replace("../models/tokenizer", path.join(recipes, "../models/tokenizer"));
  await writeFile(file, moved.replace("{ type: Q8_0 }", `{ type: Q8_0, notes: ${notes} }`));
  return file;
}

const line = (task: string, n: number, right: number, sound: number): CellScore => ({
  ...{ task, cell: "all", language: "en", level: 1, phrasing: "trained" },
  ...{ n, right, sound, accuracy: right / n, low: 0, high: 1, unparsed: 0, truncated: 0 },
  steps: { all: 10, checkable: 8, proved: 6, refuted: 2 },
});

test("notes stand in front of the scores; sums leave dialogue out", async () => {
  const file = await noted("notes.md");
  await assert.rejects(planRecipe(file), /export\.notes: expected a Markdown file, found .*notes\.md/);
  await writeFile(path.join(root, "notes.md"), "\n## Limits\n\nIt can't sing.\n");
  const lines = [line("ordering", 10, 9, 7), line("fractions", 10, 5, 5), line("about", 4, 4, 1)];
  const greedy: Evaluation[] = [{ lines, phrasings: [], outcomes: [], wrong: [], letThrough: [] }];
  const card = await modelCard(await planRecipe(file), root, { greedy, harder: [] });
  assert.match(card, /Licence: MIT\.\n\n## Limits\n\nIt can't sing\.\n\n## Scores\n/);
  assert.match(
    card,
    /^- trained wordings: mean of 2 families 70\.0 %\. Lines of thought: 80\.0 % checkable, of these 75\.0 % /m,
  );
  assert.match(card, /2 of 14 right answers hold a false line\.$/m);
});
