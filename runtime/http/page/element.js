// element makes an element with properties, and the children in it.
export function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

let count = 0;

// id returns another id at each call.
export const id = () => `field-${++count}`;

// words makes a name readable: set_prompt becomes "Set prompt".
export function words(name) {
  const text = name.replaceAll(/[_-]+/g, " ");
  return text[0].toUpperCase() + text.slice(1);
}
