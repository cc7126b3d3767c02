// A stage gives the same bytes for any number of processes, after killed processes and after a killed run; what is done is not done
// again, what is damaged is.

import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { LemmaError } from "@lemma/protocol";
import { ingest } from "../stages/ingest/ingest.ts";
import { LocalExecutor } from "./local-executor.ts";
import { runStage } from "./run-stage.ts";

const place = mkdtempSync(join(tmpdir(), "lemma-stage-"));
after(() => rmSync(place, { recursive: true, force: true }));

const files = join(place, "files");
mkdirSync(files);
for (let i = 0; i < 24; i++) {
  const lines = Array.from({ length: 200 }, (_, n) => JSON.stringify({ text: `file ${i} line ${n} ${"x".repeat(n)}` }));
  writeFileSync(join(files, `${String(i).padStart(2, "0")}.jsonl`), `${lines.join("\n")}\n`);
}
const options = { paths: [files], taskBytes: 30_000 };

async function digestWith(folder: string, executor: LocalExecutor): Promise<string> {
  await using running = executor;
  return (await runStage(ingest, { options, folder: join(place, folder), executor: running })).digest;
}

test("any number of processes gives the same bytes", async () => {
  const digests = [await digestWith("one", new LocalExecutor(1)), await digestWith("three", new LocalExecutor(3))];
  assert.equal(digests[0], digests[1]);
  const names = globSync("read/*", { cwd: join(place, "one") }).sort();
  assert.ok(names.length > 30, String(names.length));
  for (const name of names)
    if (!name.endsWith(".done.json"))
      assert.deepEqual(readFileSync(join(place, "one", name)), readFileSync(join(place, "three", name)), name);
});

test("what is done is not done again, and what is damaged is", async () => {
  const folder = join(place, "one");
  const written = (name: string) => statSync(join(folder, "read", name)).mtimeMs;
  const [kept, damaged] = ["00003.documents-0.jsonl.zst", "00004.documents-0.jsonl.zst"] as const;
  const before = [written(kept), written(damaged)];
  const bytes = readFileSync(join(folder, "read", damaged));
  truncateSync(join(folder, "read", damaged), 10);
  assert.equal(await digestWith("one", new LocalExecutor(2)), await digestWith("three", new LocalExecutor(1)));
  assert.equal(written(kept), before[0]);
  assert.notEqual(written(damaged), before[1]);
  assert.deepEqual(readFileSync(join(folder, "read", damaged)), bytes);
});

test("a run that was killed goes on, and ends with the same bytes and nothing half-written", async () => {
  const program = join(place, "run.ts");
  const from = (name: string) => JSON.stringify(join(import.meta.dirname, name));
  writeFileSync(
    program,
    `import { ingest } from ${from("../stages/ingest/ingest.ts")};
     import { LocalExecutor } from ${from("local-executor.ts")};
     import { runStage } from ${from("run-stage.ts")};
     await using executor = new LocalExecutor(2);
     await runStage(ingest, { options: ${JSON.stringify(options)}, folder: process.argv[2], executor,
       onProgress: ({ done }) => process.send({ done }) });`,
  );
  const folder = join(place, "killed");
  for (const moment of [1, 4, 9]) {
    const child = fork(program, [folder], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child.on("message", ({ done }: { done: number }) => {
      if (done >= moment) child.kill("SIGKILL");
    });
    await once(child, "exit");
  }
  assert.ok(!existsSync(join(folder, "stage.json")));
  writeFileSync(join(folder, "read", "00000.documents-0.jsonl.zst.left.partial"), "half");
  assert.equal(await digestWith("killed", new LocalExecutor(2)), await digestWith("three", new LocalExecutor(2)));
  assert.deepEqual(globSync("**/*.partial", { cwd: folder }), []);
});

test("stopping leaves a folder that goes on", async () => {
  const stop = new AbortController();
  {
    await using executor = new LocalExecutor(2);
    const onProgress = ({ done }: { done: number }) => {
      if (done === 3) stop.abort(new LemmaError("LEMMA_E_ABORTED"));
    };
    await assert.rejects(
      runStage(ingest, { options, folder: join(place, "stopped"), executor, signal: stop.signal, onProgress }),
      (error) => LemmaError.isInstance(error) && error.code === "LEMMA_E_ABORTED",
    );
  }
  assert.equal(await digestWith("stopped", new LocalExecutor(2)), await digestWith("three", new LocalExecutor(2)));
});

test("a wrong option says where and what", async () => {
  await using executor = new LocalExecutor(1);
  await assert.rejects(
    runStage(ingest, { options: { paths: [files], colour: 1 }, folder: join(place, "wrong"), executor }),
    /colour: expected a known field/,
  );
});
