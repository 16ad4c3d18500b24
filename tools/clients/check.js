// Usage: node check.js DIR
//
// Other people's readers on what reactor-gen writes for clients. DIR has files
// NAME.ts, NAME.openapi.json, NAME.manifest.json, and manifest.schema.json. It
// prints what is wrong with each as JSON, {FILE: [TEXT]}: the findings of the
// TypeScript compiler at its strictest as "LINE: TEXT", whether Prettier would set
// a client otherwise, and what validators say of the documents.
//
// use.mjs is run, with the clients as JavaScript in out/.
//
// NAME.values.json is {"schema": SCHEMA, "values": [VALUE]}: of it, the indexes of
// the values are printed that do not fit.

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync, existsSync } from "node:fs";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";
import * as prettier from "prettier";

const dir = process.argv[2];
const found = {};
const tell = (name, text) => (found[name] ??= []).push(text);
const files = readdirSync(dir);
const withEnd = (end) => files.filter((name) => name.endsWith(end));
const read = (name) => readFileSync(join(dir, name), "utf8");

// compile has all clients compiled at once.
function compile() {
  const modules = join(dir, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(import.meta.dirname, "node_modules"), modules);
  const emit = files.includes("use.mjs") ? ["--outDir", "out"] : ["--noEmit"];
  const flags = [...emit, "--pretty", "false", "--strict", "--skipLibCheck", "--target", "es2022", "--lib", "es2022,dom",
    "--module", "esnext", "--moduleResolution", "bundler", "--types", "", "--verbatimModuleSyntax", "--erasableSyntaxOnly",
    "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noUnusedLocals", "--noImplicitReturns"];
  const tsc = join(import.meta.dirname, "node_modules", ".bin", "tsc");
  const { stdout, stderr, status } = spawnSync(tsc, [...flags, ...withEnd(".ts")], { cwd: dir, encoding: "utf8", maxBuffer: 1 << 28 });
  for (const line of stdout.split("\n")) {
    const at = /^(.+?)\((\d+),\d+\): (error .*)$/.exec(line);
    if (at) tell(at[1], `${at[2]}: ${at[3]}`);
    else if (line && !line.startsWith(" ")) tell("tsc", line);
  }
  if (emit[0] === "--outDir") {
    const run = spawnSync(process.execPath, ["use.mjs"], { cwd: dir, encoding: "utf8" });
    if (run.status !== 0) tell("use.mjs", run.stderr);
  }
  if (status !== 0 && Object.keys(found).length === 0) tell("tsc", stdout + stderr);
}

async function format() {
  for (const name of withEnd(".ts").filter((name) => !name.endsWith(".use.ts"))) {
    const text = read(name);
    if ((await prettier.format(text, { parser: "typescript" })) !== text) tell(name, "Prettier sets it otherwise");
  }
}

async function documents() {
  for (const name of withEnd(".openapi.json")) {
    const { valid, errors } = await new Validator().validate(JSON.parse(read(name)));
    if (!valid) tell(name, JSON.stringify(errors));
  }
  const manifests = withEnd(".manifest.json");
  if (manifests.length === 0) return;
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(read("manifest.schema.json")));
  for (const name of manifests) {
    if (!validate(JSON.parse(read(name)))) tell(name, JSON.stringify(validate.errors));
  }
}

function values() {
  for (const name of withEnd(".values.json")) {
    const { schema, values } = JSON.parse(read(name));
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    values.forEach((value, i) => {
      if (!validate(value)) tell(name, String(i));
    });
  }
}

if (withEnd(".ts").length > 0) compile();
await format();
await documents();
values();
process.stdout.write(JSON.stringify(found));
