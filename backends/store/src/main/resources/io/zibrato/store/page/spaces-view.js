// Spaces: their list, and the charts of the open one.

import {addressWith, state} from './address.js';
import {readAlerts} from './alerts.js';
import {readEvents} from './annotations.js';
import {find, list} from './api.js';
import {ChartCard} from './chart-card.js';
import {$, element, replace, say} from './dom.js';
import {plural} from './format.js';
import {windowOf} from './window.js';

const cards = new Map();
let open = null;

function item({id, name}) {
  const link = element('a', {href: addressWith({view: 'spaces', space: id, metrics: []}), dataset: {key: String(id)}}, element('span', {className: 'name', textContent: name}));
  if (id === state.space) link.setAttribute('aria-current', 'true');
  return element('li', {}, link);
}

/** The list at the side. Answers its items, or null. */
async function refreshList(round) {
  const typed = $('search').value.trim();
  const answer = await round.attempt('Spaces', list('/v1/spaces', 'spaces', {name: typed || null}));
  if (round.stale || !answer) return null;
  say($('found'), answer.total === 0 ? 'No spaces yet' : plural(answer.found, 'space') + (typed ? ' of ' + answer.total : ''));
  replace($('metrics'), answer.items.map(item));
  $('more').hidden = true;
  return answer;
}

function clear() {
  for (const card of cards.values()) card.remove();
  cards.clear();
}

/** Keeps the card of each chart, so that nothing jumps. */
function place(charts) {
  const ids = new Set(charts.map(chart => chart.id));
  for (const [id, card] of cards) {
    if (!ids.has(id)) {
      card.remove();
      cards.delete(id);
    }
  }
  charts.forEach((chart, i) => {
    if (!cards.has(chart.id)) cards.set(chart.id, new ChartCard(chart));
    const {node} = cards.get(chart.id);
    if ($('charts').children[i] !== node) $('charts').insertBefore(node, $('charts').children[i] ?? null);
  });
}

function tell(space, text) {
  $('space').hidden = false;
  say($('space-name'), space ? space.name : 'Spaces');
  say($('space-nothing'), text);
  $('space-nothing').hidden = !text;
  document.title = (space ? space.name : 'Spaces') + ' · Zibrato store';
}

export async function refreshSpaces(round) {
  const path = '/v1/spaces/' + state.space;
  const [answer, space, charts] = await Promise.all([
    refreshList(round), state.space === null ? null : round.attempt('Space', find(path)), state.space === null ? null : round.attempt('Charts', find(path + '/charts'))]);
  if (round.stale) return;
  if (open !== state.space) clear();
  open = state.space;
  if (state.space === null) {
    tell(null, answer?.total === 0 ? 'There are no spaces yet. A space is a page of charts; a client makes one with POST /v1/spaces.' : 'Choose a space from the list.');
    return;
  }
  if (!space || !charts) {
    tell(null, round.problems.some(({what}) => what === 'Space') ? '' : 'There is no such space.');
    return;
  }
  tell(space, charts.length === 0 ? 'This space has no charts yet.' : '');
  place(charts);
  const window = windowOf(state);
  const [events, alerts] = await Promise.all([state.events ? round.attempt('Annotations', readEvents(window), []) : [], state.limits ? round.attempt('Alerts', readAlerts(), []) : []]);
  if (round.stale) return;
  await Promise.all(charts.map(chart => cards.get(chart.id)?.refresh(chart, {window, round, events, alerts})));
}

export function redrawSpaces() {
  for (const card of cards.values()) card.draw();
}
