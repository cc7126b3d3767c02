// Every family's proofs, on fresh problems of a fixed seed; and what only the families together can show.

import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { describe, it } from "node:test";
import { answerChecks, checkAnswer } from "@lemma/verify";
import { generate } from "./generate.ts";
import { prove } from "./proofs.ts";
import { families } from "./registry.ts";

/** Rows a proof walks, for each language and group of wordings; a fifth of them at each further level. */
const COUNT = 100;

describe("families", () => {
  for (const family of families()) {
    describe(family.id, () => {
      for (const name of family.proofs) it(name, () => prove(family, name, { seed: 2026, count: COUNT }));

      it("names disjoint cells, and draws each of them", () => {
        for (let level = 1; level <= family.levels; level++) {
          const cells = family.cells(level);
          assert.equal(new Set(cells).size, cells.length);
          for (const cell of cells)
            for (const row of generate({ task: family.id, level, cell, seed: 3, count: 2 })) assert.ok(row.id);
        }
      });

      it("has a default level among its levels", () => {
        assert.ok(family.defaultLevel >= 1 && family.defaultLevel <= family.levels);
      });
    });
  }

  it("say whether they check answers or recompute them, and judge a reply without an answer as unparsed", () => {
    const checks = new Map(answerChecks().map(({ task, by }) => [task, by]));
    for (const { id, checker } of families()) {
      if (checker.checkAnswer === undefined) continue;
      assert.ok(checker.answerBy !== undefined, `${id}: name answerBy`);
      assert.equal(checks.get(id), checker.answerBy);
      const [row] = generate({ task: id, seed: 4, count: 1 });
      const question = row!.messages[0]!.content;
      const response = row!.messages.at(-1)!.content;
      const right = checkAnswer({ question, response });
      assert.deepEqual([right.verdict, right.task, right.by], ["proved", id, checker.answerBy], question);
      const none = checkAnswer({ question, response: "" });
      assert.deepEqual([none.verdict === "unknown" && none.reason, none.extracted], ["unparsed", null]);
      if (!["exact", "residual"].includes(right.verdict === "proved" ? right.method : "")) continue;
      const broke = checkAnswer({ question, response, budget: 0 });
      assert.ok(broke.verdict === "proved" || (broke.verdict === "unknown" && broke.reason === "budget"), id);
    }
  });

  it("claim each question for one family only", () => {
    for (const family of families())
      for (const phrasing of ["trained", "heldout"] as const)
        for (const row of generate({ task: family.id, seed: 5, count: 200, phrasing })) {
          const question = row.messages[0]!.content;
          const claims = families().filter(({ checker }) => checker.recognise(question) !== undefined);
          assert.deepEqual(
            claims.map(({ id }) => id),
            [family.id],
            question,
          );
        }
  });
});

/** Hashes of the first 200 rows of seed 1: they change only together with the family's version. */
const GOLDEN: Record<string, string> = {
  "addition-subtraction 3": "acc9c27e2ad0320c",
  "multiplication 3": "b96ad125cfaf7308",
  "fractions 1": "46b753428f4a5328",
  "gcd-factors 1": "2cd60d4602fbdaaf",
  "linear-equations 4": "ac40f2060561ca24",
  "linear-systems 4": "dc8f4be5974b7e2c",
  "quadratics 1": "ff508ff7a9756341",
  "expand-factor 1": "f99805ed5d8f539d",
  "derivatives 2": "cfcaa28bc02d94bd",
  "integrals 1": "2238736b674ad345",
  "linear-odes 2": "11762e222f5fbc79",
  "ordering 4": "d2a9f09f6cf56509",
  "knights-knaves 1": "5bc76d6d23bf7ab9",
  "propositional-logic 1": "a5b52dcb63611d06",
  "zebra 1": "c945353b006eaab7",
  "graph-reachability 1": "8d2b53dc0987816b",
  "countdown 1": "f45e2faa492f12c7",
  "program-output 2": "3fa6052e5e3be2f5",
  "sequences 1": "eb4ec80a48e5529a",
  "modular-arithmetic 1": "394f768fabb67e1f",
  "program-repair 1": "dfe40ac0e3633b62",
  "program-synthesis 1": "5041582d9b8ee19f",
  "string-algorithms 1": "4603c3aa068f1967",
  "rates-percent 1": "2a1adc9c59cbbc73",
  "units-dates 1": "85bb468797673c6c",
  "determinants 1": "521d6064fa4e7f83",
  "counting 1": "2b0caf13d5d53edf",
  "number-bases 1": "ad14f76e9dd08e04",
  "complex-arithmetic 1": "f25811fa601bf0ae",
  "inequalities 1": "5cfca0407ac78bdf",
  "matrix-products 1": "13a3184b5141452c",
  "eigenvalues 1": "9a5232bd664788d0",
  "set-operations 1": "049f1b47fe9b64a9",
  "limits 1": "f58a70b77252e2df",
  "definite-integrals 1": "8d502937f7e85165",
  "coordinate-geometry 1": "027c2de9266e81f6",
  "polygon-areas 1": "44e1161eaf3a1fe7",
  "probability 1": "862cc04df2bdd4ca",
  "statistics 1": "841ed8cb913c1952",
  "first-order-logic 1": "7b6b6bcad068cae0",
  "syllogisms 1": "7145c178da1dec97",
  "family-relations 1": "2545fbb80fbeeba5",
  "sudoku 1": "d7a88671dd16f9aa",
  "magic-squares 1": "f0dcf7550c0763e9",
  "graph-colouring 1": "cba265817e751dee",
  "cryptarithms 1": "320c378ef98c3553",
  "shortest-paths 1": "ea5f5408162d7839",
  "grid-paths 1": "cb25f49682e614d3",
  "topological-order 1": "92b3d8c24cebc515",
  "water-jugs 1": "18c69c8a6effb91d",
  "blocks-world 1": "70319be044e6a945",
  "function-calls 1": "ff28866027c02edc",
  "stack-machines 1": "647f3fe7c80e87d9",
  "finite-automata 1": "320a6e04fec05a4a",
  "sorting-steps 1": "3fcf00c6585d4596",
  "table-reading 1": "751688bf43716bf9",
  "financial-statements 1": "6055dcb7156ac68b",
  "contract-clauses 1": "744dcfa188dc3ac0",
  "document-retrieval 1": "ad1e587dfbd9bbcd",
  "document-tracing 1": "822c1e0b5e474bf6",
  "about 2": "e3cba82ebeb1e2c3",
};

describe("golden rows", () => {
  for (const family of families())
    it(`${family.id} version ${family.version}`, () => {
      const text = [...generate({ task: family.id, seed: 1, count: 200 })].map((row) => JSON.stringify(row)).join("\n");
      assert.equal(hash("sha256", text, "hex").slice(0, 16), GOLDEN[`${family.id} ${family.version}`]);
    });
});
