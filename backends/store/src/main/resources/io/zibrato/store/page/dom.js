// Elements. Whatever comes from the store goes in as text, never as markup.

export const $ = id => document.getElementById(id);

/** Makes an element. Properties with a dash become attributes; `dataset` is copied member by member. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'dataset') Object.assign(made.dataset, value);
    else if (name.includes('-') || name === 'role') made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

/** Replaces what is in the parent; the focus stays on what has the same data-key. */
export function replace(parent, children) {
  const active = document.activeElement;
  const key = parent.contains(active) ? active.dataset.key : undefined;
  const [top, left] = [parent.scrollTop, parent.scrollLeft];
  parent.replaceChildren(...children);
  [parent.scrollTop, parent.scrollLeft] = [top, left];
  if (key !== undefined) {
    [...parent.querySelectorAll('[data-key]')].find(e => e.dataset.key === key)?.focus({preventScroll: true});
  }
}

/** Sets the text only when it is another, so that nothing is announced or laid out again. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
