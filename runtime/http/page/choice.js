// A choice is one of some values: radio buttons for a few, a list for many.

import { element, id } from "./element.js";

export function list(name, values, required, none = "choose") {
  const input = element("select", { id: id(), required },
    element("option", { value: "", textContent: none }),
    ...values.map((v, i) => element("option", { value: i, textContent: v })));
  const get = () => values[input.value];
  const set = (v) => { input.value = values.includes(v) ? values.indexOf(v) : ""; };
  return { node: input, target: input, get, set, live: true, values };
}

export function radios(name, values, required) {
  const group = id();
  const inputs = values.map((v, i) => element("input", { type: "radio", name: group, value: i, required }));
  const node = element("div", { className: "choice", role: "radiogroup", id: group, ariaLabel: name },
    ...values.map((v, i) => element("label", {}, inputs[i], element("span", { textContent: v }))));
  const get = () => values[inputs.findIndex((input) => input.checked)];
  const set = (v) => inputs.forEach((input, i) => { input.checked = values[i] === v; });
  return { node, target: node, get, set, live: true, values };
}
