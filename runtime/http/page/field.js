// Field is the control of one parameter, made from its JSON schema:
//
//   number or integer with both limits   slider
//   number or integer                    number field
//   enum                                 radio buttons, a list when there are many
//   boolean                              check box
//   string                               text field
//   upload, or list of them              file field
//   what may be null                     the same, where it may be left empty
//   anything else                        text field for JSON
//
// A field has its node, the target of its label, get (undefined: leave the
// parameter out), set, reset to the schema's default, live (a change is worth
// sending at once), dragged (its changes come in a stream, so the newest will do),
// the values of a choice, and, where what get returns is a File or a list of them,
// progress (how much has been sent, from 0 to 1, or undefined).

import { element } from "./element.js";

let count = 0;

export function field(name, schema) {
  const values = schema.enum ?? ("const" in schema ? [schema.const] : undefined);
  if (values) return values.length > 6 ? list(values, schema) : radios(name, values, schema);
  if (schema.type === "boolean") return check(schema);
  if (schema.type === "string") return text(schema);
  const upload = (s) => "upload_id" in (schema.$defs?.[s?.$ref?.split("/").at(-1)]?.properties ?? {});
  if (upload(schema) || schema.anyOf?.some(upload)) return files(schema, false);
  if (upload(schema.items)) return files(schema, true);
  const inner = schema.anyOf?.find((s) => ["string", "number", "integer"].includes(s.type));
  if (inner && schema.anyOf.length === 2 && !inner.enum) return emptied({ ...inner, default: schema.default });
  if (schema.type !== "number" && schema.type !== "integer") return json(schema);
  const min = schema.minimum ?? schema.exclusiveMinimum, max = schema.maximum ?? schema.exclusiveMaximum;
  return min !== undefined && max !== undefined ? slider(min, max, schema) : number(min, max, schema);
}

function slider(min, max, schema) {
  const step = schema.multipleOf ?? (schema.type === "integer" ? 1 : niceStep(max - min));
  const input = element("input", { type: "range", min, max, step, id: id() });
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const value = element("output", { className: "value", htmlFor: input.id });
  const show = (known) => { value.textContent = known ? input.valueAsNumber.toFixed(digits) : "not set"; };
  input.addEventListener("input", () => show(true));
  const set = (v) => { input.value = v ?? (min + max) / 2; show(v != null); };
  return made(element("div", { className: "slider" }, input, value), input, {
    get: () => input.valueAsNumber, set, live: true, dragged: true,
  }, schema);
}

// niceStep divides a range into about a hundred steps of 1, 2 or 5 times a
// power of ten.
function niceStep(range) {
  const rough = range / 100, power = 10 ** Math.floor(Math.log10(rough) + 1e-9);
  const times = [1, 2, 5, 10].find((n) => n * power >= rough * 0.999);
  return Number((times * power).toPrecision(1));
}

function number(min, max, schema) {
  const step = schema.multipleOf ?? (schema.type === "integer" ? 1 : "any");
  const input = element("input", { type: "number", min: min ?? "", max: max ?? "", step, id: id(), required: !!schema.required });
  const get = () => (Number.isNaN(input.valueAsNumber) ? undefined : input.valueAsNumber);
  return made(input, input, { get, set: (v) => { input.value = v ?? ""; } }, schema);
}

function text(schema) {
  const input = element("input", { type: "text", id: id(), autocomplete: "off", spellcheck: false });
  if (schema.maxLength !== undefined) input.maxLength = schema.maxLength;
  if (schema.minLength !== undefined) input.minLength = schema.minLength;
  const get = () => (input.value === "" && !schema.required ? undefined : input.value);
  return made(input, input, { get, set: (v) => { input.value = v ?? ""; } }, schema);
}

// emptied is a field that may be left empty, so a number is none of a slider.
function emptied(schema) {
  return schema.type === "string" ? text(schema) : number(schema.minimum, schema.maximum, schema);
}

// json takes any JSON. What is none is sent as text, and the answer says what it
// should be.
function json(schema) {
  const placeholder = { array: "[]", object: "{}" }[schema.type] ?? "JSON";
  const input = element("input", { type: "text", id: id(), autocomplete: "off", spellcheck: false, placeholder, required: !!schema.required });
  const get = () => {
    const value = input.value.trim();
    if (value === "") return undefined;
    try { return JSON.parse(value); } catch { return value; }
  };
  return made(input, input, { get, set: (v) => { input.value = v === undefined || v === null ? "" : JSON.stringify(v); } }, schema);
}

function files(schema, many) {
  const input = element("input", { type: "file", id: id(), multiple: many, required: !!schema.required && !(many && !schema.minItems) });
  const bar = element("progress", { hidden: true, max: 1, value: 0, ariaLabel: "sent" });
  const get = () => (many ? [...input.files] : input.files[0]);
  const progress = (share) => {
    bar.hidden = share === undefined;
    bar.value = share ?? 0;
  };
  return made(element("div", { className: "files" }, input, bar), input, { get, set: () => { input.value = ""; }, progress }, schema);
}

function check(schema) {
  const input = element("input", { type: "checkbox", id: id() });
  return made(input, input, { get: () => input.checked, set: (v) => { input.checked = !!v; }, live: true }, schema);
}

function list(values, schema) {
  const input = element("select", { id: id(), required: !!schema.required },
    element("option", { value: "", textContent: "choose" }),
    ...values.map((v, i) => element("option", { value: i, textContent: v })));
  const get = () => values[input.value];
  return made(input, input, { get, set: (v) => { input.value = values.includes(v) ? values.indexOf(v) : ""; }, live: true, values }, schema);
}

function radios(name, values, schema) {
  const group = id();
  const inputs = values.map((v, i) => element("input", { type: "radio", name: group, value: i, required: !!schema.required }));
  const node = element("div", { className: "choice", role: "radiogroup", id: group, ariaLabel: name },
    ...values.map((v, i) => element("label", {}, inputs[i], element("span", { textContent: v }))));
  const get = () => values[inputs.findIndex((input) => input.checked)];
  const set = (v) => inputs.forEach((input, i) => { input.checked = values[i] === v; });
  return made(node, node, { get, set, live: true, values }, schema);
}

// made completes a field: target is what its label and description belong to.
function made(node, target, rest, schema) {
  const reset = () => rest.set(schema.default);
  reset();
  return { node, target, reset, ...rest };
}

const id = () => `field-${++count}`;
