// How a test reaches an oracle: `oracleSkip()` for the test's `skip`, `importOracle(name)` for the package. The test
// declares the few types it uses: the type check must pass where no oracle is installed.

import { installOracles } from "./install.mjs";

/** False if the oracles are there (installing them if needed), else why the test is skipped. With CI=true it throws. */
export async function oracleSkip(): Promise<string | false> {
  try {
    await installOracles();
    return false;
  } catch (problem) {
    if (process.env.CI === "true") throw problem;
    return `the oracles can't be installed: ${problem instanceof Error ? problem.message : problem}`;
  }
}

/**
 * Imports a package of oracles/node_modules.
 * @example
 * const { default: OpenAI } = await importOracle<{ default: new (o: object) => OpenAIClient }>("openai");
 */
export async function importOracle<T>(name: string): Promise<T> {
  await installOracles();
  return (await import(name)) as T;
}
