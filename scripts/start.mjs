// `npm start`: set-up, then the server in the foreground. Flags after `--` go to `lemma serve`.

import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "./checks.mjs";
import { setup } from "./setup.mjs";

await setup();
const lemma = path.join(root, "packages", "cli", "bin", "lemma.mjs");
const child = spawn(process.execPath, [lemma, "serve", ...process.argv.slice(2)], { stdio: "inherit" });

// A terminal sends Ctrl-C to the whole group: the server drains by itself and this process waits for it.
// Signals sent to this process alone are passed on.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
child.on("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
