// Augmentation with a model behind an endpoint: a real server of this test that speaks OpenAI's format, writes right and wrong replies on
// purpose, never says the same thing twice, and fails in all ways. What is kept is proved again here; what is refused has the rule that
// its fault calls for; a killed process changes no byte and pays for nothing twice.

import assert from "node:assert/strict";
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { zstdDecompressSync } from "node:zlib";
import { familyById, generate } from "@lemma/gym";
import type { Verifier } from "@lemma/protocol";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { type ChatRequest, type EndpointScript, type Fault, OpenAiEndpoint } from "../../../test/openai-endpoint.ts";
import { sha256Of } from "../../digest.ts";
import type { DataDocument } from "../../documents/document.ts";
import { readDocuments } from "../../documents/document-file.ts";
import { LocalExecutor } from "../../pipeline/local-executor.ts";
import { runStage } from "../../pipeline/run-stage.ts";
import type { StageSummary } from "../../pipeline/stage-folder.ts";
import { ingest } from "../ingest/ingest.ts";
import { augment } from "./augment.ts";

const place = mkdtempSync(join(tmpdir(), "lemma-ask-"));
after(() => rmSync(place, { recursive: true, force: true }));

const KEY = "sk-very-secret-0123456789";
process.env.TEACHER_TEST_KEY = KEY;

const TASKS = ["linear-equations", "rates-percent", "ordering", "addition-subtraction"];
const trained = TASKS.flatMap((task) => [...generate({ task, seed: 5, count: 6, split: "train" })]);
const heldOut = [...generate({ task: "linear-equations", seed: 6, count: 3, split: "heldout" })];
/** A row that no family reads, with a reference. */
const story = {
  messages: [
    { role: "user", content: "Mira picks 12 pears and Tom picks 30. How many pears do Mira and Tom have together?" },
    { role: "assistant", content: "\\boxed{42}", reasoning_content: "12+30=42" },
  ],
  answer: "42",
  verifier: { kind: "number" },
  topic: "pears",
};
const unread = {
  messages: [
    { role: "user", content: "Who wrote Faust?" },
    { role: "assistant", content: "Goethe." },
  ],
};

/** What is right for a question, whoever says it: known by its words in any order. */
const bag = (question: string): string => (question.match(/[\p{L}\p{N}]+/gu) ?? []).sort().join(" ");
const known = new Map<string, { answer: string; steps: string }>();
for (const { messages, answer } of [...trained, { messages: story.messages, answer: story.answer }])
  known.set(bag(messages[0]!.content), { answer, steps: messages[1]!.reasoning_content ?? "" });

const turned = (question: string): string => question.split(" ").reverse().join(" ");
let said = 0;

const SOLUTIONS = ["right", "right", "wrong", "steps", "cut", "empty", "circles"] as const;
const WORDINGS = ["framed", "numbers", "names", "unchanged", "turned", "cut", "long"] as const;
const kindOf = <T>(kinds: readonly T[], seed: number): T => kinds[seed % kinds.length]!;

const script: EndpointScript = {
  reply({ messages, seed }: ChatRequest) {
    const asked = messages.at(-1)!.content;
    const at = asked.indexOf("\n\n");
    if (/^(?:Say the problem|请换一种说法)/.test(asked)) {
      const question = asked.slice(at + 2);
      const isChinese = /\p{Script=Han}/u.test(question);
      const kind = kindOf(WORDINGS, seed);
      if (kind === "framed")
        return isChinese ? `想一想：${question}` : `"Here is something to think about: ${question}"`;
      if (kind === "numbers") return question.replace(/\d|$/, (digit) => String((Number(digit || "0") + 1) % 10));
      if (kind === "names") return `${question} ${isChinese ? "Zebulon Q" : "It is for our friend Zebulon"}`;
      if (kind === "unchanged") return `  ${question.toUpperCase()} `;
      if (kind === "turned") return turned(question);
      if (kind === "cut") return { content: question, finish: "length" };
      return question.repeat(20);
    }
    const { answer, steps } = known.get(bag(asked))!;
    const kind = kindOf(SOLUTIONS, seed);
    if (kind === "cut") return { content: `\\boxed{${answer}}`, finish: "length" };
    if (kind === "empty") return { content: null, reasoning_content: steps };
    if (kind === "wrong") return { content: `\\boxed{${answer}1}`, reasoning_content: steps };
    const reasoning = kind === "steps" ? `1+1=3\n${steps}` : kind === "circles" ? "1=1\n".repeat(40) : steps;
    return { content: `This is reply ${++said}: \\boxed{${answer}}`, reasoning_content: reasoning };
  },
};

/** The rules that a reply of each kind may be refused by; empty where it may be kept. */
const SOLUTION_RULES = {
  right: ["duplicate"],
  wrong: ["answer"],
  steps: ["steps"],
  cut: ["cut"],
  empty: ["empty"],
  circles: ["repeats"],
};
const WORDING_RULES = {
  framed: [],
  numbers: ["numbers"],
  names: ["names", "language"],
  unchanged: ["unchanged"],
  turned: ["disagrees", "unchanged"],
  cut: ["cut"],
  long: ["length"],
};

/** Starting a process takes longer than most of these runs. */
const shared = new LocalExecutor(2);
after(() => shared[Symbol.asyncDispose]());

before(async () => {
  const files = join(place, "files");
  mkdirSync(files);
  const lines = [...trained, ...heldOut, story, unread].map((row) => JSON.stringify(row));
  writeFileSync(join(files, "a.jsonl"), lines.join("\n"));
  mkdirSync(join(place, "few-files"));
  writeFileSync(join(place, "few-files", "a.jsonl"), lines.slice(0, 4).join("\n"));
  for (const [name, folder] of [
    ["in", files],
    ["few", join(place, "few-files")],
  ] as const)
    await runStage(ingest, { options: { paths: [folder] }, folder: join(place, name), executor: shared });
});

interface Run {
  folder: string;
  endpoint: string;
  options?: object;
  from?: string;
  executor?: LocalExecutor;
}
async function run({ folder, endpoint, options = {}, from = "in", executor = shared }: Run): Promise<StageSummary> {
  return await runStage(augment, {
    options: {
      perDocument: 0,
      originals: false,
      endpoint,
      model: "tester",
      apiKeyEnv: "TEACHER_TEST_KEY",
      samples: 7,
      documentsPerTask: 7,
      concurrency: 3,
      timeoutSeconds: 20,
      maxReplyBytes: 1 << 20,
      ...options,
    },
    from: join(place, from),
    folder: join(place, folder),
    executor,
  });
}
const written = (folder: string, { outputs }: StageSummary, kind: string): DataDocument[] =>
  outputs.filter((output) => output.kind === kind).flatMap(({ path }) => readDocuments(join(place, folder, path)));

test("what is kept is proved; what is refused has its rule; provenance says which model, how and which attempt", async () => {
  await using server = new OpenAiEndpoint(script);
  const endpoint = await server.listen();
  const summary = await run({ folder: "plain", endpoint: `${endpoint}/`, options: { keep: 3 } });
  const originals = new Map(readDocumentsIn("in").map((one) => [one.id, one]));
  const made = written("plain", summary, "documents");
  const rejected = written("plain", summary, "rejected");
  assert.equal(made.length, summary.counts.augmented);
  assert.equal(rejected.length, summary.counts.rejected);
  assert.equal(summary.counts.asked, trained.length + 1);
  assert.deepEqual([summary.counts.not_asked_heldout_problem, summary.counts.not_asked_no_verifier], [3, 1]);
  const proofs = new Set<string>();
  const perKind = new Map<string, number>();
  for (const { messages, fields, history } of made) {
    const entry = history!.at(-1)!;
    const { of, kind, model, attempt, sampleSeed, temperature, proof } = entry;
    assert.deepEqual([model, entry.endpoint, temperature], ["tester", endpoint, 0.8]);
    assert.ok(Number(attempt) >= 1 && Number(attempt) <= 7);
    assert.deepEqual(kind === "solve" ? SOLUTION_RULES[kindOf(SOLUTIONS, Number(sampleSeed))].slice(1) : [], []);
    perKind.set(`${of} ${kind}`, (perKind.get(`${of} ${kind}`) ?? 0) + 1);
    proofs.add(`${kind} ${proof ?? ""}`);
    const original = originals.get(String(of))!;
    const [question, reply] = [messages![0]!.content, messages!.at(-1)!];
    if (kind === "solve") assert.equal(question, original.messages![0]!.content);
    const { answer, verifier } = fields as unknown as { answer: string; verifier: Verifier };
    assert.equal(
      bag(question)
        .replace(/Here|about|is|something|think|to|想一想/g, "")
        .includes("Zebulon"),
      false,
    );
    assert.equal(grade({ problem: question, response: reply.content, reference: answer, verifier }).verdict, "proved");
    const task = original.fields?.task;
    const isRead = typeof task === "string" && familyById(task).checker.recognise(question) !== undefined;
    if (isRead) assert.equal(checkAnswer({ question, response: reply.content, task }).verdict, "proved", question);
    else assert.ok(task === undefined || proof === "answers", question);
    for (const step of checkSteps({ question, reasoning: reply.reasoning_content!, ...(isRead ? { task } : {}) }))
      assert.notEqual(step.verdict, "refuted", step.text);
    if (task === undefined) assert.equal(fields!.topic, "pears");
  }
  assert.ok([...perKind.values()].every((count) => count <= 3));
  for (const proof of ["solve ", "paraphrase read", "paraphrase answers"]) assert.ok(proofs.has(proof), proof);
  const rules = new Set<string>();
  for (const { history } of rejected) {
    const { kind, rule, sampleSeed } = history!.at(-1)! as unknown as {
      kind: string;
      rule: string;
      sampleSeed: number;
    };
    const allowed: readonly string[] =
      kind === "solve"
        ? SOLUTION_RULES[kindOf(SOLUTIONS, sampleSeed)]
        : [...WORDING_RULES[kindOf(WORDINGS, sampleSeed)], "duplicate"];
    assert.ok(
      allowed.includes(rule),
      `${kind} ${kindOf(kind === "solve" ? [...SOLUTIONS] : [...WORDINGS], sampleSeed)} ${rule}`,
    );
    rules.add(`${kind} ${rule}`);
  }
  for (const rule of ["solve answer", "solve steps", "solve cut", "solve empty", "solve repeats"])
    assert.ok(rules.has(rule), rule);
  for (const rule of ["numbers", "names", "unchanged", "cut", "length"])
    assert.ok(rules.has(`paraphrase ${rule}`), rule);
  assert.ok(server.most <= 6, String(server.most)); // two processes of three each
  assert.ok([...server.paid.values()].every((count) => count === 1));
});

const readDocumentsIn = (folder: string): DataDocument[] =>
  globSync("*/*.documents-*", { cwd: join(place, folder) }).flatMap((name) => readDocuments(join(place, folder, name)));

/** Each request fails once or twice before it is answered, each in a way of its own. */
const FAULTS: readonly Fault[] = [
  "429",
  "500",
  "503",
  "garbage",
  "cut",
  "wrong-form",
  "huge",
  "no-text",
  "reset",
  "key",
];
const failing = (request: ChatRequest, tries: number): Fault | undefined => {
  const number = Number.parseInt(sha256Of(JSON.stringify(request)).slice(0, 8), 16);
  return number % 4 === 0 && tries < 1 + (number % 3 ? 0 : 1)
    ? FAULTS[Math.floor(number / 16 + tries) % FAULTS.length]
    : undefined;
};

/** Processes that this one started and whose command line has the name in it. */
const childrenOf = (name: string): number[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, "utf8")
    .trim()
    .split(" ")
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(name))
    .map(Number);

test("faults are overcome, a killed process changes no byte, and nothing is paid for twice", async () => {
  await using server = new OpenAiEndpoint({ ...script, fault: failing });
  const endpoint = await server.listen();
  const { promise: halfway, resolve: reach } = Promise.withResolvers<void>();
  let release = (): void => {};
  server.onPaid = (count) => {
    if (count !== 15) return;
    server.held = new Promise((resolve) => {
      release = resolve;
    });
    reach();
  };
  await using one = new LocalExecutor(1);
  const before = childrenOf("task-process");
  const running = run({
    folder: "killed",
    endpoint,
    options: { samples: 4, documentsPerTask: 2, timeoutSeconds: 60 },
    executor: one,
    from: "few",
  });
  await halfway;
  // What was answered is recorded soon, and nobody else is being answered.
  const records = (): number => globSync("recorded/*/*.json", { cwd: join(place, "killed") }).length;
  while (records() < server.paid.size) await new Promise((resolve) => setTimeout(resolve, 20));
  const [worker, ...more] = childrenOf("task-process").filter((pid) => !before.includes(pid));
  assert.deepEqual(more, []);
  process.kill(worker!, "SIGKILL");
  while (existsSync(`/proc/${worker}`)) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 200)); // what it still had sent has arrived, and is cut off
  server.held = undefined;
  release();
  const summary = await running;
  const paid = [...server.paid.values()];
  assert.deepEqual(new Set(paid), new Set([1]));
  assert.ok(
    summary.counts.augmented! > 4 && summary.counts.rejected_solve_unusable === undefined,
    JSON.stringify(summary.counts),
  );
  // The same again from what was recorded, for any number of processes and other cuts of requests: nobody is asked.
  rmSync(join(place, "killed/stage.json"));
  rmSync(join(place, "killed/model"), { recursive: true });
  const sent = server.headers.length;
  for (const executor of [one, shared]) {
    const again = await run({
      folder: "killed",
      endpoint,
      options: { samples: 4, documentsPerTask: 2, timeoutSeconds: 60 },
      executor,
      from: "few",
    });
    assert.equal(again.digest, summary.digest);
    rmSync(join(place, "killed/stage.json"));
    rmSync(join(place, "killed/model"), { recursive: true });
  }
  // Another plan (fewer samples kept) uses what was recorded, too.
  const other = await run({
    folder: "killed",
    endpoint,
    options: { samples: 4, documentsPerTask: 2, timeoutSeconds: 60, keep: 1 },
    from: "few",
  });
  assert.notEqual(other.digest, summary.digest);
  assert.equal(server.headers.length, sent);
  // A model that is asked anew says other things: only the records make the bytes.
  rmSync(join(place, "killed/recorded"), { recursive: true });
  rmSync(join(place, "killed/stage.json"));
  rmSync(join(place, "killed/model"), { recursive: true });
  assert.notEqual(
    (
      await run({
        folder: "killed",
        endpoint,
        options: { samples: 4, documentsPerTask: 2, timeoutSeconds: 60, keep: 1 },
        from: "few",
      })
    ).digest,
    other.digest,
  );
});

test("a reply that never comes or never ends is asked for again", async () => {
  const fault = ({ seed }: ChatRequest, tries: number) => (tries > 0 ? undefined : seed % 2 ? "hang" : "slow-body");
  await using server = new OpenAiEndpoint({ ...script, fault });
  const options = { timeoutSeconds: 1, samples: 2, modelKinds: ["solve"] };
  const { counts } = await run({ folder: "hang", endpoint: await server.listen(), options, from: "few" });
  assert.equal(counts.replies, 2 * counts.asked!);
});

test("the key is sent, and is in no file", async () => {
  await using server = new OpenAiEndpoint({ ...script, fault: (_, tries) => (tries === 0 ? "key" : undefined) });
  const endpoint = await server.listen();
  await run({ folder: "key", endpoint, options: { samples: 1 }, from: "few" });
  assert.ok(server.headers.every(({ authorization }) => authorization === `Bearer ${KEY}`));
  for (const name of globSync("**/*", { cwd: join(place, "key"), withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = readFileSync(join(name.parentPath, name.name));
    assert.ok(!(name.name.endsWith(".zst") ? zstdDecompressSync(bytes) : bytes).includes(KEY), name.name);
  }
});

test("an endpoint that is down, refuses, redirects or only talks nonsense stops the stage with a message without the key", async () => {
  for (const [fault, expected] of [
    ["401", /answers 401: status 401 for Bearer …/],
    ["redirect", /answers 302, a redirect, which is not followed/],
    ["500", /answers 500: .*, 2 times/],
    ["hang", /no answer after 1 s/],
    ["reset", /no answer \(.*\), 2 times/],
    ["400", /none of \d+ requests got a reply that can be used; the last: answers 400/],
    ["garbage", /none of \d+ requests got a reply that can be used; the last: a reply that is no JSON.*2 times/],
    ["huge", /a reply of more than 1048576 bytes/],
  ] as const) {
    await using server = new OpenAiEndpoint({ ...script, fault: () => fault });
    const endpoint = await server.listen();
    const options = { samples: 3, retries: 1, modelKinds: ["solve"], timeoutSeconds: 1 };
    await assert.rejects(run({ folder: `stop-${fault}`, endpoint, options, from: "few" }), (error: Error) => {
      assert.match(error.message, expected);
      assert.ok(!error.message.includes(KEY));
      return true;
    });
    assert.deepEqual(server.strays, []);
    if (fault === "401") assert.ok(server.tries.size <= 6, `${server.tries.size}`);
  }
  await assert.rejects(
    run({ folder: "stop", endpoint: "http://127.0.0.1:1/v1", options: { retries: 1 }, from: "few" }),
    {
      code: "LEMMA_E_CONNECTION",
    },
  );
});

test("single requests that the endpoint refuses cost only themselves", async () => {
  await using server = new OpenAiEndpoint({
    ...script,
    fault: ({ seed }) => (seed % 5 === 0 ? "400" : seed % 5 === 1 ? "garbage" : undefined),
  });
  const summary = await run({
    folder: "single",
    endpoint: await server.listen(),
    options: { retries: 1, modelKinds: ["solve"] },
  });
  const unusable = written("single", summary, "rejected").filter(({ history }) => history!.at(-1)!.rule === "unusable");
  assert.ok(unusable.length > 10);
  for (const { history } of unusable) assert.match(String(history!.at(-1)!.problem), /answers 400|no JSON/);
  assert.ok(summary.counts.made_solve! > 10);
});

test("pass rates choose problems that are neither hopeless nor too easy", async () => {
  await using server = new OpenAiEndpoint(script);
  const endpoint = await server.listen();
  const options = { modelKinds: ["solve"], samples: 6, leastPassRate: 0.2, mostPassRate: 0.4, keep: 6 };
  const made = written("rates", await run({ folder: "rates", endpoint, options }), "documents");
  assert.ok(made.length > 5);
  for (const { history } of made) {
    const { passed, samples } = history!.at(-1)! as unknown as { passed: number; samples: number };
    assert.ok(passed / samples >= 0.2 && passed / samples <= 0.4);
  }
});

test("addresses that may hold secrets, and options that go together, are refused before anything is asked", async () => {
  for (const [options, expected] of [
    [{ endpoint: "http://me:secret@127.0.0.1/v1" }, /without a name and a password/],
    [{ endpoint: "https://api.example.com/v1?key=secret" }, /no query but api-version/],
    [{ endpoint: "file:///etc/passwd" }, /an http or https address/],
    [{ model: undefined }, /model.*what the endpoint calls its model/],
    [{ apiKeyEnv: "TEACHER_TEST_KEY_NOT_SET" }, /TEACHER_TEST_KEY_NOT_SET, which is not/],
    [{ apiKeyEnv: "sk-not a name" }, /the name of an environment variable/],
    [{ paraphrasePrompt: "Say it again." }, /\{question\}/],
    [{ endpoint: undefined }, /apiKeyEnv.*an endpoint/],
    [{ endpoint: undefined, apiKeyEnv: undefined, model: "no-such-model" }, /no model of this id/],
  ] as const)
    await assert.rejects(run({ folder: "wrong", endpoint: "http://127.0.0.1:1/v1", options }), (error: Error) => {
      assert.match(error.message, expected);
      assert.ok(!error.message.includes("secret"), error.message);
      return true;
    });
});
