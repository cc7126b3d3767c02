// What the verify room offers to the others.

export type * from "./syntax/expression.ts";
export * from "./task.ts";
export * from "./verdict.ts";
