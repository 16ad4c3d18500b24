// The fields of values that have parts; field.js says when each is made. Each is
// a group of other fields.

import { element, id, words } from "./element.js";

// members is an object whose members are known: [{name, schema, ...field}].
export function members(name, fields) {
  const node = group(name, ...fields.map(({ name, schema, node, target }) => labelled(name, schema.description, node, target)));
  const get = () => Object.fromEntries(fields.map(({ name, get }) => [name, get()]).filter(([, v]) => v !== undefined));
  const set = (value) => fields.forEach((f) => f.set(value?.[f.name] ?? undefined));
  return { node, target: node, get, set, wide: true };
}

// labelled is a field with its label and what is to be known about it.
export function labelled(name, description = "", node, target, hidden = false) {
  const label = element("label", { htmlFor: target.id, textContent: words(name), className: hidden ? "hidden" : "" });
  const hint = element("small", { id: `${target.id}-hint`, textContent: description });
  if (description) target.setAttribute("aria-describedby", hint.id);
  return element("div", { className: "field" }, label, node, hint);
}

// rows is a list of as many items as there are wanted, each a field that item makes.
export function rows(name, item, { least, most, required }) {
  return growing(name, (i) => item(i), { least, most }, {
    read: (fields) => (fields.length === 0 && !required ? undefined : fields.map(({ get }) => get() ?? null)),
    parts: (value) => value ?? [],
  });
}

// map is an object with members of any name, each value a field that value makes.
export function map(name, value, { least, most, required }) {
  const pair = (i) => {
    const key = element("input", { type: "text", ariaLabel: `name ${i + 1} of ${name}`, placeholder: "name", required: true, autocomplete: "off" });
    const field = value(i);
    return {
      node: element("div", { className: "pair" }, key, field.node), target: field.target,
      get: () => [key.value, field.get() ?? null],
      set: ([k, v] = ["", undefined]) => { key.value = k; field.set(v); },
    };
  };
  return growing(name, pair, { least, most }, {
    read: (fields) => (fields.length === 0 && !required ? undefined : Object.fromEntries(fields.map(({ get }) => get()))),
    parts: (value) => Object.entries(value ?? {}),
  });
}

// growing is a group of fields that are added and removed, from least to most.
function growing(name, make, { least, most }, { read, parts }) {
  const add = element("button", { type: "button", textContent: "Add", ariaLabel: `Add to ${name}`, className: "small" });
  const node = group(name, add);
  let fields = [];
  const bound = () => {
    add.disabled = fields.length >= most;
    add.hidden = least === most;
    fields.forEach(({ remove }) => { remove.disabled = fields.length <= least; remove.hidden = least === most; });
  };
  const append = (value) => {
    const field = make(fields.length);
    const remove = element("button", { type: "button", textContent: "×", ariaLabel: `Remove ${fields.length + 1} of ${name}`, className: "small" });
    const row = { ...field, remove, row: element("div", { className: "item" }, field.node, remove) };
    remove.addEventListener("click", () => {
      fields = fields.filter((f) => f !== row);
      row.row.remove();
      bound();
      add.focus();
    });
    row.set(value);
    if (!row.target.ariaLabel) row.target.ariaLabel = `${name} ${fields.length + 1}`;
    fields.push(row);
    add.before(row.row);
  };
  add.addEventListener("click", () => {
    append();
    bound();
    fields.at(-1).row.querySelector("input, select, button").focus();
  });
  const set = (value) => {
    fields.forEach(({ row }) => row.remove());
    fields = [];
    const given = parts(value);
    for (let i = 0; i < Math.max(given.length, least); i++) append(given[i]);
    bound();
  };
  return { node, target: node, get: () => read(fields), set, wide: true };
}

// emptied is a group that may be left out as a whole.
export function emptied(name, field) {
  const box = element("input", { type: "checkbox", id: id(), ariaLabel: `set ${name}` });
  const show = () => { field.node.hidden = field.node.disabled = !box.checked; };
  box.addEventListener("change", show);
  const set = (value) => {
    box.checked = value !== undefined;
    field.set(value);
    show();
  };
  const node = element("div", { className: "emptied" }, box, field.node);
  return { node, target: box, get: () => (box.checked ? field.get() : undefined), set, wide: true };
}

const group = (name, ...children) =>
  element("fieldset", { className: "group", ariaLabel: words(name), id: id() }, ...children);
