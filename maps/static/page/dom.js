/** Making elements. Text reaches the page as text nodes only: nothing here, or elsewhere, parses markup. */

/**
 * Make an element.
 * @param {string} tag
 * @param {Object} [attributes] `class`, `on…` listeners, true/false for bare attributes, else as text.
 * @param {...(Node|string|null|Array)} children null and undefined are left out.
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  fill(element, ...children);
  return element;
}

/** Append children to an element. */
export function fill(element, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

/** Replace what an element holds. */
export function refill(element, ...children) {
  element.replaceChildren();
  return fill(element, ...children);
}

/** A link, if the address is one that a reader may safely follow; else the bare text. */
export function link(text, url) {
  let parsed = null;
  try {
    parsed = new URL(url);
  } catch {
    return text;
  }
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return text;
  return el("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** A labelled choice. `options` are [value, words] pairs. */
export function choice(id, words, options, value, onchange) {
  const select = el("select", { id, onchange: () => onchange(select.value) });
  for (const [key, label] of options) select.append(el("option", { value: key, selected: key === value }, label));
  select.value = value;
  return el("label", { class: "choice", for: id }, el("span", {}, words), select);
}

/** A button that closes the dialog it is in: without a form, which a sandboxed frame may not send. */
export function closing(text) {
  return el("button", { type: "button", onclick: ({ target }) => target.closest("dialog").close() }, text);
}
