// Finds a Python that imports PyTorch. Owns the order of places and the message when none works.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { LemmaError } from "@lemma/protocol";

/** A usable Python. `gpus` are the CUDA devices that its PyTorch sees. */
export interface Python {
  path: string;
  torch: string;
  gpus: number;
}

const PROBE = "import json, numpy, torch; print(json.dumps([torch.__version__, torch.cuda.device_count()]))";

/**
 * `LEMMA_PYTHON` if set, else the first of /usr/bin/python3 and python3 that imports torch and numpy.
 * @throws LEMMA_E_PYTHON saying what was tried and how each failed.
 */
export async function findPython(environment: NodeJS.ProcessEnv = process.env): Promise<Python> {
  const chosen = environment.LEMMA_PYTHON;
  const failures: string[] = [];
  for (const path of chosen ? [chosen] : ["/usr/bin/python3", "python3"]) {
    try {
      const { stdout } = await promisify(execFile)(path, ["-c", PROBE], { env: environment, timeout: 120_000 });
      const [torch, gpus] = JSON.parse(stdout) as [string, number];
      return { path, torch, gpus };
    } catch (error) {
      const { code, stderr } = error as { code?: string | number; stderr?: string };
      failures.push(
        `${path}: ${code === "ENOENT" ? "not found" : (stderr?.trim().split("\n").at(-1) ?? String(error))}`,
      );
    }
  }
  throw new LemmaError("LEMMA_E_PYTHON", { problem: `no Python with torch and numpy (${failures.join("; ")})` });
}
