// Field is the control of one value, made from its JSON schema:
//
//   number or integer with both limits   slider, where it has few enough steps
//   number or integer                    number field
//   enum                                 radio buttons, a list when there are many
//   boolean                              check box
//   string                               text field
//   upload, or list of them              file field
//   list                                 a field for each item, which come and go
//   object, map                          a field for each member
//   what may be null                     the same, where it may be left empty
//   anything else                        text field for JSON
//
// A field has its node, the target of its label, get (undefined: leave the value
// out), set (undefined: as it is at first), live (a change is worth sending at
// once), dragged (its changes come in a stream, so the newest will do), wide (it
// needs the whole width), and the values of a choice. What get returns has a File
// wherever an upload is wanted.

import { list, radios } from "./choice.js";
import { emptied, map, members, rows } from "./compound.js";
import { check, files, json, number, slider, text } from "./scalar.js";

// field returns the control of a value. Defs are the schemas that it may refer to,
// required tells that there has to be a value.
export function field(name, given, { required = given.required === true, defs = given.$defs } = {}) {
  const schema = resolve(given, defs);
  const made = make(name, schema, { required, defs });
  const start = "default" in schema ? schema.default ?? undefined : undefined;
  const set = (value) => made.set(value === undefined ? start : value);
  set();
  return { ...made, set };
}

// resolve follows a reference; what stands beside it goes before what it refers to.
function resolve({ $ref, required, ...beside }, defs) {
  const at = defs?.[$ref?.split("/").at(-1)] ?? {};
  return { required: $ref ? at.required : required, ...at, ...beside };
}

function make(name, schema, options) {
  const inner = schema.anyOf?.find((s) => s.type !== "null");
  if (inner && schema.anyOf.length === 2) return optional(name, resolve(inner, options.defs), options);
  const { required } = options;
  const values = schema.enum ?? ("const" in schema ? [schema.const] : undefined);
  if (values) return values.length > 6 ? list(name, values, required) : radios(name, values, required);
  if (upload(schema)) return files(false, required);
  switch (schema.type) {
    case "boolean": return check();
    case "string": return text(schema, required);
    case "number": case "integer": return numeric(schema, required);
    case "array": return array(name, schema, options);
    case "object": return object(name, schema, options);
  }
  return json(required);
}

const upload = (schema) => "upload_id" in (schema.properties ?? {});

// optional is what may be null: where a field can be empty, it is left so.
function optional(name, schema, { defs }) {
  if (schema.enum || schema.type === "boolean") return list(name, schema.enum ?? [true, false], false, "none");
  if (schema.type === "number" || schema.type === "integer") return number(schema, false);
  const compound = ["array", "object"].includes(schema.type) && !upload(schema);
  const made = make(name, schema, { required: compound, defs });
  return compound ? emptied(name, made) : made;
}

function numeric(schema, required) {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, type } = schema;
  const range = (maximum ?? exclusiveMaximum) - (minimum ?? exclusiveMinimum);
  return Number.isNaN(range) || type === "integer" && range > 1000 ? number(schema, required) : slider(schema);
}

function array(name, schema, { required, defs }) {
  const { items, prefixItems, minItems = 0, maxItems = prefixItems?.length ?? Infinity } = schema;
  if (!items && !prefixItems) return json(required);
  if (items && upload(resolve(items, defs))) return files(true, required && minItems > 0);
  const item = (i) => field(`${name} ${i + 1}`, prefixItems?.[i] ?? items, { required: true, defs });
  return rows(name, item, { least: required || minItems === maxItems ? minItems : 0, most: maxItems, required });
}

function object(name, schema, { required, defs }) {
  const { properties, additionalProperties, minProperties = 0, maxProperties = Infinity } = schema;
  if (properties) {
    const needs = (member) => Array.isArray(schema.required) && schema.required.includes(member);
    const made = members(name, Object.entries(properties).map(([member, s]) =>
      ({ name: member, schema: s, ...field(member, s, { required: needs(member), defs }) })));
    return required || "default" in schema ? made : emptied(name, made);
  }
  if (typeof additionalProperties !== "object") return json(required);
  const value = (i) => field(`value ${i + 1}`, additionalProperties, { required: true, defs });
  return map(name, value, { least: required ? minProperties : 0, most: maxProperties, required });
}
