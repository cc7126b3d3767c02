// The `lemma` command as people run it: spawned through its launcher, judged by exit code, standard output and error.

import assert from "node:assert/strict";
import { type SpawnOptions, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { families } from "@lemma/gym";
import { writeRandomModel } from "../../engine/test/random-model.ts";
import { learnMerges, testVocabulary, tokenizerJson } from "../../engine/test/test-vocabulary.ts";

const launcher = fileURLToPath(new URL("../bin/lemma.mjs", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "lemma-cli-"));
after(() => rmSync(root, { recursive: true, force: true }));
const home = { ...process.env, LEMMA_HOME: join(root, "home") };

const model = join(root, "tiny.gguf");
before(() => writeRandomModel(model, { context: 512 }));

interface Ended {
  code: number | null;
  out: string;
  error: string;
}

function start(args: readonly string[], options: SpawnOptions = {}) {
  const child = spawn(process.execPath, [launcher, ...args], { env: home, stdio: "pipe", ...options });
  const ended: Ended = { code: null, out: "", error: "" };
  child.stdout!.setEncoding("utf8").on("data", (text) => (ended.out += text));
  child.stderr!.setEncoding("utf8").on("data", (text) => (ended.error += text));
  const done = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ ...ended, code })));
  return { child, ended, done };
}

function lemma(args: readonly string[], input = ""): Promise<Ended> {
  const { child, done } = start(args);
  child.stdin!.end(input);
  return done;
}

const lines = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const NAMES = "serve run models convert gym verify data train eval bench doctor".split(" ");

test("the overview names every command; each command's help has flags and an example", async () => {
  const { code, out } = await lemma(["--help"]);
  assert.equal(code, 0);
  for (const name of NAMES) assert.match(out, new RegExp(`^  ${name} +[A-Z]`, "m"));
  const leaves = [
    ...NAMES,
    "gym list",
    "gym generate",
    "gym check",
    "data inspect",
    "data tokenizer",
    "train plan",
    "train watch",
    "train export",
    "train slurm",
    "train list",
  ];
  for (const name of leaves) {
    const help = await lemma([...name.split(" "), "--help"]);
    assert.equal(help.code, 0, `${name}: ${help.error}`);
    assert.match(help.out, /Examples?:\n +lemma |Examples?:\n +echo /, name);
    if (!["gym", "data", "train"].includes(name)) {
      assert.match(help.out, /^ +(?:-h, )?--help/m, name);
      assert.match(help.out, /^ +--json|^ +--port/m, name);
    }
  }
});

test("wrong usage is exit code 2, with a suggestion, and prints no data", async () => {
  const cases: [string[], RegExp][] = [
    [["serv"], /did you mean serve\?/],
    [["gym", "lst"], /did you mean list\?/],
    [["gym"], /one of list, generate, check must follow/],
    [["verify", "--jsn"], /unknown flag --jsn; did you mean --json\?/],
    [["gym", "generate"], /--task is needed/],
    [["gym", "generate", "--mix", "ordring"], /did you mean ordering\?/],
    [["gym", "generate", "--mix", "ordering@2=x"], /--mix: expected TASK@LEVEL=WEIGHT/],
    [["gym", "generate", "--mix", "ordering=0"], /weight of ordering: expected above 0|expected above 0/],
    [["gym", "generate", "--mix", "ordering", "--task", "ordering"], /leave out --task/],
    [["gym", "generate", "--task", "ordring"], /did you mean ordering\?/],
    [
      ["gym", "generate", "--task", "ordering", "--count", "many"],
      /--count: expected a whole number, 0 or more, found "many"/,
    ],
    [["gym", "generate", "--task", "ordering", "--seed", "-1"], /--seed: expected a whole number/],
    [["gym", "generate", "--task", "ordering", "--language", "fr"], /--language: expected en, zh, found "fr"/],
    [["gym", "generate", "--task", "ordering", "--count"], /--count needs a value/],
    [["gym", "generate", "--task", "ordering", "--level", "99"], /level/],
    [["run", "a", "b"], /unexpected argument "b"/],
    [["run", "a", "--attempts", "3"], /--attempts needs --verified/],
    [["run", "a", "--verified", "--attempts", "0"], /--attempts: expected 1 or more, found 0/],
    [["eval", "m", "--attempts", "3"], /--attempts needs --verified/],
    [["eval", "m", "--verified", "--attempts", "3", "--samples", "2"], /give one/],
    [["verify", "--workers", "0"], /--workers: expected 1 or more, found 0/],
    [["verify", "--limit", "0"], /--limit: expected 0\.001 or more, found 0/],
    [["eval", "m", "--against", "n", "--verified"], /--against compares greedy answers by family/],
    [["eval"], /a model is needed/],
    [["bench", "engin"], /expected one of data, engine, gym, train/],
    [["run", "--json"], /prompt is empty/],
  ];
  for (const [args, expected] of cases) {
    const { code, out, error } = await lemma(args);
    assert.equal(code, 2, `${args.join(" ")}: ${error}`);
    assert.match(error, expected);
    assert.equal(out, "");
  }
});

test("gym list: one object a task with the agreed fields", async () => {
  const { code, out } = await lemma(["gym", "list", "--json"]);
  assert.equal(code, 0);
  const tasks = lines(out);
  assert.deepEqual(tasks.map(({ task }) => task), families().map(({ id }) => id)); // biome-ignore format: short
  for (const entry of tasks) {
    assert.deepEqual(Object.keys(entry), [
      "task",
      "area",
      "languages",
      "levels",
      "defaultLevel",
      "phrasings",
      "example",
      "proofs",
    ]);
    const family = families().find(({ id }) => id === entry.task)!;
    assert.ok((entry.phrasings as number) >= (family.leastWordings ?? 15), JSON.stringify(entry));
  }
});

test("gym generate: the same flags print the same bytes; gym check finds nothing wrong", async () => {
  const args = [
    "gym",
    "generate",
    "--task",
    "multiplication,ordering",
    "--count",
    "3",
    "--seed",
    "7",
    "--split",
    "heldout",
  ];
  const [a, b] = await Promise.all([lemma(args), lemma(args)]);
  assert.equal(a.out, b.out);
  const rows = lines(a.out);
  assert.deepEqual(
    rows.map(({ task }) => task),
    ["multiplication", "multiplication", "multiplication", "ordering", "ordering", "ordering"],
  );
  assert.ok(rows.every(({ split }) => split === "heldout"));
  const mixed = await lemma([
    "gym",
    "generate",
    "--mix",
    "multiplication@1=3,ordering",
    "--count",
    "12",
    "--seed",
    "7",
    "--distinct",
  ]);
  assert.equal(mixed.code, 0, mixed.error);
  const levels = lines(mixed.out).map(({ task, level }) => `${task} ${level}`);
  assert.deepEqual([levels.length, new Set(levels)], [12, new Set(["multiplication 1", "ordering 2"])]);
  const check = await lemma(["gym", "check", "--task", "multiplication", "--count", "20", "--json"]);
  assert.equal(check.code, 0, check.out);
  const [line] = lines(check.out);
  assert.deepEqual([line!.rows, line!.right, line!.faults], [20, 20, []]);
});

test("verify: one line out for each line in, in order; a bad line is exit code 1", async () => {
  const input = [
    '{"id":1,"a":"(x+1)^2","b":"x^2+2x+1"}',
    '{"id":2,"a":"2","b":"3"}',
    '{"id":3,"question":"12+7?","reasoning":"12+7=19"}',
  ];
  const good = await lemma(["verify"], `${input.join("\n")}\n`);
  assert.equal(good.code, 0);
  const verdicts = lines(good.out);
  assert.deepEqual(verdicts[0], { id: 1, verdict: "proved", method: "exact" });
  assert.equal(verdicts[1]!.verdict, "refuted");
  assert.equal((verdicts[2]!.steps as { verdict: string }[])[0]!.verdict, "proved");
  const bad = await lemma(["verify"], `{"a":1}\n${input[0]}\n`);
  assert.equal(bad.code, 1);
  assert.deepEqual(
    lines(bad.out).map(({ verdict }) => verdict),
    ["unknown", "proved"],
  );
  const answers = [5, 6, "five"].map((x) => JSON.stringify({ question: "Solve 3x+5=20", response: `\\boxed{${x}}` }));
  const answered = await lemma(["verify"], answers.join("\n"));
  const shown = lines(answered.out).map(({ verdict, extracted, task, by }) => [verdict, extracted, task, by]);
  assert.deepEqual(
    shown,
    [["proved", "5"], ["refuted", "6"], ["unknown", "five"]].map((pair) => [...pair, "linear-equations", "checking"]),
  ); // biome-ignore format: short
  const missing = await lemma(["verify", join(root, "no-such-file")]);
  assert.equal(missing.code, 1);
  assert.match(missing.error, /no-such-file/);
});

test("verify: many lines on several workers keep their order; a reader that goes away, and Ctrl-C, end it", async () => {
  const file = join(root, "pairs.jsonl");
  const pairs = Array.from({ length: 400 }, (_, id) =>
    JSON.stringify({ id, a: `${id}+1`, b: `${id + 1 + (id % 7 === 0 ? 1 : 0)}` }),
  );
  writeFileSync(file, `${pairs.join("\r\n")}\n\n`);
  const { code, out, error } = await lemma(["verify", file, "--workers", "3", "--limit", "60"]);
  assert.equal(code, 0, error);
  assert.deepEqual(
    lines(out).map(({ id, verdict }) => [id, verdict]),
    pairs.map((_, id) => [id, id % 7 === 0 ? "refuted" : "proved"]),
  );
  const piped = start(["verify", file]);
  piped.child.stdout!.once("data", () => piped.child.stdout!.destroy());
  assert.equal((await piped.done).code, 0);
  const open = start(["verify"]);
  open.child.stdin!.write(`${pairs[1]}\n`);
  const first = await new Promise<string>((resolve) => open.child.stdout!.once("data", resolve));
  assert.equal(JSON.parse(first).verdict, "proved"); // answered while standard input is still open
  open.child.kill("SIGINT");
  assert.equal((await open.done).code, 130);
});

test("data mix and inspect: a bad file is named by line, a good mixture is whole", async () => {
  const rows = join(root, "rows.jsonl");
  writeFileSync(
    rows,
    '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}\n{"messages":[]}\n',
  );
  const out = join(root, "mix");
  const tokenizer = fileURLToPath(new URL("../../../models/tokenizer", import.meta.url));
  const bad = await lemma([
    "data",
    "mix",
    "--sources",
    rows,
    "--tokenizer",
    tokenizer,
    "--out",
    out,
    "--tokens",
    "1000",
  ]);
  assert.equal(bad.code, 1);
  assert.match(bad.error, /rows\.jsonl:2: /);
  const good = await lemma([
    "data",
    "mix",
    "--sources",
    "ordering=2,multiplication",
    "--tokenizer",
    tokenizer,
    "--out",
    out,
    "--tokens",
    "30000",
    "--json",
  ]);
  assert.equal(good.code, 0, good.error);
  const seen = await lemma(["data", "inspect", join(out, "shards"), "--show", "1"]);
  assert.equal(seen.code, 0, seen.error);
  assert.match(seen.out, /all digests agree/);
  assert.match(seen.out, /<\|user\|>.*<\|assistant\|><think>/s);
});

test("data tokenizer: the kept counts give the committed files", async () => {
  const out = join(root, "tokenizer");
  const { code } = await lemma(["data", "tokenizer", "--out", out]);
  assert.equal(code, 0);
  const committed = fileURLToPath(new URL("../../../models/tokenizer/tokenizer.json", import.meta.url));
  assert.equal(readFileSync(join(out, "tokenizer.json"), "utf8"), readFileSync(committed, "utf8"));
});

test("doctor: every check with what was found", async () => {
  const { code, out } = await lemma(["doctor", "--json"]);
  assert.equal(code, 0, out);
  const checks = lines(out);
  assert.ok(checks.length >= 5);
  assert.ok(checks.every(({ name, ok, found }) => typeof name === "string" && typeof ok === "boolean" && found !== ""));
});

test("doctor --tokenizer: files against each other, differences shown, unreadable files named", async () => {
  const folder = join(root, "tokenizers");
  mkdirSync(folder);
  const vocabulary = testVocabulary(learnMerges(["hello", " hello", "解方程", " world"], 12));
  const pre = { "tokenizer.ggml.pre": { type: "string", value: "deepseek-v3" } } as const;
  await writeRandomModel(join(folder, "b.gguf"), { vocabulary, metadata: pre });
  const forgetful = { ...vocabulary, merges: vocabulary.merges.slice(0, -6) };
  await writeRandomModel(join(folder, "c.gguf"), { vocabulary: forgetful, metadata: pre });
  writeFileSync(join(folder, "d.gguf"), "not one");
  writeFileSync(join(folder, "tokenizer.json"), JSON.stringify(tokenizerJson(vocabulary, "deepseek-v3")));
  const { code, out } = await lemma(["doctor", "--tokenizer", folder, "--json"]);
  assert.equal(code, 1);
  const findings = lines(out).map(({ file, peer, ok }) => `${file} ${peer ?? "alone"} ${ok}`);
  const own = findings.filter((line) => !/tokenizers |llama-cpp/.test(line));
  const expected = ["tokenizer.json alone true", "b.gguf alone true", "b.gguf tokenizer.json true"];
  assert.deepEqual(own, [...expected, "c.gguf alone true", "c.gguf tokenizer.json false", "d.gguf alone false"]);
  // A package is there or not; where it is, the ids are the same.
  const peers = findings.filter((line) => /tokenizers |llama-cpp/.test(line));
  assert.deepEqual(
    peers.map((line) => line.split(" ")[0]),
    ["tokenizer.json", "b.gguf", "c.gguf"],
  );
  assert.ok(
    peers.every((line) => line.endsWith("true")),
    out,
  );
  const text = await lemma(["doctor", "--tokenizer", folder]);
  assert.match(
    text.out,
    /✗ c\.gguf and tokenizer\.json: other ids on [\d,]+ of [\d,]+ texts\n {4}".*"\n {6}from token \d+: Lemma [\d ]+, the other/,
  );
  const nothing = await lemma(["doctor", "--tokenizer", join(root, "home")]);
  assert.match(nothing.error, /LEMMA_E_FILE|tokenizer\.json/);
  assert.equal(nothing.code, 1);
});

test("doctor --tokenizer: composed text, and a file that does not say so", async () => {
  const folder = join(root, "composing");
  mkdirSync(folder);
  const vocabulary = testVocabulary();
  const key = { "lemma.tokenizer.normalizer": { type: "string", value: "NFC" } } as const;
  await writeRandomModel(join(folder, "with.gguf"), { vocabulary, metadata: key });
  await writeRandomModel(join(folder, "without.gguf"), { vocabulary });
  const json = { ...tokenizerJson(vocabulary, "qwen2"), normalizer: { type: "NFC" } };
  writeFileSync(join(folder, "tokenizer.json"), JSON.stringify(json));
  const { code, out } = await lemma(["doctor", "--tokenizer", folder, "--json"]);
  assert.equal(code, 0, out);
  const found = lines(out).filter(({ file }) => file === "without.gguf");
  assert.ok(
    found.some((line) => /does not compose text \(NFC\) as tokenizer\.json says/.test(String(line.found))),
    out,
  );
  assert.ok(!lines(out).some((line) => line.file === "with.gguf" && /compose/.test(String(line.found))), out);
});

test("run: prompt from the argument or standard input, JSON as agreed, the same seed the same text", async () => {
  const flags = ["--model", model, "--max-tokens", "30", "--seed", "3", "--json"];
  const [a, b] = await Promise.all([
    lemma(["run", "What is 2+2?", ...flags]),
    lemma(["run", ...flags], "What is 2+2?"),
  ]);
  assert.equal(a.code, 0, a.error);
  assert.equal(a.out, b.out);
  const [reply] = lines(a.out);
  assert.deepEqual(Object.keys(reply!), ["model", "reasoning", "text", "steps", "usage"]);
  assert.equal(reply!.model, "tiny");
  assert.equal((reply!.usage as { completionTokens: number }).completionTokens, 30);
});

test("run for people: a mark a step, no colours away from a terminal, no control characters from the model", async () => {
  const { code, out } = await lemma(["run", "What is 2+2?", "--model", model, "--max-tokens", "60", "--seed", "3"]);
  assert.equal(code, 0);
  assert.match(out, /^[✓✗?] /m);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not appear
  assert.doesNotMatch(out, /[\0-\x08\x0b-\x1f\x7f]/);
});

test("run --verified: no attempt of a model that knows nothing passes; the best is given and marked", async () => {
  const flags = [
    "What is 2+2?",
    "--model",
    model,
    "--max-tokens",
    "40",
    "--seed",
    "3",
    "--verified",
    "--attempts",
    "3",
  ];
  const [a, b, text] = await Promise.all([
    lemma(["run", ...flags, "--json"]),
    lemma(["run", ...flags, "--json"]),
    lemma(["run", ...flags]),
  ]);
  assert.equal(a.code, 0, a.error);
  assert.equal(a.out, b.out);
  const [reply] = lines(a.out);
  assert.deepEqual(Object.keys(reply!), ["model", "reasoning", "text", "steps", "usage", "verified"]);
  const { verdict, attempts, task } = reply!.verified as Record<string, unknown>;
  assert.deepEqual([verdict === "proved", attempts, task], [false, 3, "addition-subtraction"]);
  assert.ok((reply!.usage as { completionTokens: number }).completionTokens > 40);
  assert.ok((text.out.match(/^↩ attempt \d taken back: /gm) ?? []).length >= 2, text.out);
  assert.match(text.out, /^[✗?] answer not proved: .* \(3 attempts\)$/m);
});

test("an unknown model and a context overflow are errors with a hint, exit code 1", async () => {
  const unknown = await lemma(["run", "a", "--model", "no-such-model"]);
  assert.equal(unknown.code, 1);
  assert.match(unknown.error, /no-such-model: no model of this id in .*\n {2}→ .*LEMMA_E_FILE/);
  const long = await lemma(["run", "1+".repeat(600), "--model", model]);
  assert.equal(long.code, 1);
  assert.match(long.error, /LEMMA_E_CONTEXT/);
});

test("eval: a line a cell, disjoint, in the agreed form", async () => {
  const args = ["eval", model, "--task", "multiplication", "--count", "12", "--max-tokens", "8", "--json"];
  const { code, out, error } = await lemma(args);
  assert.equal(code, 0, error);
  const cells = lines(out);
  const fields = "task cell language level phrasing n right accuracy low high sound unparsed truncated steps".split(
    " ",
  );
  for (const cell of cells) assert.deepEqual(Object.keys(cell), fields);
  assert.equal(
    cells.reduce((sum, { n }) => sum + (n as number), 0),
    12,
  );
});

test("eval --verified: the same cells with what checking did, and the gain by family", async () => {
  const args = [
    "eval",
    model,
    "--task",
    "multiplication",
    "--count",
    "6",
    "--max-tokens",
    "8",
    "--verified",
    "--attempts",
    "2",
  ];
  const { code, out, error } = await lemma([...args, "--json"]);
  assert.equal(code, 0, error);
  for (const { n, right, selected, verified } of lines(out)) {
    const counts = verified as Record<string, number | string>;
    assert.deepEqual(Object.keys(counts), ["by", "replies", "passed", "letThrough", "refused", "gained", "lost"]);
    assert.equal(counts.by, "recomputing");
    assert.ok((counts.replies as number) >= (n as number) && (counts.replies as number) <= 2 * (n as number));
    assert.equal(selected, (right as number) + (counts.gained as number) - (counts.lost as number));
  }
  const text = await lemma(args);
  assert.match(text.out, /family +judged by +problems.*\nmultiplication +recomputing +6 /);
});

test("eval --against: both models answer the same problems, a line a family and the mean", async () => {
  const asked = ["--task", "multiplication,ordering", "--count", "6", "--max-tokens", "8"];
  const args = ["eval", model, "--against", model, ...asked];
  const { code, out, error } = await lemma([...args, "--json"]);
  assert.equal(code, 0, error);
  const compared = lines(out);
  assert.deepEqual(
    compared.map(({ task, n, p }) => [task, n, p]),
    [
      ["multiplication", 6, 1],
      ["ordering", 6, 1],
      ["mean", 12, null],
    ],
  );
  for (const { right, sound } of compared)
    for (const share of [right, sound] as Record<string, number>[]) assert.equal(share.gain, 0);
  const text = await lemma(args);
  assert.match(text.out, /^family +problems +right, % .*\nmultiplication +6 /m);
  const missing = await lemma(["eval", model, "--against", "no-such-model", ...asked]);
  assert.deepEqual([missing.code, /no-such-model/.test(missing.error)], [1, true]);
});

test("eval --by phrasing: a line a wording; --report and --wrong write what was asked, once for each problem", async () => {
  const [report, wrong] = [join(root, "report.md"), join(root, "wrong.jsonl")];
  const base = ["eval", model, "--task", "multiplication", "--count", "12", "--max-tokens", "8", "--by", "phrasing"];
  const { code, out, error } = await lemma([...base, "--json", "--report", report, "--wrong", wrong]);
  assert.equal(code, 0, error);
  const wordings = lines(out);
  const fields = "task phrasing language level example n right accuracy low high sound unparsed truncated steps".split(
    " ",
  );
  for (const wording of wordings) {
    assert.deepEqual(Object.keys(wording), fields);
    assert.match(wording.phrasing as string, /^trained-\d+$/);
  }
  const sum = (name: "n" | "right"): number => wordings.reduce((total, line) => total + (line[name] as number), 0);
  assert.equal(sum("n"), 12);
  assert.match(readFileSync(report, "utf8"), /\| multiplication \| trained-\d+ \| (en|zh) \|/);
  const replies = lines(readFileSync(wrong, "utf8"));
  assert.equal(replies.length, 12 - sum("right"));
  for (const line of replies) {
    assert.deepEqual(Object.keys(line.reply as object), ["reasoning", "text", "finishReason"]);
    assert.ok(wordings.some(({ phrasing, language }) => phrasing === line.phrasing && language === line.language));
    for (const name of ["cell", "level", "seed", "index", "question", "answer", "verdict"])
      assert.ok(name in line, name);
  }
  const shown = await lemma(base);
  assert.match(shown.out, /^task +wording +language +n .* for example$/m);
  assert.match(shown.out, /^multiplication +trained-\d+ +(en|zh) /m);
  assert.equal((await lemma([...base.slice(0, -1), "words"])).code, 2);
});

test("Ctrl-C stops a generation and ends the command; a reader that leaves is no error", async () => {
  const slow = join(root, "slow.gguf");
  await writeRandomModel(slow, { context: 8192, layers: 6, width: 256, feedForward: 1024 });
  const { child, ended, done } = start(["run", "count", "--model", slow, "--seed", "1", "--temperature", "1"]);
  child.stdin!.end();
  while (ended.out === "") await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGINT");
  const { code } = await done;
  assert.ok(code === 0 || code === 130, String(code));
  const endless = start(["gym", "generate", "--task", "ordering", "--count", "100000"]);
  endless.child.stdin!.end();
  endless.child.stdout!.once("data", () => endless.child.kill("SIGINT"));
  const stopped = await endless.done;
  assert.equal(stopped.code, 130, stopped.error);
  assert.match(stopped.error, /^stopped$/m);
  const head = start(["gym", "generate", "--task", "ordering", "--count", "100000"]);
  head.child.stdin!.end();
  head.child.stdout!.once("data", () => head.child.stdout!.destroy());
  const end = await head.done;
  assert.equal(end.code, 0, end.error);
});

test("serve: says where it listens, answers, and a signal ends it with exit code 0", async () => {
  const { child, ended, done } = start(["serve", model, "--port", "0"]);
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr!.on("data", () => {
      const found = /on (http:\/\/127\.0\.0\.1:\d+)/.exec(ended.error)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on("close", () => reject(new Error(ended.error)));
  });
  const reply = await fetch(`${url}/v1/models`);
  const body = (await reply.json()) as { data: { id: string }[] };
  assert.deepEqual(
    body.data.map(({ id }) => id),
    ["tiny"],
  );
  assert.match(ended.error, /curl .*\/v1\/chat\/completions/);
  child.kill("SIGINT");
  assert.equal((await done).code, 0);
});
