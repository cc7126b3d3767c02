// Hostile programs (test/corpus/hostile): each tries to get out, to stay for ever or to take everything, and says what it reached.
// A first line `expect: VERDICT` names the end that it must have; `contained` is a program that ran to its end and reached nothing.

import assert from "node:assert/strict";
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { sandboxSkip } from "../../test/sandbox-skip.ts";
import { checkCode } from "./check-code.ts";
import type { CodeLanguage } from "./interpreters.ts";

const folder = path.join(import.meta.dirname, "../../test/corpus/hostile");
const languages: Readonly<Record<string, CodeLanguage>> = { ".py": "python", ".js": "javascript", ".ts": "typescript" };
const limits = { cpuSeconds: 1, wallSeconds: 120, memoryBytes: 256 * 2 ** 20, outputBytes: 100_000 };

describe("hostile programs", { skip: await sandboxSkip(), concurrency: 2 }, () => {
  let connections = 0;
  const server = net.createServer((socket) => {
    connections++;
    socket.destroy();
  });
  before(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  after(() => server.close());

  const files = readdirSync(folder);
  it("are all here", () => assert.ok(files.length >= 35));

  for (const file of files) {
    const code = readFileSync(path.join(folder, file), "utf8");
    const [, expected, stopped] =
      /^(?:#|\/\/) expect: (contained|refuted|not proved|budget)(?: (\w+))?$/m.exec(code) ?? [];
    it(`${file}: ${expected} ${stopped ?? ""}`.trim(), async () => {
      const { port } = server.address() as net.AddressInfo;
      const more = stopped === "wall" ? { wallSeconds: 5 } : stopped === "memory" ? { cpuSeconds: 20 } : {};
      const { tests } = await checkCode({
        language: languages[path.extname(file)]!,
        code,
        tests: [{ input: `${port}\n`, output: "contained" }],
        limits: { ...limits, ...more },
      });
      const [found] = tests;
      const shown = JSON.stringify(found);
      if (expected === "contained") assert.equal(found!.verdict, "proved", shown);
      else if (expected === "budget") {
        assert.ok(found!.verdict === "unknown" && found!.reason === "budget", shown);
        if (stopped !== undefined) assert.equal(found!.stopped, stopped, shown);
      } else if (expected === "not proved") assert.notEqual(found!.verdict, "proved", shown);
      else assert.equal(found!.verdict, "refuted", shown);
    });
  }

  it("leave nothing behind: no connection, no file, no process", async () => {
    assert.equal(connections, 0);
    for (const place of ["/", "/tmp", "/dev/shm", process.cwd()])
      assert.ok(!existsSync(path.join(place, "lemma-escape")));
    const left = () =>
      globSync("/proc/[0-9]*/cmdline").filter((entry) => {
        try {
          return readFileSync(entry, "utf8").includes("\0/work/harness");
        } catch {
          return false; // it ended meanwhile
        }
      });
    // Other test files may be running programs of their own: those end by themselves.
    for (let tries = 0; left().length > 0 && tries < 100; tries++) await new Promise((done) => setTimeout(done, 1000));
    assert.deepEqual(left(), []);
  });
});
