// Rows: shape and identity, the split, carrier words, and the options.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { type DatasetRow, LemmaError } from "@lemma/protocol";
import { type GenerateOptions, generate, generateRow, generateWithCells } from "./generate.ts";
import { families, familyById } from "./registry.ts";
import { splitOf } from "./split.ts";

const FIELDS = [
  "id",
  "task",
  "level",
  "language",
  "key",
  "split",
  "phrasing",
  "messages",
  "answer",
  "verifier",
  "source",
];
const question = (row: DatasetRow) => row.messages[0]!.content;

describe("a row", () => {
  for (const family of families())
    it(`of ${family.id} has the contract's fields in order, and its id is their hash`, () => {
      for (const row of generate({ task: family.id, seed: 4, count: 20 })) {
        assert.deepEqual(Object.keys(row), FIELDS);
        const { id, ...rest } = row;
        assert.equal(id, createHash("sha256").update(JSON.stringify(rest)).digest("hex").slice(0, 16));
        assert.equal(row.split, splitOf(row.key));
        assert.ok(row.key.startsWith(`${family.id} `));
        assert.equal(typeof row.answer, "string");
        assert.equal(row.level, family.defaultLevel);
        assert.deepEqual(
          row.messages.map(({ role }) => role),
          ["user", "assistant"],
        );
      }
    });

  it("has the same problem in every wording and language", () => {
    const keys = new Set<string>();
    for (const language of ["en", "zh"] as const)
      for (const phrasing of ["trained", "heldout", "trained-7", "heldout-2"] as const)
        keys.add(generateRow({ task: "linear-odes", seed: 9, index: 5, language, phrasing }).key);
    assert.equal(keys.size, 1);
  });
});

describe("generate", () => {
  it("gives each row for its index, whatever comes before", () => {
    const all = [...generate({ task: "derivatives", seed: 2, count: 12 })];
    const tail = [...generate({ task: "derivatives", seed: 2, start: 8, count: 4 })];
    assert.deepEqual(tail, all.slice(8));
    assert.deepEqual(generateRow({ task: "derivatives", seed: 2, index: 3 }), all[3]);
  });

  it("keeps to the split, the language, the wording and the cell asked for", () => {
    const options: GenerateOptions = {
      task: "addition-subtraction",
      seed: 1,
      language: "zh",
      split: "heldout",
      phrasing: "heldout-3",
      cell: "subtraction",
    };
    for (const { row, cell } of generateWithCells({ ...options, count: 40 })) {
      assert.deepEqual([row.language, row.split, row.phrasing, cell], ["zh", "heldout", "heldout-3", "subtraction"]);
      assert.match(row.key, /-/);
    }
  });

  it("ends where distinct keys end", () => {
    const rows = [...generate({ task: "multiplication", level: 1, seed: 1, split: "heldout", distinct: true })];
    assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
    assert.ok(rows.length > 20 && rows.length < 80, String(rows.length));
  });

  it("puts carrier words round four prompts in ten, and other ones round held-out wordings", () => {
    const carriers = (phrasing: "trained" | "heldout") => {
      const texts = [...generate({ task: "multiplication", language: "en", seed: 6, count: 4000, phrasing })].map(
        question,
      );
      return texts.filter((text) =>
        /^(hi|hello|hey|please help|ok|problem|exercise|task|quick|good morning|dear|number seven|could use)\b|(thanks|thank you|please|work|step|answer|cheers|appreciated|rush|everything)[^?]*[.!]$/i.test(
          text,
        ),
      ).length;
    };
    for (const phrasing of ["trained", "heldout"] as const) {
      const share = carriers(phrasing) / 4000;
      assert.ok(share > 0.25 && share < 0.5, `${phrasing}: ${share}`);
    }
    const heldOut = [
      ...generate({ task: "multiplication", language: "en", seed: 6, count: 2000, phrasing: "heldout" }),
    ];
    assert.ok(!heldOut.some((row) => /thank|hello|step/i.test(question(row))));
  });

  it("refuses what does not exist, and says what does", () => {
    const refused = (options: Partial<GenerateOptions>) => () =>
      generateRow({ task: "derivatives", seed: 1, index: 0, ...options });
    assert.throws(
      refused({ task: "juggling" }),
      (error) => LemmaError.isInstance(error) && error.code === "LEMMA_E_TASK",
    );
    for (const options of [
      { level: 9 },
      { level: 1.5 },
      { seed: -1 },
      { phrasing: "trained-99" as const },
      { cell: "trigonometry" },
      { language: "fr" as "en" },
      { split: "test" as "train" },
    ])
      assert.throws(
        refused(options),
        (error) => LemmaError.isInstance(error) && error.code === "LEMMA_E_OPTION",
        JSON.stringify(options),
      );
  });
});

describe("the question of the documentation", () => {
  const asked = { en: "Solve the differential equation dy/dx = x^2 + y", zh: "解微分方程dy/dx = x^2 + y" };

  it("is a trained wording of a held-out problem, in both languages", () => {
    const family = familyById("linear-odes");
    for (const [language, text] of Object.entries(asked)) {
      const problem = family.checker.recognise(text);
      assert.ok(problem !== undefined);
      assert.equal(splitOf(`${family.id} ${family.key(problem)}`), "heldout");
      const [equation] = /dy.*/.exec(text)!;
      const forms = family.phrasings[language as "en" | "zh"]
        .filter(({ id }) => id.startsWith("trained"))
        .flatMap(({ templates }) => templates.flatMap((template) => template.forms()));
      assert.ok(forms.includes(text.replace(equation, "{ode}")), text);
      assert.equal(family.answer(problem, language as "en" | "zh"), "y=-x^2-2x-2+Ce^(x)");
    }
  });

  it("never comes up in training", () => {
    for (const row of generate({ task: "linear-odes", seed: 1, count: 20_000, split: "train" }))
      assert.notEqual(row.key, "linear-odes y'=x^2+y");
  });
});
