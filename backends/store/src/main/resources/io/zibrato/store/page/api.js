// The store's API, as any client speaks it: GET only, JSON.

const PAGE_LENGTH = 100;

/** What an error's body says, in one line: its request, system and params, or its text as it is. */
function told(text) {
  try {
    const {params = {}, ...others} = JSON.parse(text).errors;
    return [...Object.values(others).flat(), ...Object.entries(params).map(([name, problems]) => name + ' ' + [problems].flat().join(', '))].join('; ');
  } catch {
    return text;
  }
}

/** An answer that is not 2xx. */
export class Refused extends Error {
  constructor(status, text) {
    super('The store answered ' + status + (text ? ': ' + told(text).slice(0, 300) : ''));
    this.status = status;
  }
}

/** The address of a path with parameters, which are pairs, or an object; those without a value are left out. */
export function target(path, parameters = {}) {
  const pairs = Array.isArray(parameters) ? parameters : Object.entries(parameters);
  const query = new URLSearchParams(pairs.filter(([, value]) => value !== null && value !== undefined));
  return path + (query.size > 0 ? '?' + query : '');
}

/** The JSON of an answer. Throws Refused, or a TypeError when there is no answer. */
export async function get(path, parameters) {
  // The origin leaves out a user and token that the page's own address may have in it, which fetch refuses.
  const response = await fetch(location.origin + target(path, parameters), {headers: {Accept: 'application/json'}});
  if (!response.ok) throw new Refused(response.status, await response.text());
  return response.json();
}

/** The same; null for a 404. */
export async function find(path, parameters) {
  try {
    return await get(path, parameters);
  } catch (problem) {
    if (problem instanceof Refused && problem.status === 404) return null;
    throw problem;
  }
}

/** A list over its pages, up to so many: {items, found, total}. */
export async function list(path, member, parameters = {}, most = 1000) {
  let items = [];
  for (;;) {
    const page = await get(path, {...parameters, offset: items.length, length: Math.min(PAGE_LENGTH, most - items.length)});
    items = items.concat(page[member]);
    const {found, total} = page.query;
    if (page[member].length === 0 || items.length >= Math.min(found, most)) return {items, found, total: total ?? found};
  }
}

export const named = (collection, name) => '/v1/' + collection + '/' + encodeURIComponent(name);

/** What happened, for a person. */
export function explain(problem) {
  return problem instanceof TypeError ? 'The store does not answer (' + problem.message + ').' : problem.message;
}

/** Remembers what a key came to for a while, so that what seldom changes is seldom asked for. */
export class Memory {
  constructor(millis) {
    this.millis = millis;
    this.held = new Map();
  }

  /** The promise of it; who asks meanwhile waits for the same. What failed is not remembered. */
  of(key, read) {
    const known = this.held.get(key);
    if (known && Date.now() - known.at < this.millis) return known.promise;
    const promise = read();
    if (this.held.size > 1000) this.held.clear();
    this.held.set(key, {at: Date.now(), promise});
    promise.catch(() => this.held.delete(key));
    return promise;
  }

  forget() {
    this.held.clear();
  }
}
