// Shortcuts. They rest while something is being typed.

import {go, state} from './address.js';
import {$, element} from './dom.js';
import {moved, zoomed} from './window.js';

const TYPED = 'input:not([type="checkbox"], [type="radio"]), select, textarea';

function follow(id) {
  $(id).click();
}

/** [keys, what they do, how]. */
function shortcuts({live, theme}) {
  return [
    [['/'], 'Find a metric or a space', () => $('search').focus()],
    [['1'], 'Metrics', () => follow('tab-metrics')],
    [['2'], 'Spaces', () => follow('tab-spaces')],
    [['3'], 'Alerts', () => follow('tab-alerts')],
    [['['], 'Earlier', () => go(moved(state, -1))],
    [[']'], 'Later, up to now', () => go(moved(state, 1))],
    [['-'], 'A time twice as long', () => go(zoomed(state, 2))],
    [['=', '+'], 'A time half as long', () => go(zoomed(state, 0.5))],
    [['0'], 'Up to now again', () => go({from: null, to: null})],
    [['c'], 'To the chart; there ← and → read its points, Home and End go to its ends', () => document.querySelector('main section:not([hidden]) .plot')?.focus()],
    [['n'], 'To the numbers beside the chart', () => document.querySelector('main section:not([hidden]) table input, main section:not([hidden]) summary')?.focus()],
    [['p'], 'Pause, and go on', () => live()],
    [['r'], 'Refresh now', () => live(true)],
    [['t'], 'Theme: auto, light, dark', theme],
    [['?'], 'This list', () => $('help').showModal()]
  ];
}

const ELSEWHERE = [
  [['↑', '↓'], 'In the list: the one before, the next'],
  [['Enter'], 'In the list: show it alone'],
  [['a'], 'In the list: add it to the chart, or take it off'],
  [['Esc'], 'Close this list']
];

function row([keys, text]) {
  const marks = keys.flatMap((key, i) => [i > 0 ? ' ' : '', element('kbd', {textContent: key})]);
  return element('div', {}, element('dt', {}, ...marks), element('dd', {textContent: text}));
}

export function startKeys(actions) {
  const all = shortcuts(actions);
  $('keys').append(...all.map(row), ...ELSEWHERE.map(row));
  $('help-open').addEventListener('click', () => $('help').showModal());
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || $('help').open || event.target.matches(TYPED)) return;
    const found = all.find(([keys]) => keys.includes(event.key));
    if (!found) return;
    event.preventDefault();
    found[2]();
  });
  $('search').addEventListener('keydown', event => {
    if (event.key === 'Escape') $('search').blur();
  });
}
