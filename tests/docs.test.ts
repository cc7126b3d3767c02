// The guides against the code: programs and commands on the pages run and print what the pages say, rows are the gym's,
// links lead somewhere, and tables list what is there. LEMMA_WRITE_DOCS=1 rewrites the parts that are made by the code:
// docs/command-line.md and the rows on docs/gym.md.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { families } from "@lemma/gym";
import { z } from "zod";
import { recipeSchema } from "../packages/trainer/src/recipe/schema.ts";
import { sandboxSkip } from "../packages/verify/test/sandbox-skip.ts";
import { commandLinePage } from "./command-line-page.ts";
import { blocksOf, type DocBlock, rowText } from "./doc-blocks.ts";
import { type ModelPlace, modelPlace, root } from "./model-place.ts";

const limits = { timeout: 300_000, maxBuffer: 1 << 26 };
const sandbox = await sandboxSkip();
const isWriting = process.env.LEMMA_WRITE_DOCS === "1";
const pages = globSync("docs/*.md", { cwd: root }).sort();
const blocks = pages.flatMap(blocksOf);
const marked = (...infos: string[]): DocBlock[] => blocks.filter(({ info }) => infos.includes(info));
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

describe("programs and commands on the pages", () => {
  // Inside the repository, so that @lemma/* is found.
  const folder = path.join(root, "tests", `.docs-${process.pid}`);
  const programs = marked("ts run", "ts run sandbox").map((block, i) => ({
    ...block,
    file: path.join(folder, `block-${i}.ts`),
  }));
  const lemma = path.join(root, "packages/cli/bin/lemma.mjs");
  let place: ModelPlace;

  before(async () => {
    place = await modelPlace();
    mkdirSync(folder, { recursive: true });
    for (const { file, code } of programs) writeFileSync(file, code);
    const config = { extends: "../../tsconfig.json", include: ["*.ts"] };
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
    place[Symbol.dispose]();
  });

  const run = async (command: string, args: string[], { output }: DocBlock): Promise<void> => {
    const { stdout, stderr } = await promisify(execFile)(command, args, { cwd: place.folder, ...limits });
    assert.equal(stderr, "");
    if (output === undefined) assert.notEqual(stdout.trim(), "");
    else assert.equal(stdout, output);
  };

  test("there are some", () => assert.ok(programs.length >= 8 && marked("sh run").length >= 2));

  test("the programs type-check", limits, async () => {
    const tsc = path.join(root, "node_modules/.bin/tsc");
    await assert.doesNotReject(promisify(execFile)(tsc, ["-p", folder], limits));
  });

  for (const block of programs) {
    const skip = block.info.endsWith("sandbox") && sandbox;
    test(`${block.page}:${block.line}`, { ...limits, skip }, () => run(process.execPath, [block.file], block));
  }
  for (const block of marked("sh run")) {
    const commands = block.code.replaceAll("npx lemma", `"${process.execPath}" "${lemma}"`);
    test(`${block.page}:${block.line}`, limits, () => run("bash", ["--norc", "-euc", commands], block));
  }
});

test("rows on the pages are the gym's", () => {
  const rows = blocks.filter(({ info }) => info.startsWith("gym "));
  assert.deepEqual(
    rows.map(({ info }) => info.split(" ")[1]),
    families().map(({ id }) => id),
  );
  for (const { page, line, info, code } of rows) {
    const expected = rowText(info);
    if (isWriting) {
      const shown = `\`\`\`${info}\n`;
      writeFileSync(
        path.join(root, page),
        read(page).replace(shown + code, () => shown + expected),
      );
    } else assert.equal(code, expected, `${page}:${line} (LEMMA_WRITE_DOCS=1 rewrites it)`);
  }
});

test("docs/gym.md has every family with its levels, cells and wordings", () => {
  const page = read("docs/gym.md");
  for (const family of families()) {
    const section = page.split(`\n### ${family.id}\n`)[1]?.split("\n##")[0];
    assert.ok(section !== undefined, family.id);
    const rows = section.split("\n").filter((line) => /^\| \d/.test(line));
    const cells = rows.map((line) => line.slice(2, -2).split(" | "));
    const expected = Array.from({ length: family.levels }, (_, i) => {
      const name = i + 1 === family.defaultLevel ? `${i + 1} (scored)` : `${i + 1}`;
      return [name, family.cells(i + 1).join(", ")];
    });
    assert.deepEqual(
      cells.map((row) => [row[0], row.at(-1)]),
      expected,
      family.id,
    );
  }
});

test("docs/command-line.md is what the commands say of themselves", async () => {
  const expected = await commandLinePage();
  const file = "docs/command-line.md";
  if (isWriting) writeFileSync(path.join(root, file), expected);
  assert.equal(read(file), expected, "LEMMA_WRITE_DOCS=1 rewrites it");
});

test("docs/environment.md lists the variables that the code reads", () => {
  const table = [...read("docs/environment.md").matchAll(/^\| `(\w+)` /gm)].map((match) => match[1]!);
  const reading = /(?:\benv(?:ironment)?\??\.|getenv\("|environ\.get\("|environment\(")(LEMMA_[A-Z_]+|CXX|CI)\b/g;
  const sources = globSync(
    [
      "packages/*/{src,test,scripts,bin}/**/*.{ts,mjs}",
      "engine/{src,tests}/**/*.{cpp,h}",
      "trainer/**/*.py",
      "{scripts,tests,bench,examples}/**/*.{ts,mjs}",
      "oracles/*.ts",
    ],
    { cwd: root },
  );
  const found = new Set(sources.flatMap((file) => [...read(file).matchAll(reading)].map((match) => match[1]!)));
  assert.deepEqual([...new Set(table)].sort(), [...found].sort());
  assert.equal(new Set(table).size, table.length, "each has one row");
});

test("the fields on docs/recipes.md are those of the recipe's schema", () => {
  const names = new Set<string>();
  const walk = (schema: unknown): void => {
    if (typeof schema !== "object" || schema === null) return;
    const { properties } = schema as { properties?: Record<string, unknown> };
    for (const name of Object.keys(properties ?? {})) names.add(name);
    for (const part of Object.values(schema)) walk(part);
  };
  walk(z.toJSONSchema(recipeSchema, { io: "input" }));
  assert.ok(names.size > 30);
  const page = read("docs/recipes.md");
  const missing = [...names].filter((name) => !new RegExp(`\`[^\`]*\\b${name}\\b[^\`]*\``).test(page));
  assert.deepEqual(missing, []);
});

test("links between pages lead somewhere", () => {
  const broken: string[] = [];
  const files = globSync("{*.md,docs/**/*.md,packages/*/*.md,models/*/*.md}", {
    cwd: root,
    exclude: (name) => name === "node_modules",
  });
  for (const file of files) {
    const text = read(file).replace(/^```[\s\S]*?^```$/gm, "");
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/i.test(target!)) continue;
      const [to = "", anchor] = target!.split("#");
      const place = to === "" ? file : path.join(path.dirname(file), to);
      if (!existsSync(path.join(root, place))) broken.push(`${file}: ${target}`);
      else if (anchor !== undefined && !anchorsOf(place).has(anchor)) broken.push(`${file}: ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});

/** The anchors of a page's headings, as Git hosts make them. */
function anchorsOf(file: string): Set<string> {
  const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map((match) => match[1]!);
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}
