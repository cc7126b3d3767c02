// Runs the SymPy oracle over a batch of questions in one process. Skips, or fails where CI=true, when Debian's python3-sympy is missing.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const PYTHON = process.env.LEMMA_PYTHON ?? "/usr/bin/python3";
const SCRIPT = fileURLToPath(new URL("./sympy_oracle.py", import.meta.url));

export interface OracleAnswer {
  readonly equal?: boolean | "numerically" | null;
  readonly value?: string | null;
  readonly problem?: string;
}

/** Why the oracle can't be asked; undefined where it can. Throws where CI=true. */
export function sympyMissing(): string | undefined {
  const probe = spawnSync(PYTHON, ["-c", "import sympy"], { timeout: 60_000 });
  if (probe.status === 0) return undefined;
  const reason = "SymPy is missing: apt-get install python3-sympy";
  if (process.env.CI === "true") throw new Error(reason);
  return reason;
}

/** The oracle's answers, in order. */
export function askSympy(questions: readonly object[], timeoutMs = 240_000): OracleAnswer[] {
  const run = spawnSync(PYTHON, [SCRIPT], {
    input: questions.map((question) => JSON.stringify(question)).join("\n"),
    encoding: "utf8",
    timeout: timeoutMs,
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`the oracle failed: ${run.stderr.slice(-2000)}`);
  return run.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as OracleAnswer);
}
