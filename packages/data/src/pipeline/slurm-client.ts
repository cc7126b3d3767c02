// Slurm's own commands: sbatch, squeue, scontrol, sacct, scancel. Owns calling them, each with a time limit, and reading what they print.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { LemmaError } from "@lemma/protocol";

/** How long a command may take: a controller that is restarting answers within this. */
const LIMIT_MS = 60_000;

/** How a rank ended. `exitCode` is undefined where it ended by a signal or where Slurm no longer knows. */
export interface RankEnding {
  /** For people: `FAILED, exit code 1`; `FAILED, signal 9`. */
  text: string;
  /** Whether it came to its end, or nothing says that it did not. */
  isWhole: boolean;
  exitCode?: number;
}

/** Talks to the cluster that this machine is set up for (`SLURM_CONF`, or Slurm's usual places). */
export class SlurmClient {
  /**
   * Submits a script; returns the job's number.
   * @throws LEMMA_E_OPTION where there is no sbatch; an Error with sbatch's own words where it refuses.
   */
  async submit(script: string, flags: readonly string[]): Promise<string> {
    const printed = await call("sbatch", ["--parsable", ...flags, script]);
    const [job] = /^\d+/.exec(printed.trim()) ?? []; // 123, or 123;cluster
    if (job === undefined) throw new Error(`sbatch: expected a job's number, found ${JSON.stringify(printed)}`);
    return job;
  }

  /** The ranks that wait or run. A job that squeue no longer knows has none. */
  async activeRanks(job: string): Promise<Set<number>> {
    let printed: string;
    try {
      printed = await call("squeue", ["-h", "-r", "-j", job, "-o", "%K"]);
    } catch (error) {
      if (/invalid job id/i.test((error as Error).message)) return new Set();
      throw error;
    }
    return new Set(
      printed
        .split("\n")
        .filter((line) => /^\d+$/.test(line.trim()))
        .map(Number),
    );
  }

  /** How a rank ended: of the controller while it remembers, then of the accounting where there is one. */
  async ending(job: string, rank: number): Promise<RankEnding> {
    const unknown: RankEnding = { text: "UNKNOWN (Slurm no longer knows it)", isWhole: true };
    try {
      const shown = await call("scontrol", ["-o", "show", "job", `${job}_${rank}`]);
      return endingOf(/\bJobState=(\w+)/.exec(shown)?.[1], /\bExitCode=(\d+):(\d+)/.exec(shown)) ?? unknown;
    } catch {
      // forgotten; or the controller is away, and the accounting is not
    }
    try {
      const listed = await call("sacct", ["-n", "-X", "-P", "-j", `${job}_${rank}`, "-o", "State,ExitCode"]);
      const [, state, ...codes] = /^(\w+)[^|\n]*\|(\d+):(\d+)/m.exec(listed) ?? [];
      return endingOf(state, ["", ...codes]) ?? unknown;
    } catch {
      return unknown;
    }
  }

  /** Ends a job, if it has not ended. */
  async cancel(job: string): Promise<void> {
    try {
      await call("scancel", [job]);
    } catch {
      // it has ended, or nobody can be told: its ranks write the same bytes as others would
    }
  }
}

/** `codes`: the whole match, the exit code, the signal. */
function endingOf(state: string | undefined, codes: readonly (string | undefined)[] | null): RankEnding | undefined {
  if (state === undefined) return undefined;
  const [exitCode, signal] = [Number(codes?.[1] ?? 0), Number(codes?.[2] ?? 0)];
  if (signal !== 0) return { text: `${state}, signal ${signal}`, isWhole: false };
  return {
    text: `${state}, exit code ${exitCode}`,
    isWhole: state === "COMPLETED" || state === "COMPLETING",
    exitCode,
  };
}

/** A command's output. Throws an Error with its own words where it fails. */
async function call(program: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { timeout: LIMIT_MS, maxBuffer: 1 << 26 });
    return stdout;
  } catch (cause) {
    const { code, stderr, killed, message } = cause as Error & { code?: string; stderr?: string; killed?: boolean };
    if (code === "ENOENT")
      throw new LemmaError("LEMMA_E_OPTION", {
        option: "executor",
        expected: "a machine that submits to a Slurm cluster for `slurm`, or `local`",
        found: `no ${program} in PATH`,
      });
    if (killed) throw new Error(`${program}: no answer within ${LIMIT_MS / 1000} s`, { cause });
    throw new Error(`${program}: ${(stderr || message).trim()}`, { cause });
  }
}
