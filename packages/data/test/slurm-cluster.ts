// A Slurm cluster of one node on this machine, for tests: daemons in the foreground as children of the test, without systemd, cgroups or
// munge. It trusts every local user and listens on 127.0.0.1 only; never use its settings elsewhere.

import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** False where Slurm is installed; else why the tests are skipped. Not asked for everywhere: in a bare root its node does not become idle. */
export function slurmSkip(): string | false {
  if (process.platform === "linux" && spawnSync("slurmctld", ["-V"]).status === 0) return false;
  return "Slurm is not installed: apt-get install slurmctld slurmd slurm-client munge";
}

/** Runs a client command; an answer must come within 20 s. */
async function client(program: string, args: string[], conf: string): Promise<string> {
  const env = { ...process.env, SLURM_CONF: conf };
  return (await promisify(execFile)(program, args, { timeout: 20_000, env })).stdout;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** A running cluster. `conf` is what SLURM_CONF must be for its clients. */
export interface SlurmCluster extends AsyncDisposable {
  conf: string;
  squeue(...args: string[]): Promise<string>;
  /** The last lines of the controller's log: what it did with a job. */
  log(): string;
}

/** Starts controller and node; waits until the node is idle. */
export async function startSlurm(): Promise<SlurmCluster> {
  const place = mkdtempSync(join(tmpdir(), "lemma-slurm-"));
  for (const name of ["state", "spool"]) mkdirSync(join(place, name));
  const conf = join(place, "slurm.conf");
  const [controller, node] = [await freePort(), await freePort()];
  const user = userInfo().username;
  writeFileSync(
    conf,
    `ClusterName=lemma
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=${controller}
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/none
CredType=cred/none
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=${place}/state
SlurmdSpoolDir=${place}/spool/%n
SlurmctldPidFile=${place}/slurmctld.pid
SlurmdPidFile=${place}/%n.pid
SlurmctldLogFile=${place}/slurmctld.log
SlurmdLogFile=${place}/%n.log
MpiDefault=none
SwitchType=switch/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,sched_min_interval=0,bf_interval=1,batch_sched_delay=0
SlurmdParameters=config_overrides
KillWait=2
ReturnToService=2
NodeName=n1 NodeHostname=${hostname().split(".")[0]} NodeAddr=127.0.0.1 Port=${node} CPUs=4 RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`,
  );
  const start = (program: string, ...args: string[]): ChildProcess => {
    const log = openSync(join(place, `${program}.out`), "w");
    return spawn(program, args, { stdio: ["ignore", log, log], env: { ...process.env, SLURM_CONF: conf } });
  };
  const daemons = [start("slurmctld", "-D", "-i"), start("slurmd", "-D", "-N", "n1")];
  const stop = async (): Promise<void> => {
    await client("scancel", ["-f", "-u", user], conf).catch(() => {});
    for (const daemon of daemons) await end(daemon);
    rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const until = Date.now() + 60_000; ; await sleep(100)) {
    const states = await client("sinfo", ["-h", "-N", "-o", "%T"], conf).catch(String);
    if (states.trim() === "idle") break;
    if (Date.now() < until && daemons.every(({ exitCode }) => exitCode === null)) continue;
    await stop();
    throw new Error(`Slurm's node is not idle within 60 s, but ${states}`);
  }
  const log = (): string => readFileSync(join(place, "slurmctld.log"), "utf8").split("\n").slice(-30).join("\n");
  return { conf, squeue: (...args) => client("squeue", args, conf), log, [Symbol.asyncDispose]: stop };
}

async function end(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const ended = once(daemon, "exit");
  daemon.kill("SIGTERM");
  const force = setTimeout(() => daemon.kill("SIGKILL"), 8000);
  await ended;
  clearTimeout(force);
}
