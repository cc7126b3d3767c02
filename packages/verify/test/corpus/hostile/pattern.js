// expect: budget cpu
// A regular expression that backtracks for ever.
console.log(/^(a+)+$/.test("a".repeat(60) + "b"));
