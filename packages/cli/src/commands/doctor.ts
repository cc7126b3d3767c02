// `lemma doctor`: the checks that set-up makes, printed. Owns only their printing; scripts/checks.mjs owns the checks.

import { fileURLToPath, pathToFileURL } from "node:url";
import type { Command } from "../command.ts";
import { SUMMARIES } from "../summaries.ts";

interface Check {
  name: string;
  needed: "always" | "training" | "tests";
  run(): { ok: boolean; found: string; fix?: string };
}

export const doctor: Command = {
  name: "doctor",
  summary: SUMMARIES.doctor,
  about:
    "Runs the same checks as `npm run setup`: Node, compiler, CPU, built engine, PyTorch and so on. What only training or\n" +
    "the tests need may be missing. Exit code 1 if something that is always needed is missing.",
  flags: { json: { help: "one JSON object a check" } },
  examples: [{ line: "lemma doctor", shows: "✓ Node.js  24.21.0" }],
  async run({ flags, terminal }) {
    const scripts = fileURLToPath(new URL("../../../../scripts/checks.mjs", import.meta.url));
    const { checks } = (await import(pathToFileURL(scripts).href)) as { checks: Check[] };
    let missing = false;
    for (const { name, needed, run } of checks) {
      const { ok, found, fix } = run();
      if (!ok && needed === "always") missing = true;
      if (flags.on("json")) terminal.json({ name, needed, ok, found, ...(fix === undefined ? {} : { fix }) });
      else {
        const mark = ok ? terminal.style("green", "✓") : terminal.style(needed === "always" ? "red" : "yellow", "✗");
        const why = needed === "always" ? "" : ` (needed for ${needed})`;
        terminal.line(`${mark} ${name.padEnd(22)} ${found}${ok ? "" : why}`);
        if (!ok && fix !== undefined) terminal.line(`  → ${fix}`);
      }
    }
    return missing ? 1 : 0;
  },
};
