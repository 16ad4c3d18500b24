// The fields of values that have no parts; field.js says when each is made.

import { element, id } from "./element.js";

export function slider(schema) {
  const lowest = schema.minimum ?? schema.exclusiveMinimum, highest = schema.maximum ?? schema.exclusiveMaximum;
  const step = schema.multipleOf ?? (schema.type === "integer" ? 1 : niceStep(highest - lowest, (schema.default ?? lowest) - lowest));
  const min = schema.minimum === undefined ? lowest + step : onStep(lowest, schema);
  const max = schema.maximum === undefined ? highest - step : highest;
  const input = element("input", { type: "range", min, max, step, id: id() });
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const value = element("output", { className: "value", htmlFor: input.id });
  const show = (known) => { value.textContent = known ? input.valueAsNumber.toFixed(digits) : "not set"; };
  input.addEventListener("input", () => show(true));
  const set = (v) => { input.value = v ?? (min + max) / 2; show(v !== undefined); };
  const get = () => input.valueAsNumber;
  return { node: element("div", { className: "slider" }, input, value), target: input, get, set, live: true, dragged: true };
}

// niceStep divides a range into about a hundred steps of 1, 2 or 5 times a power of
// ten, or into more, so that its end and the default value are among them.
function niceStep(range, usual) {
  const rough = range / 100, power = 10 ** Math.floor(Math.log10(rough) + 1e-9);
  const steps = [10, 5, 2, 1, 0.5, 0.2, 0.1].map((n) => Number((n * power).toPrecision(1)));
  const coarsest = steps.findLastIndex((step) => step >= rough * 0.999);
  const meets = (step) => [range, usual].every((n) => Math.abs(n / step - Math.round(n / step)) < 1e-6);
  return steps.slice(coarsest).find(meets) ?? steps[coarsest];
}

// onStep is the lowest multiple in the range: an input counts its steps from its
// minimum.
function onStep(lowest, { multipleOf: step }) { return step ? Math.ceil(lowest / step) * step : lowest; }

export function number(schema, required) {
  const min = schema.minimum ?? schema.exclusiveMinimum, max = schema.maximum ?? schema.exclusiveMaximum;
  const step = schema.multipleOf ?? (schema.type === "integer" ? 1 : "any");
  const input = element("input", { type: "number", min: min === undefined ? "" : onStep(min, schema), max: max ?? "", step, id: id(), required });
  if ([min, max].some(Number.isSafeInteger)) input.placeholder = [min, max].map((n) => (Number.isSafeInteger(n) ? n : "")).join(" … ").trim();
  const get = () => (Number.isNaN(input.valueAsNumber) ? undefined : input.valueAsNumber);
  return { node: input, target: input, get, set: (v) => { input.value = v ?? ""; } };
}

export function text(schema, required) {
  const input = element("input", { type: "text", id: id(), autocomplete: "off", spellcheck: false });
  if (schema.maxLength !== undefined) input.maxLength = schema.maxLength;
  if (schema.minLength !== undefined) input.minLength = schema.minLength;
  input.required = required && (schema.minLength > 0 || schema.pattern !== undefined);
  const matches = pattern(schema.pattern);
  input.addEventListener("input", () =>
    input.setCustomValidity(input.value === "" || matches(input.value) ? "" : `This has to match ${schema.pattern}`));
  const get = () => (input.value === "" && !required ? undefined : input.value);
  return { node: input, target: input, get, set: (v) => { input.value = v ?? ""; input.setCustomValidity(""); } };
}

// pattern returns a test for a pattern of the server. One that only the server
// understands is left to it.
function pattern(source) {
  try {
    const expression = new RegExp(source ?? "", "u");
    return (value) => expression.test(value);
  } catch {
    return () => true;
  }
}

// json takes any JSON. What is none is sent as text, and the answer says what it
// should be.
export function json(required) {
  const input = element("input", { type: "text", id: id(), autocomplete: "off", spellcheck: false, placeholder: "JSON", required });
  const get = () => {
    const value = input.value.trim();
    if (value === "") return undefined;
    try { return JSON.parse(value); } catch { return value; }
  };
  return { node: input, target: input, get, set: (v) => { input.value = v === undefined ? "" : JSON.stringify(v); } };
}

export function check() {
  const input = element("input", { type: "checkbox", id: id() });
  return { node: input, target: input, get: () => input.checked, set: (v) => { input.checked = !!v; }, live: true };
}

// files takes one file, or many. It cannot be set but to none.
export function files(many, required) {
  const input = element("input", { type: "file", id: id(), multiple: many, required });
  const get = () => (many ? [...input.files] : input.files[0]);
  return { node: element("div", { className: "files" }, input), target: input, get, set: () => { input.value = ""; } };
}
