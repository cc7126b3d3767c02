// Program output: our interpreter agrees with Node and with Python, programs are read back from every wording, the checker
// proves runs and refutes everything else. Runs in a few seconds; without python3 its comparison is skipped.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "node:test";
import { runInNewContext } from "node:vm";
import { checkAnswer, checkSteps, grade } from "@lemma/verify";
import { carry } from "../../carriers.ts";
import { sharedRuns } from "../../overlap.ts";
import { Random } from "../../random.ts";
import "../../registry.ts";
import { readProgram } from "./checker.ts";
import { drawProgram, loopOf, PROGRAM_LEVELS } from "./draw.ts";
import { execute } from "./execute.ts";
import { programOutput } from "./family.ts";
import { parseProgram } from "./parse.ts";
import { type Program, programKey } from "./program.ts";
import { drawLayout, lineCount, writeProgram } from "./write.ts";

const LANGUAGES = ["en", "zh"] as const;
const random = () => Random.fromSeed(2026).split("program tests");

function programs(count: number, level?: number): Program[] {
  const stream = random();
  return Array.from({ length: count }, (_, i) => drawProgram(stream.split(i), level ?? 1 + (i % PROGRAM_LEVELS)));
}

const source = (program: Program, stream: Random) => writeProgram(program, drawLayout(program, stream)).join("\n");

/** The same program in the other language. */
const translated = (program: Program): Program => ({
  ...program,
  language: program.language === "python" ? "javascript" : "python",
});

function runByNode(code: string): string {
  const printed: string[] = [];
  const console = { log: (...values: unknown[]) => printed.push(values.join(" ")) };
  runInNewContext(code, { console }, { timeout: 1000 });
  return printed.join("\n");
}

const python = spawnSync("python3", ["--version"]).status === 0;

describe("programs", () => {
  it("print what Node prints", () => {
    const stream = random();
    for (const program of programs(400)) {
      const javascript = program.language === "javascript" ? program : translated(program);
      const code = source(javascript, stream);
      assert.equal(execute(javascript)!.output, runByNode(code), code);
    }
  });

  it("print what Python prints", { skip: python ? false : "python3 is not installed" }, () => {
    const stream = random();
    const drawn = programs(400).map(
      (program): Program => ({
        language: "python",
        // `x++` is JavaScript's alone.
        statements: JSON.parse(JSON.stringify(program.statements).replaceAll('"form":"step"', '"form":"augmented"')),
      }),
    );
    const codes = drawn.map((program) => source(program, stream));
    const script = [
      "import sys, json, io, contextlib",
      "out = []",
      "for code in json.load(sys.stdin):",
      "    with contextlib.redirect_stdout(io.StringIO()) as text: exec(code, {})",
      "    out.append(text.getvalue().rstrip())",
      "print(json.dumps(out))",
    ].join("\n");
    const run = spawnSync("python3", ["-c", script], {
      input: JSON.stringify(codes),
      encoding: "utf8",
      timeout: 30_000,
    });
    assert.equal(run.status, 0, run.stderr);
    assert.deepEqual(
      drawn.map((program) => execute(program)!.output),
      JSON.parse(run.stdout),
    );
  });

  it("are read back in every layout: same key, same run", () => {
    const stream = random();
    for (const program of programs(600)) {
      const code = source(program, stream);
      const read = parseProgram(code);
      assert.ok(read !== undefined, code);
      assert.equal(read.language, program.language);
      assert.equal(programKey(read), programKey(program), code);
      assert.deepEqual(execute(read), execute(program), code);
    }
  });

  it("share a key in both languages and with other names and forms", () => {
    const a = parseProgram("x = 1\nfor i in range(3):\n    x = x + i\nprint(x)")!;
    const b = parseProgram("let s = 1;\nfor (let k = 0; k <= 2; k++) {\n  s += k;\n}\nconsole.log(s);")!;
    const c = parseProgram("x = 1\nfor i in [0, 1, 2]:\n    x = i + x\nprint(x)")!;
    const other = parseProgram("x = 1\nfor i in range(4):\n    x = x + i\nprint(x)")!;
    assert.equal(programKey(a), programKey(b));
    assert.equal(programKey(a), programKey(c));
    assert.notEqual(programKey(a), programKey(other));
    for (const program of programs(100)) assert.equal(programKey(translated(program)), programKey(program));
  });

  it("keep to six lines with one loop at the default level, in every cell", () => {
    const cells = new Map<string, number>();
    for (const program of programs(600, programOutput.defaultLevel)) {
      assert.ok(lineCount(program) <= 6);
      assert.equal(program.statements.filter(({ kind }) => kind === "for" || kind === "while").length, 1);
      for (const { sets } of execute(program)!.events)
        assert.ok(sets === undefined || (sets.value >= 0 && sets.value < 100));
      const cell = `${program.language} ${loopOf(program)}`;
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
    assert.deepEqual([...cells.keys()].sort(), [...programOutput.cells(2)].sort());
    for (const count of cells.values()) assert.ok(count > 60);
  });

  it("need one small fact a step: values stand above, each side works out one operation of the side before", () => {
    let worked = 0;
    for (const program of programs(300)) {
      const { events, operations } = execute(program)!;
      events.forEach(({ text, uses, head }, at) => {
        assert.ok(
          uses.every((use) => use < at),
          text,
        );
        if (!text.includes(": ")) return;
        const body = text.slice(text.indexOf(": ") + 2).replace(/ (?:yes|no)$/, "");
        for (const part of body.split(/[<>]=?|[=!]==?(?!=)|,/)) {
          const sides = part.replace(/[a-z]+=/g, "").split("=");
          for (let i = 1; i < sides.length; i++) {
            const [, from, step] = /^(\d+)([-+]\d+)$/.exec(sides[i - 1]!) ?? [];
            const follows = head
              ? Number(from) + Number(step) === Number(sides[i])
              : operations.some(
                  ({ left, op, right, result }) =>
                    sides[i - 1]!.replace(`${left}${op}${right}`, String(result)) === sides[i],
                );
            assert.ok(follows, text);
            worked++;
          }
        }
      });
    }
    assert.ok(worked > 500);
  });

  it("run through values that the loop's head lists, or that go up or down by its step", () => {
    const stream = random();
    for (const program of programs(300)) {
      const loop = program.statements.find(({ kind }) => kind === "for");
      if (loop?.kind !== "for") continue;
      const code = source(program, stream);
      if (loop.header.kind === "list") assert.ok(code.includes(`[${loop.values.join(", ")}]`), code);
      else {
        const { start, step } = loop.header;
        assert.deepEqual(
          loop.values,
          loop.values.map((_, i) => start + i * step),
          code,
        );
        assert.ok(code.includes(String(loop.header.start)) || start === 0);
      }
    }
  });

  it("stop: a loop without an end, too many rounds and unknown variables are no runs", () => {
    for (const code of [
      "x = 1\nwhile x > 0:\n    x += 1\nprint(x)",
      "x = 2\nwhile x > 0:\n    x = x * x\nprint(x)",
      "print(y)",
      "for i in range(1000000000):\n    x = 1\nprint(x)",
      "x = 1\nfor i in range(0, 5, 0):\n    x = 2\nprint(x)",
      "x = 5 % 0\nprint(x)",
    ]) {
      assert.equal(readProgram(code), undefined, code);
    }
  });

  it("are not read from other texts, however strange", () => {
    for (const text of [
      "",
      "What is 3 + 4?",
      "Solve x = 2*x - 3",
      "print",
      "import os\nprint(1)",
      'x = "a"\nprint(x)',
      "let x = ;\nconsole.log(x);",
      "```python\n```",
      "((((".repeat(3000),
      `x = ${"(".repeat(20000)}1\nprint(x)`,
      "for (let i = 0; i < 3; i++) {".repeat(500),
    ])
      assert.equal(readProgram(text), undefined, text.slice(0, 40));
  });
});

describe("the wordings of program output", () => {
  it("are read back with carrier words, in both languages", () => {
    const stream = random();
    for (const program of programs(20))
      for (const language of LANGUAGES)
        for (const phrasing of programOutput.phrasings[language]) {
          const question = carry(phrasing.render(program, stream), language, false, stream);
          const read = readProgram(question);
          assert.ok(read !== undefined, question);
          assert.equal(programKey(read), programKey(program), question);
          assert.deepEqual(programOutput.trace(read, language), programOutput.trace(program, language), question);
        }
  });

  it("share no run of words between held-out and trained prompts, programs apart", () => {
    const stream = random();
    for (const language of LANGUAGES) {
      const prompts = { trained: [] as string[], heldout: [] as string[] };
      for (const program of programs(800)) {
        const phrasing = stream.pick(programOutput.phrasings[language]);
        const lines = phrasing.render(program, stream).split("\n");
        const code = new Set(["{", "}", ...lines.filter((line) => /^\s|[=(){}[\]]|```/.test(line))]);
        const words = lines.filter((line) => !code.has(line)).join(" ");
        prompts[phrasing.id.startsWith("heldout") ? "heldout" : "trained"].push(words);
      }
      assert.deepEqual(sharedRuns(prompts.trained, prompts.heldout, language), []);
    }
  });
});

const QUESTION = "What does this program print?\nx = 3\nfor i in range(3):\n    x = x + 2 * i\nprint(x)";
const REASONING = [
  "x=3",
  "i: 0<3 yes",
  "i=0",
  "x=x+2*i: 3+2*0=3+0=x=3",
  "i: 0+1=1<3 yes",
  "i=1",
  "x=x+2*i: 3+2*1=3+2=x=5",
  "i: 1+1=2<3 yes",
  "i=2",
  "x=x+2*i: 5+2*2=5+4=x=9",
  "i: 2+1=3<3 no",
  "print(x): x=9",
];

describe("the checker of program output", () => {
  it("proves the reference run, each line from where it follows", () => {
    assert.deepEqual(programOutput.trace(readProgram(QUESTION)!, "en"), REASONING);
    const steps = checkSteps({ question: QUESTION, reasoning: REASONING.join("\n") });
    for (const step of steps) assert.equal(step.verdict, "proved", JSON.stringify(step));
    assert.deepEqual(
      steps.map(({ from }) => from),
      [[-1], [-1], [-1, 1], [-1, 0, 2], [-1, 2], [-1, 4], [-1, 3, 5], [-1, 5], [-1, 7], [-1, 6, 8], [-1, 8], [-1, 9]],
    );
  });

  it("proves the same said without names, and the values of a counting loop at once", () => {
    const short = [
      "x=3",
      "i: 0,1,2",
      "i=0",
      "x=x+2*i: 3+2*0=3+0=3",
      "i=1",
      "x=x+2*i: 3+2*1=3+2=5",
      "i=2",
      "x=x+2*i: 5+2*2=5+4=9",
      "print(x): 9",
    ];
    const steps = checkSteps({ question: QUESTION, reasoning: short.join("\n") });
    for (const step of steps) assert.equal(step.verdict, "proved", JSON.stringify(step));
    for (const [keep, line] of [
      [1, "i: 0,1"],
      [1, "i: 0,1,2,3"],
      [3, "x=x+2*i: 3+2*0=3+0=4"],
      [8, "print(x): 5"],
    ] as const) {
      const step = checkSteps({ question: QUESTION, reasoning: [...short.slice(0, keep), line].join("\n") }).at(-1)!;
      assert.equal(step.verdict, "refuted", line);
    }
  });

  it("compares a counting loop's values with the limit that the program writes", () => {
    const heads = (head: string) => {
      const code = `let x = 1;\n${head} {\n  x += i;\n}\nconsole.log(x);`;
      return programOutput.trace(
        readProgram(head.endsWith(":") ? `x = 1\n${head}\n    x += i\nprint(x)` : code)!,
        "en",
      );
    };
    const looks = (head: string) => heads(head).filter((line) => line.startsWith("i: "));
    assert.deepEqual(looks("for i in range(2, 7, 3):"), ["i: 2<7 yes", "i: 2+3=5<7 yes", "i: 5+3=8<7 no"]);
    assert.deepEqual(looks("for i in range(6, 4, -1):"), ["i: 6>4 yes", "i: 6-1=5>4 yes", "i: 5-1=4>4 no"]);
    assert.deepEqual(looks("for (let i = 1; i <= 2; i++)"), ["i: 1<=2 yes", "i: 1+1=2<=2 yes", "i: 2+1=3<=2 no"]);
    assert.deepEqual(looks("for (let i = 1; i >= 0; i--)"), ["i: 1>=0 yes", "i: 1-1=0>=0 yes", "i: 0-1=-1>=0 no"]);
    assert.deepEqual(looks("for i in [4, 2, 4]:"), ["i: 4,2,4", "i: 2,4", "i: 4", "i: no"]);
  });

  it("refutes false looks at a loop's next value, and values under a wrong name", () => {
    for (const [keep, line] of [
      [1, "i: 0<3 no"],
      [1, "i: 0<2 yes"],
      [1, "i: 1<3 yes"],
      [4, "i: 0+1=1<3 no"],
      [4, "i: 0+1=2<3 yes"],
      [4, "i: 0+2=2<3 yes"],
      [4, "i: 0+1=1<=3 yes"],
      [10, "i: 2+1=3<3 yes"],
      [11, "i: 3+1=4<3 no"],
      [6, "x=x+2*i: 3+2*1=3+2=i=5"],
      [11, "print(x): i=9"],
      [11, "print(x): x=5"],
    ] as const) {
      const step = checkSteps({ question: QUESTION, reasoning: [...REASONING.slice(0, keep), line].join("\n") }).at(
        -1,
      )!;
      assert.equal(step.verdict, "refuted", line);
    }
    const question = "n = 6\nt = 2\nwhile n > t:\n    n = n - 4\nprint(t, n)";
    const told = ["n=6", "t=2", "n>t: n=6>t=2 yes", "n=n-4: 6-4=n=2", "n>t: n=2>t=2 no", "print(t,n): t=2,n=2"];
    assert.deepEqual(programOutput.trace(readProgram(question)!, "en"), told);
    for (const [keep, line] of [
      [2, "n>t: t=6>n=2 yes"],
      [2, "n>t: n=2>t=2 no"],
      [4, "n>t: n=2>t=2 yes"],
      [5, "print(t,n): n=2,t=2"],
      [5, "print(t,n): t=6,n=2"],
    ] as const) {
      const step = checkSteps({ question, reasoning: [...told.slice(0, keep), line].join("\n") }).at(-1)!;
      assert.equal(step.verdict, "refuted", line);
    }
  });

  it("proves `line 4: x=5` as the next value of x, and spaces don't matter", () => {
    const reasoning = "x = 3\nline 3: x=3\nline 3: x=5\nline 3: x = 9\nprint(x): 9";
    const steps = checkSteps({ question: QUESTION, reasoning });
    assert.deepEqual(
      steps.map(({ verdict }) => verdict),
      ["proved", "proved", "proved", "proved", "proved"],
    );
  });

  it("refutes each line of a run with one digit changed, and says what happens instead", () => {
    for (const program of programs(80)) {
      const question = `What is printed?\n${source(program, random())}`;
      const lines = programOutput.trace(program, "en");
      lines.forEach((line, at) => {
        const digit = [...line.matchAll(/\d/g)].at(-1);
        if (digit === undefined) return;
        const wrong = line.slice(0, digit.index) + ((Number(digit[0]) + 1) % 10) + line.slice(digit.index + 1);
        const reasoning = [...lines.slice(0, at), wrong].join("\n");
        const step = checkSteps({ question, reasoning }).at(-1)!;
        assert.equal(step.verdict, "refuted", `${question}\n${reasoning}`);
      });
    }
  });

  it("refutes a condition turned round, a round too many, a value out of turn", () => {
    const question = "x = 5\nwhile x < 9:\n    x += 3\nprint(x)";
    const told = ["x=5", "x<9: 5<9 yes", "x+=3: 5+3=8", "x<9: 8<9 yes", "x+=3: 8+3=11", "x<9: 11<9 no", "print(x): 11"];
    const named = told.map((line) => line.replace(": 5<", ": x=5<").replace("=8", "=x=8").replace(": 8<", ": x=8<"));
    assert.deepEqual(
      programOutput.trace(readProgram(question)!, "en"),
      named.map((line) => line.replace("=11", "=x=11").replace(": 11", ": x=11")),
    );
    assert.ok(checkSteps({ question, reasoning: told.join("\n") }).every(({ verdict }) => verdict === "proved"));
    for (const [keep, line] of [
      [1, "x<9: 5<9 no"],
      [6, "x<9: 11<9 yes"],
      [6, "x+=3: 11+3=14"],
      [2, "x+=3: 6+3=9"],
      [6, "print(x): 8"],
    ] as const) {
      const step = checkSteps({ question, reasoning: [...told.slice(0, keep), line].join("\n") }).at(-1)!;
      assert.equal(step.verdict, "refuted", line);
    }
  });

  it("accepts the output however it is spaced and refuses every other", () => {
    for (const program of programs(100)) {
      const question = `What is printed?\n${source(program, random())}`;
      const reference = programOutput.answer(program, "en");
      const verifier = programOutput.verifier(program, "en");
      const judge = (answer: string) => {
        const response = `\\boxed{${answer}}`;
        const graded = grade({ problem: question, response, reference, verifier });
        return [graded.verdict, checkAnswer({ question, response }).verdict];
      };
      assert.deepEqual(judge(reference), ["proved", "proved"]);
      assert.deepEqual(judge(` ${reference} `), ["proved", "proved"]);
      assert.deepEqual(judge(`${reference}0`), ["refuted", "refuted"]);
      assert.deepEqual(judge(`${reference} 1`), ["refuted", "refuted"]);
    }
  });
});
