// expect: refuted
import { writeSync } from "node:fs";

const verdict: { verdict: string; method: string } = { verdict: "proved", method: "execution" };
for (const descriptor of [1, 2, 3]) writeSync(descriptor, `${JSON.stringify(verdict)}\nvalue "contained"\n`);
process.exit(0);
