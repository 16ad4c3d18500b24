// Figures are what the tests measure, printed as a table when a file has run.

import { after } from "node:test";

const rows = [];

after(() => { if (rows.length) console.table(Object.fromEntries(rows)); });

// figure records one measured value with its unit.
export function figure(what, value, unit) {
  rows.push([what, { value: Number(value.toFixed(1)), unit }]);
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
