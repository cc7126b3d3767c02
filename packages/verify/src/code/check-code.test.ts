// Programs judged by tests: what passes, what fails and with which witness, what is not decided, and what is refused.

import assert from "node:assert/strict";
import { type StdioOptions, spawnSync } from "node:child_process";
import { closeSync, globSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { LemmaError } from "@lemma/protocol";
import { sandboxSkip } from "../../test/sandbox-skip.ts";
import { type CodeRequest, type CodeTest, checkCode } from "./check-code.ts";
import { systemCallFilter } from "./system-calls.ts";

const skip = await sandboxSkip();
/** A machine that is busy takes its time; what counts here is CPU time. */
const patient = { wallSeconds: 120 };
const check = (request: CodeRequest) => checkCode({ limits: patient, ...request });

const python = (code: string, ...tests: CodeTest[]) => check({ language: "python", code, tests });
const javascript = (code: string, ...tests: CodeTest[]) => check({ language: "javascript", code, tests });
const typescript = (code: string, ...tests: CodeTest[]) => check({ language: "typescript", code, tests });

describe("checkCode", { skip, concurrency: 2 }, () => {
  it("calls functions of all three languages", async () => {
    const tests = [
      { call: "add", arguments: [[1, 2], 3], returns: [4, 5] },
      { call: "add", arguments: [[], 3], returns: [] },
    ];
    for (const { verdict, tests: each } of await Promise.all([
      python("def add(xs, n):\n    return [x + n for x in xs]", ...tests),
      javascript("function add(xs, n) { return xs.map((x) => x + n); }", ...tests),
      typescript(
        "export const add = async (xs: number[], n: number): Promise<number[]> => xs.map((x) => x + n);",
        ...tests,
      ),
    ])) {
      assert.equal(verdict, "proved");
      assert.deepEqual(
        each.map(({ index, verdict }) => [index, verdict]),
        [
          [0, "proved"],
          [1, "proved"],
        ],
      );
    }
  });

  it("runs programs with input, and compares what an eye sees", async () => {
    const test = { input: "3 4\n5\n", output: "12\n" };
    const results = await Promise.all([
      python("import sys\nprint(sum(map(int, sys.stdin.read().split())), ' ')", test),
      javascript(
        "const t = require('fs').readFileSync(0, 'utf8');\nif (require.main === module) console.log(eval(t.trim().split(/\\s+/).join('+')));",
        test,
      ),
      typescript(
        "import { stdin } from 'node:process';\nlet sum: number = 0;\nfor await (const part of stdin) for (const n of String(part).trim().split(/\\s+/)) sum += Number(n);\nconsole.log(sum);",
        test,
      ),
    ]);
    assert.deepEqual(
      results.map(({ verdict }) => verdict),
      ["proved", "proved", "proved"],
    );
  });

  it("refutes with the first failing test, what was asked and what came", async () => {
    const result = await python(
      "def f(n):\n    return 10 // n",
      { call: "f", arguments: [5], returns: 2 },
      { call: "f", arguments: [3], returns: 4 },
      { call: "f", arguments: [0], returns: 0 },
    );
    assert.deepEqual(result, {
      verdict: "refuted",
      witness: { test: "1", call: "f(3)", expected: "4", found: "3" },
      tests: [
        { index: 0, verdict: "proved", method: "execution" },
        { index: 1, verdict: "refuted", witness: { call: "f(3)", expected: "4", found: "3" } },
        {
          index: 2,
          verdict: "refuted",
          witness: { call: "f(0)", expected: "0", error: "ZeroDivisionError: integer division or modulo by zero" },
        },
      ],
    });
  });

  it("names the error of a program that ends by one", async () => {
    const errors = async (result: Promise<Awaited<ReturnType<typeof checkCode>>>) => {
      const found = await result;
      return found.verdict === "refuted" ? found.witness.error : found;
    };
    assert.deepEqual(
      await Promise.all([
        errors(python("print(1", { output: "1" })),
        errors(javascript("let x = ;", { output: "1" })),
        errors(javascript("console.log(y)", { output: "1" })),
        errors(javascript("throw new TypeError('odd')", { call: "f", arguments: [], returns: 1 })),
        errors(python("print(1); raise SystemExit(3)", { output: "1" })),
        errors(python("x = 1", { call: "f", arguments: [], returns: 1 })),
        errors(python("raise SystemExit", { call: "f", arguments: [], returns: 1 })),
        errors(javascript("function f() {}", { call: "f", arguments: [], returns: null })),
        errors(javascript("const f = () => [NaN]", { call: "f", arguments: [], returns: [null] })),
        errors(javascript("const f = () => new Map()", { call: "f", arguments: [], returns: {} })),
      ]),
      [
        "SyntaxError: '(' was never closed",
        "SyntaxError: Unexpected token ';'",
        "ReferenceError: y is not defined",
        "TypeError: odd",
        "exit status 3",
        "NameError: the program defines no function f",
        "the program ended before the call",
        "TypeError: undefined is no JSON value",
        "TypeError: NaN is no JSON value",
        "TypeError: Map is no JSON value",
      ],
    );
  });

  it("compares whole numbers of any size exactly, others within the tolerance", async () => {
    const code = "def f(n, m):\n    return n * m\ndef third():\n    return 0.1 + 0.2";
    const { tests } = await python(
      code,
      { call: "f", arguments: [2 ** 60, 2 ** 60], returns: 2n ** 120n },
      { call: "f", arguments: [2n ** 60n, 2n ** 60n], returns: 2n ** 120n + 1n },
      { call: "third", arguments: [], returns: 0.3 },
      { call: "third", arguments: [], returns: 0.3, tolerance: 1e-9 },
    );
    assert.deepEqual(
      tests.map(({ verdict }) => verdict),
      ["proved", "refuted", "refuted", "proved"],
    );
    const big = await javascript("const f = (n) => n + 1n", {
      call: "f",
      arguments: [2n ** 64n],
      returns: 2n ** 64n + 1n,
    });
    assert.equal(big.verdict, "proved");
  });

  it("does not decide where a limit was reached, and says which", async () => {
    const limits = { ...patient, cpuSeconds: 1 };
    const result = await check({
      language: "python",
      code: "def f(n):\n    while n: pass\n    return n",
      tests: [
        { call: "f", arguments: [0], returns: 0 },
        { call: "f", arguments: [1], returns: 1 },
      ],
      limits,
    });
    assert.deepEqual(result, {
      verdict: "unknown",
      reason: "budget",
      tests: [
        { index: 0, verdict: "proved", method: "execution" },
        { index: 1, verdict: "unknown", reason: "budget", stopped: "cpu" },
      ],
    });
  });

  it("does not decide TypeScript that stripping types can't run", async () => {
    const result = await typescript("enum Colour { Red }\nconsole.log(Colour.Red);", { output: "0" });
    assert.deepEqual([result.verdict, result.verdict === "unknown" && result.reason], ["unknown", "unsupported"]);
  });

  it("believes nothing that a program says of its result", async () => {
    const call = { call: "f", arguments: [1], returns: "secret" };
    const results = await Promise.all([
      // Answers on the channel itself, then ends well.
      python("import os\nos.write(3, b'value 1\\n')\nos._exit(0)", call),
      python("import os\ndef f(n):\n    os.write(3, b'value \"secret\"\\n')\n    return 1", call),
      // Equal to everything.
      python("class Any(str):\n    __eq__ = lambda *a: True\n    __hash__ = None\ndef f(n): return Any('x')", call),
      // Looks for what is expected in the frames and files around it.
      python(
        "import gc, glob, re\ndef f(n):\n    said = [str(o) for o in gc.get_objects() if isinstance(o, (dict, list, tuple))] + [open(p).read() for p in glob.glob('/work/*')]\n    return next((int(m[0]) for t in said for m in [re.search('91[0-9]{5}37', t)] if m), 0)",
        { call: "f", arguments: [1], returns: 918273637 },
      ),
      // Takes the tools of the harness away.
      python("import json\njson.dumps = lambda *a, **k: '\"any\"'\ndef f(n): return 1", call),
      javascript(
        "JSON.stringify = () => '\"any\"';\nObject.prototype.toJSON = () => 'any';\nfunction f() { return 1; }",
        call,
      ),
      javascript("globalThis[Symbol.for('lemma.call')] = () => {};\nfunction f() { return 'secret'; }", call),
      javascript("require('fs').writeSync(3, 'value 1\\nvalue 2\\n');\nprocess.exit(0);", call),
    ]);
    assert.deepEqual(
      results.map(({ verdict }) => verdict),
      results.map(() => "refuted"),
    );
  });

  it("runs many at a time", async () => {
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, n) =>
        python(`import sys\nprint(int(input()) ** 2 + ${n})`, { input: `${n}\n`, output: String(n * n + n) }),
      ),
    );
    assert.ok(results.every(({ verdict }) => verdict === "proved"));
  });

  it("ends a run that its caller gives up", async () => {
    const tests = [{ output: "1" }];
    const signal = AbortSignal.timeout(1500);
    await assert.rejects(check({ language: "python", code: "while True: pass", tests, signal }), {
      code: "LEMMA_E_ABORTED",
    });
    await assert.rejects(check({ language: "python", code: "print(1)", tests, signal }), { code: "LEMMA_E_ABORTED" });
  });

  it("hands no open file of this process on", () => {
    const file = path.join(import.meta.dirname, "index.ts");
    const code = "import os\\nprint(os.read(40, 9) + os.read(41, 9))";
    const script = `const { checkCode } = await import(${JSON.stringify(file)});
      const tests = [{ output: "b''" }];
      console.log((await checkCode({ language: "python", code: "${code}", tests, limits: { wallSeconds: 120 } })).verdict);`;
    const open = openSync(file, "r");
    const stdio = [...["ignore", "pipe", "pipe"], ...Array.from({ length: 37 }, () => "ignore"), open, open];
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      stdio: stdio as StdioOptions,
    });
    closeSync(open);
    assert.equal(stdout, "proved\n", stderr);
  });

  it("refuses, and runs nothing, where no namespace can be made", () => {
    // A sandbox without rights around a whole Node: inside, bubblewrap can't build another.
    const file = path.join(import.meta.dirname, "index.ts");
    const script = `const { checkCode } = await import(${JSON.stringify(file)});
      const request = { language: "python", code: "print(1)", tests: [{ output: "1" }] };
      await checkCode(request).then((found) => console.log(found.verdict), (error) => console.log(error.code, error.message, error.hint));`;
    const outer = ["--dev-bind", "/", "/", "--unshare-user", "--disable-userns", "--cap-drop", "ALL"];
    const { stdout, stderr } = spawnSync("bwrap", [...outer, process.execPath, "--input-type=module", "-e", script], {
      encoding: "utf8",
    });
    assert.match(stdout, /^LEMMA_E_SANDBOX programs can't be run .*bwrap: .* apt-get install bubblewrap/, stderr);
  });
});

/** The sandboxes that this process has running. */
const sandboxes = () =>
  globSync("/proc/[0-9]*/status").flatMap((file) => {
    try {
      const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(file, "utf8"))?.[1];
      return Number(parent) === process.pid ? [Number(file.split("/")[2])] : [];
    } catch {
      return []; // it ended meanwhile
    }
  });

it("says so, at once, where its sandbox is ended from outside", { skip }, async () => {
  const code = "import time; time.sleep(600)";
  const running = assert.rejects(python(code, { output: "" }), { code: "LEMMA_E_SANDBOX" });
  let found: number[] = [];
  while (found.length === 0) {
    await new Promise((done) => setTimeout(done, 100));
    found = sandboxes();
  }
  process.kill(found[0]!, "SIGKILL");
  await running;
});

describe("requests that are none", () => {
  const tests = [{ output: "1" }];
  const base: CodeRequest = { language: "python", code: "print(1)", tests };
  for (const [what, request, message] of [
    ["a language", { ...base, language: "ruby" }, /"language": expected javascript, typescript, python, found ruby/],
    ["no tests", { ...base, tests: [] }, /"tests": expected at least one test/],
    ["a test of nothing", { ...base, tests: [{}] }, /"tests\[0\]\.output"/],
    ["code as a name", { ...base, tests: [{ call: "f();g", arguments: [], returns: 1 }] }, /"tests\[0\]\.call"/],
    ["a limit of that name", { ...base, limits: { seconds: 1 } }, /"limits\.seconds": expected one of cpuSeconds/],
    [
      "a limit out of range",
      { ...base, limits: { cpuSeconds: 0.5 } },
      /"limits\.cpuSeconds": expected a whole number from 1/,
    ],
  ] as const) {
    it(what, async () => {
      await assert.rejects(checkCode(request as unknown as CodeRequest), (error) => {
        assert.ok(LemmaError.isInstance(error));
        assert.equal(error.code, "LEMMA_E_OPTION");
        assert.match(error.message, message);
        return true;
      });
    });
  }
});

it("system calls are filtered on both architectures, and on no other", () => {
  for (const architecture of ["x64", "arm64"]) {
    const filter = systemCallFilter(architecture)!;
    assert.equal(filter.length % 8, 0);
    assert.ok(filter.length > 8 * 100);
    assert.equal(filter.readUInt32LE(filter.length - 4), 0x7fff0000, "what is not forbidden is allowed");
    assert.notEqual(filter.readUInt32LE(12), 0);
  }
  assert.equal(systemCallFilter("ia32"), undefined);
});
