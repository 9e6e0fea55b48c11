// What is shown stands in the address after the #, so that it can be kept, sent and gone back to.

export const STATISTICS = ['mean', 'sum', 'count', 'min', 'max', 'percentiles'];
export const MAX_METRICS = 8;
const VIEWS = ['metrics', 'spaces', 'alerts'];
const DEFAULTS = {
  view: 'metrics', space: null, metrics: [], stat: null, range: 900, from: null, to: null, group: '', only: '', events: true, limits: true
};

function whole(text, min) {
  return /^\d{1,11}$/.test(text ?? '') && Number(text) >= min ? Number(text) : null;
}

export function parse(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const state = {...DEFAULTS};
  state.metrics = [...new Set(said.getAll('metric').filter(Boolean))].slice(0, MAX_METRICS);
  state.space = whole(said.get('space'), 1);
  state.view = state.space !== null ? 'spaces' : VIEWS.includes(said.get('view')) ? said.get('view') : 'metrics';
  if (STATISTICS.includes(said.get('stat'))) state.stat = said.get('stat');
  state.range = Math.min(whole(said.get('range'), 10) ?? DEFAULTS.range, 366 * 86400);
  const [from, to] = [whole(said.get('from'), 0), whole(said.get('to'), 1)];
  if (from !== null && to !== null && from < to) Object.assign(state, {from, to});
  state.group = said.get('group') ?? '';
  state.only = said.get('only') ?? '';
  state.events = said.get('events') !== 'off';
  state.limits = said.get('limits') !== 'off';
  return state;
}

/** What differs from the defaults. */
export function format(state) {
  const said = new URLSearchParams();
  if (state.space !== null) said.set('space', state.space);
  else if (state.view !== DEFAULTS.view) said.set('view', state.view);
  for (const metric of state.metrics) said.append('metric', metric);
  for (const name of ['stat', 'range', 'from', 'to', 'group', 'only']) {
    if (state[name] !== DEFAULTS[name] && state[name] !== null) said.set(name, state[name]);
  }
  for (const name of ['events', 'limits']) {
    if (!state[name]) said.set(name, 'off');
  }
  return '#' + said;
}

export let state = parse(location.hash);

/** The address of the present state with changes. */
export function addressWith(changes) {
  return format({...state, ...changes});
}

/** Changes the state in place of the present entry of the history, without telling anybody. */
export function settle(changes) {
  history.replaceState(null, '', addressWith(changes));
  state = parse(location.hash);
}

/** Changes the state; a step back undoes it. */
export function go(changes) {
  const next = addressWith(changes);
  if (next !== location.hash) location.hash = next;
}

/** Calls back when the state has changed through `go`, a link, or a step back. */
export function onChange(callback) {
  addEventListener('hashchange', () => {
    state = parse(location.hash);
    callback();
  });
}
