// The script of a Slurm job: bash reads it, sbatch takes it, and on a real controller the job trains over its tasks, is stopped
// before its time, saves, is requeued and continues to the same end.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { LemmaError } from "@lemma/protocol";
import { type SlurmCluster, slurmSkip, startSlurm } from "../../../data/test/slurm-cluster.ts";
import { runPlaces } from "../recipe/python-config.ts";
import { rankCommand } from "./launcher.ts";
import { findPython } from "./python.ts";
import { readMetrics } from "./read-metrics.ts";
import { listRuns } from "./run-folder.ts";
import { jobScript, slurmJob } from "./slurm-job.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const lemma = [process.execPath, path.join(root, "packages/cli/bin/lemma.mjs")];
const settings = { name: "a", recipe: "/a b/it's.yaml", command: ["lemma"], nodes: 2, gpus: 8, ranks: 8 };

test("bash reads the script, with any words in it", () => {
  for (const launcher of ["srun", "torchrun"] as const) {
    const script = jobScript({ ...settings, launcher, time: "1:00:00", home: "/h o/x" });
    assert.equal(spawnSync("bash", ["-n"], { input: script, encoding: "utf8" }).stderr, "");
    assert.match(script, /^#SBATCH --gpus-per-node=8$/m);
    assert.match(script, /^#SBATCH --signal=B:USR1@180$/m);
    assert.match(script, /^lemma train '\/a b\/it'\\''s\.yaml' &$/m);
    assert.match(script, new RegExp(`LEMMA_LAUNCHER=${launcher} LEMMA_NODES=2 LEMMA_RANKS_PER_NODE=8$`, "m"));
    assert.doesNotMatch(script, /partition|account|--mem/);
  }
});

test("ranks that can't share a step evenly are refused with the numbers", async () => {
  await assert.rejects(
    slurmJob({ recipe: path.join(root, "recipes/smoke.yaml"), command: lemma, nodes: 3, launcher: "srun" }),
    (error) =>
      LemmaError.isInstance(error) && /divide the 4 micro-batches.*found 3 nodes x 1 ranks = 3/.test(error.message),
  );
});

test("in a job the ranks are started over its nodes, elsewhere on this machine", () => {
  const python = { path: "python3", torch: "2", gpus: 0 };
  assert.deepEqual(rankCommand(python, 2, ["c"], {}), ["python3", "-m", "lemma_trainer.launch", "2", "c"]);
  const job = { LEMMA_NODES: "2", LEMMA_RANKS_PER_NODE: "8", SLURM_JOB_ID: "7", MASTER_ADDR: "n1", MASTER_PORT: "5" };
  assert.match(
    rankCommand(python, 2, ["c"], { ...job, LEMMA_LAUNCHER: "srun" }).join(" "),
    /^srun .*--nodes=2 --ntasks-per-node=8 python3 -m lemma_trainer\.launch --slurm c$/,
  );
  assert.match(
    rankCommand(python, 2, ["c"], { ...job, LEMMA_LAUNCHER: "torchrun" }).join(" "),
    /--ntasks-per-node=1 python3 -m torch\.distributed\.run --nnodes=2 --nproc_per_node=8 --rdzv_id=7 .*=n1:5 -m lemma_trainer c$/,
  );
  assert.throws(() => rankCommand(python, 2, ["c"], { LEMMA_LAUNCHER: "srun" }), /a job with LEMMA_NODES set/);
  assert.throws(() => rankCommand(python, 2, ["c"], { ...job, LEMMA_LAUNCHER: "ssh" }), /expected srun or torchrun/);
});

const missing = await findPython().then(
  () => false as const,
  (error: Error) => error.message,
);

describe("on a cluster", { skip: slurmSkip() || missing, timeout: 700_000 }, () => {
  let cluster: SlurmCluster;
  let place: string;
  before(async () => {
    place = await mkdtemp(path.join(tmpdir(), "lemma-slurm-job-"));
    cluster = await startSlurm();
    process.env.SLURM_CONF = cluster.conf;
    process.env.LEMMA_HOME = place;
  });
  after(async () => {
    await cluster?.[Symbol.asyncDispose]();
    await rm(place, { recursive: true, force: true });
  });
  const slurm = (program: string, ...args: string[]): string => {
    const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8", timeout: 30_000, cwd: place });
    assert.equal(status, 0, stderr);
    return stdout.trim();
  };
  const state = (job: string): string => /JobState=(\w+)/.exec(slurm("scontrol", "-o", "show", "job", job))![1]!;
  const log = (): string =>
    readdirSync(place)
      .filter((name) => name.endsWith(".log"))
      .map((name) => readFileSync(path.join(place, name), "utf8"))
      .join("\n");

  test("a job trains over two tasks, saves at the signal, comes back and ends", async () => {
    const recipe = path.join(place, "slurm.yaml");
    const text = readFileSync(path.join(root, "recipes/smoke.yaml"), "utf8")
      .replace("name: smoke", "name: in-a-job")
      .replace("../models/tokenizer", path.join(root, "models/tokenizer"))
      .replace("tokens: 300000", "steps: 200")
      .replace("logSteps: 5", "logSteps: 1")
      .replace(/^evaluate: .*$/m, "evaluate: false");
    await writeFile(recipe, text);
    const script = path.join(place, "job.sh");
    await writeFile(script, await slurmJob({ recipe, command: lemma, ranks: 2, launcher: "srun", home: place }));
    const job = slurm("sbatch", "--parsable", script);
    const step = async (): Promise<number> => {
      const [run] = await listRuns("in-a-job");
      return run ? ((await readMetrics(runPlaces(run).metrics)).at(-1)?.step ?? 0) : 0;
    };
    const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
      let ended = 0; // a job that is being requeued may pass for failed until its nodes have answered
      for (let i = 0; i < 1500; i++, await sleep(200)) {
        if (await what()) return;
        const now = state(job);
        ended = ["FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL"].includes(now) ? ended + 1 : 0;
        assert.ok(ended < 25, `${now} for 5 s: ${log().slice(-1500)}\n${cluster.log()}`);
      }
      assert.fail(`nothing happens: ${state(job)} ${log().slice(-1500)}\n${cluster.log()}`);
    };
    await until(async () => (await step()) >= 5);
    slurm("scancel", "--batch", "--signal=USR1", job); // what Slurm sends before the time is up
    await until(() => state(job) === "PENDING");
    const stopped = await step();
    assert.ok(stopped >= 5 && stopped < 200, `stopped at ${stopped}`);
    const [run] = await listRuns("in-a-job");
    const checkpoints = readdirSync(runPlaces(run!).checkpoints);
    assert.ok(checkpoints.includes(String(stopped)), `stopped at ${stopped}, checkpoints ${checkpoints}; ${log()}`);
    assert.match(log(), /requeued/);
    // A requeued job waits for two minutes. In the very second of its end its node would refuse it: "Job credential revoked".
    slurm("scontrol", "update", `jobid=${job}`, "starttime=now+4");
    await until(() => state(job) === "COMPLETED");
    const metrics = await readMetrics(runPlaces(run!).metrics);
    assert.deepEqual(
      metrics.map((line) => line.step),
      Array.from({ length: 200 }, (_, i) => i + 1),
    );
    const saved = JSON.parse(readFileSync(path.join(runPlaces(run!).checkpoints, "200", "state.json"), "utf8"));
    assert.equal(saved.world, 2);
    assert.ok(existsSync(path.join(run!, "model", "in-a-job", "in-a-job.gguf")), "exported");
  });
});
