// The Slurm executor against a real controller and node: the bytes are those of local processes, also after ranks were killed; errors
// carry the rank's own words; stopping leaves no job behind.

import assert from "node:assert/strict";
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { LemmaError } from "@lemma/protocol";
import { writeBusinessDocuments } from "../../test/files/business-documents.ts";
import { filesOf, momentSeed } from "../../test/killed-run.ts";
import { type SlurmCluster, slurmSkip, startSlurm } from "../../test/slurm-cluster.ts";
import { sfc32 } from "../shards/seeded-shuffle.ts";
import { ingest } from "../stages/ingest/ingest.ts";
import { LocalExecutor } from "./local-executor.ts";
import { readDataRecipe } from "./recipe.ts";
import { runRecipe } from "./run-recipe.ts";
import { runStage } from "./run-stage.ts";
import { SlurmExecutor, type SlurmOptions } from "./slurm-executor.ts";
import { ranksText, shellWord, slurmScript } from "./slurm-script.ts";

const lemma = [process.execPath, resolve(import.meta.dirname, "../../../cli/bin/lemma.mjs")];

test("ranks as Slurm reads them", () => {
  assert.equal(ranksText([4, 0, 1, 2, 7, 6]), "0-2,4,6-7");
  assert.equal(ranksText([3]), "3");
});

test("words survive bash and sbatch", () => {
  assert.equal(shellWord("/a/b-c.d"), "/a/b-c.d");
  assert.equal(shellWord("it's $HOME"), "'it'\\''s $HOME'");
  const script = slurmScript({ name: "n", ranks: "0-1", log: '/a "b"/x', memory: "2G", command: "true" });
  assert.match(script, /^#SBATCH --output="\/a \\"b\\"\/x"$/m);
  assert.match(script, /^#SBATCH --mem=2G$/m);
  assert.doesNotMatch(script, /partition|time/);
});

test("a machine without sbatch says so", async () => {
  const place = mkdtempSync(join(tmpdir(), "lemma-no-slurm-"));
  const path = process.env.PATH;
  process.env.PATH = place;
  try {
    writeFileSync(join(place, "a.txt"), "a text");
    await using executor = new SlurmExecutor({ command: lemma });
    await assert.rejects(
      runStage(ingest, { options: { paths: [join(place, "a.txt")] }, folder: join(place, "out"), executor }),
      (error) => LemmaError.isInstance(error) && /slurm.*local.*no sbatch in PATH/.test(error.message),
    );
  } finally {
    process.env.PATH = path;
    rmSync(place, { recursive: true, force: true });
  }
});

describe("on a cluster", { skip: slurmSkip(), timeout: 1_500_000 }, () => {
  const place = mkdtempSync(join(tmpdir(), "lemma's slurm "));
  const files = join(place, "files");
  const options = { paths: [files], taskBytes: 1 };
  const tasks = 48;
  let cluster: SlurmCluster;
  let local: string;

  before(async () => {
    mkdirSync(files);
    for (let i = 0; i < tasks; i++) {
      const lines = Array.from({ length: 3000 }, (_, n) =>
        JSON.stringify({ text: `${i} ${n} ${"x".repeat(n % 300)}` }),
      );
      writeFileSync(join(files, `${String(i).padStart(2, "0")}.jsonl`), `${lines.join("\n")}\n`);
    }
    await using executor = new LocalExecutor(2);
    local = (await runStage(ingest, { options, folder: join(place, "local"), executor })).digest;
    cluster = await startSlurm();
    process.env.SLURM_CONF = cluster.conf;
  });
  after(async () => {
    await cluster?.[Symbol.asyncDispose]();
    rmSync(place, { recursive: true, force: true });
  });

  const slurm = (more: Partial<SlurmOptions> = {}) =>
    new SlurmExecutor({ command: lemma, width: 3, pollMs: 200, lateMarkersMs: 1000, ...more });
  const marked = (folder: string) => globSync("read/*.done.json", { cwd: folder }).length;
  const ranksOf = (folder: string) =>
    readdirSync("/proc").filter((pid) => {
      if (!/^\d+$/.test(pid)) return false;
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
        return words.some((word) => word === folder || word.startsWith(`${folder}/`)) && words.includes("--rank");
      } catch {
        return false; // ended
      }
    });
  const idle = async () => {
    for (let i = 0; i < 100; i++, await sleep(200)) if ((await cluster.squeue("-h")).trim() === "") return;
    assert.fail("jobs were left in the queue");
  };

  test("ranks that are killed at three random moments: the same bytes as local processes", async (t) => {
    const seed = momentSeed();
    const random = sfc32(seed, "slurm moments");
    const moments = Array.from({ length: 3 }, () => 1 + (random() % 30)).sort((a, b) => a - b); // tasks that are done by then
    t.diagnostic(`LEMMA_TEST_SEED=${seed}: after ${moments} of ${tasks} tasks`);
    const folder = join(place, "killed");
    await using executor = slurm();
    const running = runStage(ingest, { options, folder, executor });
    let isOver = false;
    const over = running.finally(() => {
      isOver = true;
    });
    over.catch(() => {});
    let killed = 0;
    for (const moment of moments) {
      while (!isOver && (marked(folder) < moment || ranksOf(folder).length === 0)) await sleep(5);
      for (const pid of ranksOf(folder)) {
        process.kill(Number(pid), "SIGKILL");
        killed++;
      }
    }
    assert.equal((await running).digest, local);
    const jobs = new Set(
      readdirSync(join(folder, "slurm")).flatMap((name) => /-(\d+)_\d+\.log$/.exec(name)?.[1] ?? []),
    );
    assert.ok(killed >= 1 && jobs.size >= 2, `${killed} killed, ${jobs.size} jobs`);
    assert.deepEqual(globSync("**/*.partial", { cwd: folder }), []);
    await idle();
  });

  test("a rank's own error comes with the end of its log, and is not tried again", async () => {
    const gone = join(place, "gone");
    mkdirSync(gone);
    symlinkSync(join(files, "00.jsonl"), join(gone, "a.jsonl"));
    const folder = join(place, "failing");
    // The command differs from lemma's only in that its file is not there.
    await using executor = slurm({ command: [process.execPath, join(place, "no-such-file.mjs")] });
    await assert.rejects(
      runStage(ingest, { options: { paths: [gone] }, folder, executor }),
      (error) =>
        LemmaError.isInstance(error) &&
        error.code === "LEMMA_E_STAGE" &&
        /ended: FAILED, exit code 1; the end of .*Cannot find module/s.test(error.message),
    );
    assert.equal(globSync("slurm/*.log", { cwd: folder }).length, 1);
    await idle();
  });

  test("ranks that die again and again are given up", async () => {
    await using executor = slurm({ command: ["/bin/sh", "-c", "kill -9 $$"] });
    await assert.rejects(
      runStage(ingest, { options, folder: join(place, "dying"), executor }),
      /3 submissions ended without a result; rank \d of job \d+ ended: FAILED, signal 9/,
    );
  });

  test("what sbatch refuses comes in its own words", async () => {
    await using executor = slurm({ partition: "nowhere" });
    await assert.rejects(
      runStage(ingest, { options, folder: join(place, "refused"), executor }),
      /sbatch: .*invalid partition/s,
    );
  });

  test("stopping cancels the job, and the next run ends with the same bytes", async () => {
    const folder = join(place, "stopped");
    const stop = new AbortController();
    {
      await using executor = slurm();
      const onProgress = ({ done }: { done: number }) => {
        if (done >= 1) stop.abort(new LemmaError("LEMMA_E_ABORTED"));
      };
      await assert.rejects(
        runStage(ingest, { options, folder, executor, signal: stop.signal, onProgress }),
        (error) => LemmaError.isInstance(error) && error.code === "LEMMA_E_ABORTED",
      );
    }
    await idle();
    assert.deepEqual(ranksOf(folder), []);
    await using executor = slurm();
    assert.equal((await runStage(ingest, { options, folder, executor })).digest, local);
  });

  const isLong = process.env.LEMMA_LONG === "1";
  test("a rank is killed in every stage of a recipe: not a byte differs from local processes", {
    skip: !isLong && "long: LEMMA_LONG=1",
    timeout: 1_200_000,
  }, async (t) => {
    const documents = join(place, "documents");
    writeBusinessDocuments(documents, 30);
    const recipe = await readDataRecipe(resolve(import.meta.dirname, "../../../../recipes/documents-to-dataset.yaml"));
    recipe.stages[0]!.options = { ...(recipe.stages[0]!.options as object), paths: [documents] };
    const [alone, lost] = [join(place, "recipe-local"), join(place, "recipe-slurm")];
    {
      await using executor = new LocalExecutor(2);
      await runRecipe(recipe, { out: alone, executor });
    }
    await using executor = slurm();
    let stage = 0;
    const running = runRecipe(recipe, { out: lost, executor, onProgress: ({ number }) => (stage = number) });
    let isOver = false;
    const over = running.finally(() => {
      isOver = true;
    });
    over.catch(() => {});
    const killed = new Map<number, string>();
    while (!isOver) {
      await sleep(5);
      const [rank] = killed.has(stage) ? [] : ranksOf(lost);
      if (rank === undefined) continue;
      await sleep(Math.random() * 500); // its start, its work, its end
      try {
        process.kill(Number(rank), "SIGKILL");
        killed.set(stage, rank);
      } catch {
        // it ended by itself: the next one
      }
    }
    await running;
    t.diagnostic(`killed in the stages ${[...killed.keys()]}`);
    assert.equal(killed.size, recipe.stages.length);
    const bytesOf = (folder: string) => [...filesOf(folder)].filter(([name]) => !/(^|\/)slurm\//.test(name));
    const expected = bytesOf(alone);
    assert.deepEqual(
      bytesOf(lost).map(([name]) => name),
      expected.map(([name]) => name),
    );
    for (const [i, [name, bytes]] of bytesOf(lost).entries()) assert.ok(bytes.equals(expected[i]![1]), name);
    await idle();
  });
});
