// The plain types that rooms share, and the error catalogue. Imports nothing.

export * from "./errors.ts";
export * from "./event.ts";
export * from "./message.ts";
export * from "./row.ts";
export * from "./verdict.ts";
export * from "./wire.ts";
