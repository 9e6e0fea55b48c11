// Colours of lines. Eight that people with any colour vision tell apart, the second four dashed too; more lines than that are grey.

export const COLORS = 8;
const DASHES = [[], [7, 4]];
const resolved = new Map();
let probe = null;

/** A colour of the style sheet as the present theme has it. */
export function css(name) {
  if (!resolved.has(name)) {
    if (!probe) {
      probe = document.createElement('span');
      probe.hidden = true;
      document.body.append(probe);
    }
    probe.style.color = 'var(' + name + ')';
    resolved.set(name, getComputedStyle(probe).color);
  }
  return resolved.get(name);
}

/** To be called when the theme has changed. */
export function forgetColors() {
  resolved.clear();
}

export function withAlpha(color, alpha) {
  return color.replace(/^rgba?\(([^,]+),([^,]+),([^,)]+).*$/, 'rgba($1,$2,$3,' + alpha + ')');
}

/** Gives lines their places in the palette, and remembers them, so that a line keeps its colour. */
export class Places {
  constructor() {
    this.held = new Map();
  }

  /** Of keys in the order of their importance: each key's place, or none. Places of lines that are gone are given anew. */
  give(keys) {
    const present = new Set(keys);
    for (const key of this.held.keys()) {
      if (!present.has(key)) this.held.delete(key);
    }
    const free = Array.from({length: COLORS}, (_, i) => i).filter(i => ![...this.held.values()].includes(i));
    for (const key of keys) {
      if (free.length > 0 && !this.held.has(key)) this.held.set(key, free.shift());
    }
    return this.held;
  }
}

/** How the line at a place is drawn: {color, dash, muted}. */
export function style(place) {
  if (place === undefined || place === null) return {color: css('--line-other'), dash: [], muted: true};
  return {color: css('--line-' + place % COLORS), dash: DASHES[Math.floor(place / 4) % DASHES.length], muted: false};
}

/** The class names of a swatch for that line in HTML. */
export function swatchClass(place) {
  return place === undefined || place === null ? 'swatch other' : 'swatch line-' + place + (place >= 4 ? ' dashed' : '');
}
