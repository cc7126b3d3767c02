// Redaction: recall and precision on labelled text, published numbers, and what must not be taken for personal data.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PII_KINDS, type PiiKind } from "./kinds.ts";
import { labelledText, measurePii } from "./labelled/labelled-text.ts";
import { findPii, redact } from "./redact.ts";

test("recall and precision on labelled text are at least 0.98, in sum and of each kind", (context) => {
  const { recall, precision, kinds, missed, wrong } = measurePii(2026, 2000);
  const four = (value: number): string => value.toFixed(4);
  context.diagnostic(`pii recall ${four(recall)}, precision ${four(precision)}`);
  for (const [kind, { labelled, found, exact }] of Object.entries(kinds)) {
    context.diagnostic(
      `${kind}: ${labelled} labelled, recall ${four(exact / labelled)}, precision ${four(exact / found)}`,
    );
    assert.ok(labelled > 400, kind);
    assert.ok(exact >= 0.98 * labelled, `${kind}: ${missed.join("\n")}`);
    assert.ok(exact >= 0.98 * found, `${kind}: ${wrong.join("\n")}`);
  }
  assert.ok(recall >= 0.98 && precision >= 0.98);
});

test("labelled text is the same for a seed, and its labels fit", () => {
  assert.deepEqual(labelledText(3, 5), labelledText(3, 5));
  assert.notDeepEqual(labelledText(3, 5), labelledText(4, 5));
  for (let index = 0; index < 50; index++) {
    const { text, spans } = labelledText(1, index);
    for (const { start, end } of spans) assert.ok(start < end && end <= text.length);
  }
});

/** Published examples: payment processors' test cards, the IBAN registry's, GB 11643's own, RFC texts. */
const KNOWN: [PiiKind, string[]][] = [
  [
    "card",
    [
      "4111111111111111",
      "4242 4242 4242 4242",
      "5555-5555-5555-4444",
      "378282246310005",
      "3782 822463 10005",
      "6011111111111117",
      "3530111333300000",
      "30569309025904",
    ],
  ],
  [
    "iban",
    [
      "DE89 3704 0044 0532 0130 00",
      "GB29NWBK60161331926819",
      "FR14 2004 1010 0505 0001 3M02 606",
      "CH93 0076 2011 6238 5295 7",
      "NO9386011117947",
      "MT84MALT011000012345MTLCAST001S",
    ],
  ],
  ["chinese_id", ["11010519491231002X", "440524188001010014"]],
  ["ip", ["8.8.8.8", "2001:4860:4860::8888", "2606:4700:4700::1111"]],
  [
    "phone",
    [
      "+1 212-736-5000",
      "(212) 736-5000",
      "+44 20 7946 0958",
      "+49 30 901820",
      "13800138000",
      "+86 138 0013 8000",
      "010-62345678",
      "01 42 68 53 00",
    ],
  ],
  [
    "email",
    ["anna.smith+x@mail.example.org", "o'brien@example.ie", "x_y@sub.domain.co.uk", "anna [at] example [dot] org"],
  ],
  ["ssn", ["219-09-9998"]],
];

test("published numbers are found, and the same with a wrong check digit are not", () => {
  for (const [kind, values] of KNOWN)
    for (const value of values) {
      assert.equal(redact(`a ${value} b`).text, `a <${kind.toUpperCase()}> b`, value);
      assert.equal(redact(`（${value}）`).text, `（<${kind.toUpperCase()}>）`, value);
    }
  const spoiled = [
    "4111111111111112",
    "DE89 3704 0044 0532 0130 01",
    "110105194912310021",
    "440524188001010015",
    "378282246310006",
  ];
  for (const value of spoiled) assert.equal(redact(`a ${value} b`).text, `a ${value} b`);
  assert.equal(redact("born 440524189902310014").text, "born 440524189902310014", "30 February");
});

test("special-purpose addresses stay", () => {
  for (const address of [
    "10.1.2.3",
    "127.0.0.1",
    "192.168.0.1",
    "172.31.0.1",
    "100.64.0.1",
    "169.254.1.1",
    "203.0.113.7",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "fe80::1",
    "fd12::1",
    "2001:db8::1",
  ])
    assert.deepEqual(findPii(`at ${address} now`), [], address);
  assert.equal(redact("172.32.0.1 and 11.0.0.1").text, "<IP> and <IP>");
});

test("secrets go, placeholders and names of fields stay", () => {
  const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END PRIVATE KEY-----";
  assert.equal(redact(`x\n${key}\ny`).text, "x\n<SECRET>\ny");
  assert.equal(redact("postgres://app:s3cr3t!@db:5432/x").text, "postgres://app:<PASSWORD>@db:5432/x");
  for (const text of [
    "api_key = os.environ['KEY_2']",
    "password: $PASSWORD_1",
    "https://user:password@host/x",
    "token = nextToken(3)",
    "passwords are 8 to 64 characters",
  ])
    assert.equal(redact(text).text, text);
});

test("only the kinds that were asked for, counted", () => {
  const text = "a@b.org, 8.8.8.8, (212) 736-5000, a@b.org";
  assert.deepEqual(redact(text, ["email", "ip"]), {
    text: "<EMAIL>, <IP>, (212) 736-5000, <EMAIL>",
    redactions: { email: 2, ip: 1 },
  });
  assert.equal(redact(text, []).text, text);
});

test("redacting twice changes nothing more", () => {
  for (let index = 0; index < 300; index++) {
    const once = redact(labelledText(9, index).text).text;
    assert.equal(redact(once).text, once);
  }
  assert.ok(PII_KINDS.length === 9);
});
