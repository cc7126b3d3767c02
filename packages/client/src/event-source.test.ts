// The parser gives the same events wherever the bytes are cut.

import assert from "node:assert/strict";
import { test } from "node:test";
import { EventSourceParser } from "./event-source.ts";

const encoder = new TextEncoder();

function parse(pieces: Uint8Array[]): string[] {
  const parser = new EventSourceParser();
  return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()];
}

const streams: [name: string, text: string, events: string[]][] = [
  ["LF", "data: a\n\ndata: b\n\n", ["a", "b"]],
  ["CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]],
  ["CR", "data: a\r\rdata: b\r\r", ["a", "b"]],
  ["mixed line ends", "data: a\r\n\ndata: b\n\r\n", ["a", "b"]],
  ["comments", ": keep-alive\n\ndata: a\n: between\n\n:\n\n", ["a"]],
  ["several data lines", "data: a\ndata: b\ndata\n\n", ["a\nb\n"]],
  ["other fields", "event: x\nid: 7\nretry: 10\ndata: a\nfoo: bar\n\n", ["a"]],
  ["no space after the colon", "data:a\n\ndata:  b\n\n", ["a", " b"]],
  ["a byte order mark", "\uFEFFdata: a\n\n", ["a"]],
  ["characters of two to four bytes", "data: é微分🧮\n\n", ["é微分🧮"]],
  ["a last event without an empty line", "data: a\n\ndata: [DONE]", ["a", "[DONE]"]],
  ["an event without data", "event: ping\n\ndata: a\n\n", ["a"]],
  ["nothing", "", []],
];

for (const [name, text, events] of streams) {
  test(`${name}: whole, byte by byte, and cut at every place`, () => {
    const bytes = encoder.encode(text);
    assert.deepEqual(parse([bytes]), events);
    assert.deepEqual(parse([...bytes].map((byte) => Uint8Array.of(byte))), events);
    for (let cut = 0; cut <= bytes.length; cut++) {
      assert.deepEqual(parse([bytes.subarray(0, cut), bytes.subarray(cut)]), events, `cut at ${cut}`);
    }
  });
}
