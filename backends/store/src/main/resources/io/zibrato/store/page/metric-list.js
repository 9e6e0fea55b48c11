// The list of metrics, with a search; each can be shown alone, or added to the chart.

import {addressWith, go, MAX_METRICS, state} from './address.js';
import {list} from './api.js';
import {$, element, replace, say} from './dom.js';
import {plural} from './format.js';
import {percentileOf, underTimers} from './percentiles.js';

const PAGE = 100;
let most = PAGE;

const same = (a, b) => a.toLowerCase() === b.toLowerCase();
const chosen = name => state.metrics.some(metric => same(metric, name));

/** With a metric more, or one less. */
function toggled(name) {
  return {view: 'metrics', space: null, metrics: chosen(name) ? state.metrics.filter(metric => !same(metric, name)) : [...state.metrics, name]};
}

function item({name, display_name: title, percentiles}) {
  const on = chosen(name);
  const alone = {view: 'metrics', space: null, metrics: [name], stat: null, group: '', only: ''};
  const link = element('a', {href: addressWith(alone), dataset: {key: name}, title: title || ''}, element('span', {className: 'name', textContent: name}));
  if (percentiles.length > 0) link.append(element('span', {className: 'tiny', textContent: percentiles.map(p => 'p' + p).join(' ')}));
  if (on) link.setAttribute('aria-current', 'true');
  const add = element('button', {
    type: 'button', className: 'add', textContent: on ? '−' : '+', dataset: {key: 'add ' + name, metric: name}, 'aria-pressed': String(on),
    'aria-label': (on ? 'Take off the chart: ' : 'Add to the chart: ') + name, title: on ? 'Take off the chart' : 'Add to the chart (a)',
    disabled: !on && state.metrics.length >= MAX_METRICS
  });
  return element('li', {}, link, add);
}

function showFound({items, found, total}) {
  const typed = $('search').value.trim();
  say($('found'), total === 0 ? 'No metrics yet' : plural(found, 'metric') + (typed ? ' of ' + total : '') + (found > items.length ? ', the first ' + items.length : ''));
  $('more').hidden = items.length >= found;
}

/** Reads what is searched for, and shows it. Answers {total, first}: how many metrics there are, and the first of those found. */
export async function refreshList(round) {
  const typed = $('search').value.trim();
  const answer = await round.attempt('Metrics', list('/v1/metrics', 'metrics', {name: typed || null}, most));
  if (round.stale || !answer) return null;
  showMetrics(answer);
  return {total: answer.total, first: answer.items.find(({name}) => !percentileOf(name))?.name ?? answer.items[0]?.name};
}

let last = null;

/** Shows again which ones are on the chart. */
export function showMetrics(answer = last) {
  if (!answer) return;
  last = answer;
  const shown = underTimers(answer.items);
  showFound(answer);
  replace($('metrics'), shown.map(item));
}

/** Up and down through the list; `a` adds what has the focus. */
function walk(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const link = event.target.closest('a[data-key]');
  if (event.key === 'a' && link) {
    go(toggled(link.dataset.key));
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const stops = [$('search'), ...$('metrics').querySelectorAll('a')];
    const here = stops.indexOf(event.target.closest('li')?.querySelector('a') ?? event.target);
    stops[here + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  } else {
    return;
  }
  event.preventDefault();
}

export function startList(refresh) {
  $('search').addEventListener('input', () => {
    most = PAGE;
    refresh();
  });
  $('search').addEventListener('keydown', event => {
    const first = $('metrics').querySelector('a');
    if (event.key === 'Enter' && first) first.click();
  });
  $('more').addEventListener('click', () => {
    most += PAGE;
    refresh();
  });
  $('metrics').addEventListener('click', ({target}) => {
    const add = target.closest('button.add');
    if (add) go(toggled(add.dataset.metric));
  });
  $('side').addEventListener('keydown', walk);
}
