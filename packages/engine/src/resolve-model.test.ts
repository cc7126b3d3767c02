// Ids, folders and files all lead to the same model, and a wrong one names the places looked at.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { resolveModel } from "./resolve-model.ts";

const home = mkdtempSync(path.join(tmpdir(), "lemma-home-"));
const folder = path.join(home, "models", "lemma-test");
const file = path.join(folder, "lemma-test.gguf");
mkdirSync(folder, { recursive: true });
writeFileSync(file, "");
process.env.LEMMA_HOME = home;
after(() => rmSync(home, { recursive: true }));

test("id, folder and file", () => {
  const expected = { id: "lemma-test", path: file };
  assert.deepEqual(resolveModel("lemma-test"), expected);
  assert.deepEqual(resolveModel(folder), expected);
  assert.deepEqual(resolveModel(`${folder}/`), expected);
  assert.deepEqual(resolveModel(file), expected);
});

test("a file outside a model folder gives its own name; one beside a config.json the folder's", () => {
  writeFileSync(path.join(home, "some.gguf"), "");
  assert.equal(resolveModel(path.join(home, "some.gguf")).id, "some");
  writeFileSync(path.join(folder, "f32.gguf"), "");
  writeFileSync(path.join(folder, "config.json"), "{}");
  assert.equal(resolveModel(path.join(folder, "f32.gguf")).id, "lemma-test");
});

test("what is not there names the places", () => {
  assert.throws(() => resolveModel("nobody"), {
    code: "LEMMA_E_FILE",
    message: /nobody: no model of this id in .*models/,
  });
  assert.throws(() => resolveModel("./nothing.gguf"), { code: "LEMMA_E_FILE", message: /no such file/ });
  mkdirSync(path.join(home, "empty"));
  assert.throws(() => resolveModel(path.join(home, "empty")), {
    message: /expected empty.gguf .* found no .gguf file/,
  });
});
