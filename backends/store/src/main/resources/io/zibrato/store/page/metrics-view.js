// The chart of the chosen metrics, and what stands around it.

import {addressWith, go, settle, state, STATISTICS} from './address.js';
import {limitsOf, readAlerts, watches} from './alerts.js';
import {eventItem, readEvents} from './annotations.js';
import {$, element, replace, say} from './dom.js';
import {formatAge, formatMoment, formatSpan, plural, saysItself} from './format.js';
import {latestTime, tagNames, tagsTyped} from './lines.js';
import {LinesTable} from './lines-table.js';
import {about, axesOf, linesOf, usualGroup, usualStat} from './metric-lines.js';
import {Places} from './palette.js';
import {Plot} from './plot.js';
import {readByKeys} from './reader.js';
import {picked, windowOf} from './window.js';

const places = new Places();
let plot = null;
let table = null;
let shown = null;
let identity = null;

function statistic(stat, known) {
  return stat === 'mean' && known.every(({info}) => info?.type === 'counter') ? 'last value' : stat;
}

function titleOf(unit, {stat, resolution, known}) {
  const what = stat === 'percentiles' ? '' : statistic(stat, known) + (stat === 'sum' || stat === 'count' ? ' per ' + formatSpan(resolution) : '');
  return !unit || saysItself(unit) ? what : what ? what + ' (' + unit + ')' : unit;
}

function showHead(known) {
  const names = known.map(({name}) => name);
  document.title = names.join(', ') + ' · Zibrato store';
  say($('name'), names.join(' + '));
  say($('type'), names.length === 1 ? known[0].info?.type ?? 'not there' : plural(names.length, 'metric'));
  const [{info}] = known;
  say($('about'), names.length === 1 ? [info?.display_name, info?.description].filter(Boolean).join(' · ') : '');
  replace($('chips'), names.length < 2 ? [] : names.map(name => {
    const rest = state.metrics.filter(each => each.toLowerCase() !== name.toLowerCase());
    return element('a', {
      className: 'chip', href: addressWith({metrics: rest}), 'aria-label': 'Take off the chart: ' + name, textContent: name + ' ×', dataset: {key: name}});
  }));
}

function showControls(known, stat, group, tags) {
  for (const input of document.querySelectorAll('#statistics input')) {
    input.checked = input.value === stat;
    if (input.value === 'percentiles') input.disabled = !known.some(({percentiles}) => percentiles.length > 0) && stat !== 'percentiles';
    if (input.value === 'mean') say(input.nextSibling, statistic('mean', known));
  }
  const options = [['each', 'each series'], ['*', 'all together'], ...tags.map(tag => [tag, tag])];
  if (!options.some(([value]) => value === group)) options.push([group, group]);
  if (JSON.stringify(options) !== $('group').dataset.options) {
    $('group').dataset.options = JSON.stringify(options);
    $('group').replaceChildren(...options.map(([value, textContent]) => element('option', {value, textContent})));
  }
  $('group').value = group;
  if (document.activeElement !== $('only')) $('only').value = state.only;
  $('events-on').checked = state.events;
  $('limits-on').checked = state.limits;
}

function showAlerts(alerts, known) {
  const names = known.flatMap(({name, percentiles}) => [name, ...percentiles.map(each => each.name)]);
  const concerned = alerts.filter(alert => alert.state === 'triggered' && watches(alert, names));
  replace($('concerned'), concerned.map(alert => element('p', {className: 'concern'},
      element('span', {className: 'state triggered', textContent: 'triggered'}),
      element('a', {href: addressWith({view: 'alerts'}), textContent: alert.name, dataset: {key: alert.name}}),
      element('span', {textContent: alert.since ? ' for ' + formatAge(Date.now() / 1000 - alert.since) + ', since ' + formatMoment(alert.since, 60) : ''}))));
}

function showEvents(events) {
  $('events').hidden = events.length === 0;
  say($('events-found'), plural(events.length, 'annotation'));
  replace($('event-list'), [...events].reverse().map(eventItem));
}

function caption({lines, found, cut, stat, window}) {
  const points = lines.reduce((sum, line) => sum + line.points.length, 0);
  return [
    window.words, stat === 'sum' || stat === 'count' ? 'per ' + formatSpan(window.resolution) : 'a point each ' + formatSpan(window.resolution),
    plural(found, 'line'), plural(points, 'point'), found > lines.length ? 'only ' + lines.length + ' lines are drawn' : '',
    stat === 'percentiles' ? 'percentiles cannot be averaged: of several, the highest is drawn' : '',
    cut ? 'cut: there are more points than the page reads; choose a shorter time' : ''
  ].filter(Boolean).join(' · ');
}

/** Draws again what was read last: other lines are hidden, one has the focus, or the theme is another. */
export function redrawMetrics() {
  if (!shown || $('metric').hidden) return;
  const {known, lines, window, stat, events, limits} = shown;
  const {axis, units} = axesOf(lines);
  const titles = {y: titleOf(units.y, {stat, resolution: window.resolution, known}), y2: titleOf(units.y2, {stat, resolution: window.resolution, known})};
  const given = places.give(lines.map(line => line.key));
  const placed = lines.map(line => ({...line, place: given.get(line.key), axis: axis(line.unit), hidden: table.hidden.has(line.key)}));
  plot.draw({
    lines: placed, ...window, titles, units, fromZero: stat === 'sum' || stat === 'count', events: state.events ? events : [],
    limits: state.limits ? limits.map(limit => ({...limit, axis: axis(lines.find(line => line.metric.toLowerCase() === limit.metric.toLowerCase())?.unit)})) : [],
    focus: table.focus
  });
  return placed;
}

function showLines() {
  const {lines, known, stat, window, group} = shown;
  const placed = redrawMetrics();
  say($('caption'), caption(shown));
  $('plot').setAttribute('aria-label', 'Chart: ' + statistic(stat, known) + ' of ' + known.map(({name}) => name).join(' and ') + ', ' + window.words);
  $('numbers').hidden = lines.length === 0;
  const summed = stat === 'sum' || stat === 'count';
  table.show({lines: placed, summed, what: group === '*' || known.length > 1 ? 'Line' : group === 'each' ? 'Series' : group, caption: 'The numbers: ' + statistic(stat, known) + ', ' + window.words});
}

async function nothingText({known, lines, window}) {
  if (lines.length > 0) return '';
  const missing = known.find(({info}) => !info);
  if (missing) return 'There is no metric named “' + missing.name + '” yet. This page keeps looking for it.';
  if (state.only) return 'No series like “' + state.only + '” in the ' + window.words + '.';
  const latest = await latestTime(known[0].name);
  return 'No measurements in the ' + window.words + '. ' + (latest === null ? 'There are none at all.' : 'The latest is from ' + formatMoment(latest) + '.');
}

function start() {
  table = new LinesTable($('numbers-table'), () => redrawMetrics());
  plot = new Plot($('chart'), (from, to) => {
    const changes = picked(from, to);
    if (changes) go(changes);
  });
  readByKeys($('plot'), () => plot, $('readout'));
}

/** One round: reads what is chosen, and shows it. */
export async function refreshMetrics(round) {
  const known = await about(state.metrics, round);
  if (round.stale) return;
  const stat = state.stat ?? usualStat(known);
  const group = state.group || usualGroup(stat);
  const window = windowOf(state, Math.max(0, ...known.map(({info}) => info?.period ?? 0)));
  const query = {...window, stat, group, tags: tagsTyped(state.only)};
  const [{lines, found, cut}, events, alerts, tags] = await Promise.all([
    linesOf(known, query, round), round.attempt('Annotations', readEvents(window), []),
    round.attempt('Alerts', readAlerts(), []), round.attempt('Tags', tagNames(known.map(({name}) => name), window), [])]);
  if (round.stale) return;
  const nothing = await round.attempt('', nothingText({known, lines, window}), '');
  if (round.stale) return;
  $('metric').hidden = false;
  if (!plot) start();
  const failed = round.problems.length > 0 && lines.length === 0;
  const now = state.metrics.join('\n').toLowerCase() + '\n' + stat + '\n' + group;
  if (failed && now === identity) return; // what was drawn last stays
  if (now !== identity) table.forget();
  identity = now;
  const names = known.flatMap(({name, percentiles}) => (stat === 'percentiles' ? percentiles.map(each => each.name) : [name]));
  shown = {known, lines, found, cut, events, stat, group, window, limits: limitsOf(alerts, names)};
  showHead(known);
  showControls(known, stat, group, tags);
  showAlerts(alerts, known);
  showEvents(state.events ? events : []);
  showLines();
  say($('nothing'), nothing);
  $('nothing').hidden = !nothing;
}

export function startMetrics(refresh) {
  for (const stat of STATISTICS) {
    const input = element('input', {type: 'radio', name: 'stat', value: stat});
    $('statistics').append(element('label', {className: 'choice'}, input, element('span', {textContent: stat})));
  }
  const change = changes => {
    settle(changes);
    refresh();
  };
  $('statistics').addEventListener('change', ({target}) => change({stat: target.value}));
  $('group').addEventListener('change', ({target}) => change({group: target.value}));
  $('only').addEventListener('change', ({target}) => change({only: target.value.trim()}));
  $('events-on').addEventListener('change', ({target}) => change({events: target.checked}));
  $('limits-on').addEventListener('change', ({target}) => change({limits: target.checked}));
}
