// Keeps what the page shows in step with the address (#metric=NAME&stat=mean&range=900) and with the store.
// Whatever comes from the store is put into the page as text, never as markup.

import {Plot, formatMoment, formatNumber, lineColor} from './plot.js';

const REFRESH_MILLIS = 5000;
const MAX_LINES = 30;
const MAX_PAGES = 5;
const STATISTICS = {mean: 'value', sum: 'sum', count: 'count', min: 'min', max: 'max'};
const RANGES = {300: ['5 min', 1], 900: ['15 min', 5], 3600: ['1 h', 15], 21600: ['6 h', 60], 86400: ['24 h', 300], 604800: ['7 d', 3600]};

const $ = id => document.getElementById(id);
const state = {metric: null, stat: 'mean', range: 900, hidden: new Set(), colors: new Map(), shown: null, paused: false};
let plot = null;
let timer = null;
let round = 0;

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// The address

function addressOf(metric, stat = state.stat, range = state.range) {
  return '#' + new URLSearchParams({metric, stat, range});
}

function readAddress() {
  const address = new URLSearchParams(location.hash.slice(1));
  const metric = address.get('metric');
  if (metric !== state.metric) {
    Object.assign(state, {metric, hidden: new Set(), colors: new Map(), shown: null});
  }
  if (Object.hasOwn(STATISTICS, address.get('stat') ?? '')) state.stat = address.get('stat');
  if (Object.hasOwn(RANGES, address.get('range') ?? '')) state.range = Number(address.get('range'));
  document.title = metric ? metric + ' · Zibrato store' : 'Zibrato store';
  for (const input of document.querySelectorAll('.choice input')) {
    input.checked = input.value === String(input.name === 'stat' ? state.stat : state.range);
  }
}

// The API

async function get(path, parameters) {
  // The origin leaves out a user and token that the page's own address may have in it, which fetch refuses.
  const response = await fetch(location.origin + path + '?' + new URLSearchParams(parameters), {headers: {Accept: 'application/json'}});
  if (response.status === 404) return null;
  if (!response.ok) throw new Error('The store answered ' + response.status + ': ' + (await response.text()).slice(0, 300));
  return response.json();
}

const metricPath = name => '/v1/metrics/' + encodeURIComponent(name);

/** The metric with the measurements from a time on, over as many responses as they take. */
async function measurements(name, start, resolution) {
  const path = metricPath(name);
  const metric = await get(path, {start_time: start, resolution});
  let next = metric?.query?.next_time;
  for (let page = 1; next && page < MAX_PAGES; page++) {
    const more = await get(path, {start_time: next, resolution});
    for (const [source, points] of Object.entries(more?.measurements ?? {})) {
      metric.measurements[source] = (metric.measurements[source] ?? []).concat(points);
    }
    next = more?.query?.next_time;
  }
  if (metric) metric.cut = Boolean(next);
  return metric;
}

// The list

function showList({metrics, query}) {
  const typed = $('search').value.trim();
  $('found').textContent = query.total === 0 ? 'No metrics yet'
      : query.found > metrics.length ? 'First ' + metrics.length + ' of ' + query.found + ': type to narrow it down'
      : query.found + (query.found === 1 ? ' metric' : ' metrics') + (typed ? ' of ' + query.total : '');
  const list = $('metrics');
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.name : null;
  list.replaceChildren(...metrics.map(({name, display_name}) => {
    const link = element('a', {href: addressOf(name), textContent: name});
    link.dataset.name = name;
    if (display_name) link.title = display_name;
    if (sameName(name, state.metric)) link.setAttribute('aria-current', 'true');
    return element('li', {}, link);
  }));
  if (focused) [...list.querySelectorAll('a')].find(a => a.dataset.name === focused)?.focus();
}

function sameName(a, b) {
  return a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
}

// The chosen metric

function seriesOf(metric) {
  const names = Object.keys(metric.measurements);
  for (const name of names) {
    if (!state.colors.has(name)) state.colors.set(name, state.colors.size);
  }
  return names.slice(0, MAX_LINES).map(name => ({
    name, color: state.colors.get(name), hidden: state.hidden.has(name), rows: metric.measurements[name],
    points: metric.measurements[name]
        .filter(row => row[STATISTICS[state.stat]] !== undefined)
        .map(row => ({x: row.measure_time, y: row[STATISTICS[state.stat]]}))
  }));
}

function showMetric(metric, start, end, resolution) {
  const series = seriesOf(metric);
  const names = Object.keys(metric.measurements);
  const points = series.reduce((sum, s) => sum + (s.hidden ? 0 : s.points.length), 0);
  const what = statisticName(metric) + (state.stat === 'sum' || state.stat === 'count' ? ' per ' + span(resolution) : '');
  state.shown = {metric, start, end, resolution};
  $('name').textContent = metric.name;
  $('type').textContent = metric.type;
  const about = [metric.display_name, metric.description].filter(Boolean).join(' · ');
  $('about').textContent = about;
  $('about').hidden = !about;
  document.querySelector('#statistics span').textContent = statisticName(metric, 'mean');
  plot ??= new Plot($('chart'));
  plot.draw({series, start, end, resolution, title: unit(metric, what), fromZero: state.stat === 'sum' || state.stat === 'count'});
  $('chart').setAttribute('aria-label',
      what + ' of ' + metric.name + ', last ' + RANGES[state.range][0] + ', ' + points + ' points; the table below has the numbers');
  $('caption').textContent = points === 0 ? '' : [
    what, what.includes(' per ') ? '' : 'each point is ' + span(resolution), points + (points === 1 ? ' point' : ' points'),
    names.length > MAX_LINES ? MAX_LINES + ' of ' + names.length + ' sources' : '',
    metric.cut ? 'cut: more points than the page draws, choose a shorter range' : ''
  ].filter(Boolean).join(' · ');
  showSources(series);
}

function statisticName(metric, stat = state.stat) {
  return stat === 'mean' && metric.type === 'counter' ? 'last value' : stat;
}

function unit(metric, what) {
  const units = metric.attributes.display_units_short || metric.attributes.display_units_long;
  return typeof units === 'string' && state.stat !== 'count' ? what + ' (' + units + ')' : what;
}

function span(seconds) {
  return seconds % 3600 === 0 ? seconds / 3600 + ' h' : seconds % 60 === 0 ? seconds / 60 + ' min' : seconds + ' s';
}

function total(rows) {
  const all = {count: 0, sum: 0, min: null, max: null};
  for (const row of rows) {
    all.count += row.count;
    all.sum += row.sum;
    if (row.min !== undefined) all.min = Math.min(all.min ?? row.min, row.min);
    if (row.max !== undefined) all.max = Math.max(all.max ?? row.max, row.max);
  }
  return all;
}

function showSources(series) {
  const body = $('sources');
  document.querySelector('.table').hidden = series.length === 0;
  const focused = body.contains(document.activeElement) ? document.activeElement.value : null;
  body.replaceChildren(...series.map(({name, color, rows}) => {
    const box = element('input', {type: 'checkbox', value: name, checked: !state.hidden.has(name)});
    box.style.accentColor = lineColor(color);
    const label = element('label', {className: 'source'}, box, element('span', {textContent: name}));
    const all = total(rows);
    const cells = [rows[rows.length - 1].value, all.sum / all.count, all.sum, all.count, all.min, all.max];
    return element('tr', {}, element('th', {scope: 'row'}, label),
        ...cells.map(value => element('td', {textContent: formatNumber(value)})));
  }));
  if (focused) [...body.querySelectorAll('input')].find(box => box.value === focused)?.focus();
}

async function showNothing(name, metric) {
  const nothing = $('nothing');
  if (metric && Object.keys(metric.measurements).length > 0) {
    nothing.hidden = true;
    return;
  }
  if (metric === null) {
    nothing.textContent = 'There is no metric named “' + name + '” yet. This page keeps looking for it.';
  } else {
    const latest = await get(metricPath(name), {count: 1, resolution: 1});
    const rows = Object.values(latest?.measurements ?? {});
    nothing.textContent = 'No measurements in the last ' + RANGES[state.range][0] + '. '
        + (rows.length > 0 ? 'The latest is from ' + formatMoment(rows[0][0].measure_time) + '.' : 'There are none at all.');
  }
  nothing.hidden = false;
}

// Keeping it fresh

function chooseFirst({metrics}) {
  if (state.metric === null && metrics.length > 0) {
    history.replaceState(null, '', addressOf(metrics[0].name));
    readAddress();
  }
}

async function refreshMetric(current) {
  const [name, range] = [state.metric, state.range];
  const resolution = RANGES[range][1];
  const end = Math.floor(Date.now() / 1000);
  const start = Math.floor((end - range) / resolution) * resolution;
  const metric = await measurements(name, start, resolution);
  if (current !== round) return;
  await showNothing(name, metric);
  if (current !== round) return;
  showMetric(metric ?? {name, type: 'not there', attributes: {}, measurements: {}}, start, end, resolution);
}

async function refreshAll(current) {
  const list = await get('/v1/metrics', {name: $('search').value.trim()});
  if (current !== round) return;
  chooseFirst(list);
  showList(list);
  $('empty').hidden = state.metric !== null || list.query.total > 0;
  $('metric').hidden = state.metric === null;
  if (state.metric !== null) await refreshMetric(current);
}

/** One refresh at a time counts: what an older one still brings is dropped. */
async function refresh() {
  clearTimeout(timer);
  const current = ++round;
  try {
    await refreshAll(current);
    if (current !== round) return;
    $('error').hidden = true;
    $('status').textContent = 'Updated ' + formatMoment(Date.now() / 1000).split(' ').pop();
  } catch (problem) {
    if (current !== round) return;
    $('error').textContent = problem instanceof TypeError
        ? 'The store does not answer. Trying again every ' + REFRESH_MILLIS / 1000 + ' s. (' + problem.message + ')' : problem.message;
    $('error').hidden = false;
  }
  if (!state.paused) timer = setTimeout(refreshIfSeen, REFRESH_MILLIS);
}

function refreshIfSeen() {
  if (!document.hidden) refresh();
}

// Controls

function choices(fieldset, name, labels) {
  for (const [value, label] of labels) {
    const input = element('input', {type: 'radio', name, value});
    $(fieldset).append(element('label', {className: 'choice'}, input, element('span', {textContent: label})));
  }
  $(fieldset).addEventListener('change', event => {
    const chosen = {stat: state.stat, range: state.range, [name]: event.target.value};
    history.replaceState(null, '', addressOf(state.metric, chosen.stat, chosen.range));
    readAddress();
    refresh();
  });
}

function redraw() {
  if (state.shown) showMetric(state.shown.metric, state.shown.start, state.shown.end, state.shown.resolution);
}

function walkList(event) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops = [$('search'), ...$('metrics').querySelectorAll('a')];
  const next = stops[stops.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}

function listen() {
  addEventListener('hashchange', () => { readAddress(); refresh(); });
  document.addEventListener('visibilitychange', () => { if (!state.paused) refreshIfSeen(); });
  document.addEventListener('keydown', event => {
    if (event.key === '/' && !event.target.matches('input[type="search"]')) {
      event.preventDefault();
      $('search').focus();
    }
  });
  document.querySelector('.skip').addEventListener('click', event => {
    event.preventDefault(); // the address holds the metric
    $('panel').focus();
  });
  $('search').addEventListener('input', refresh);
  document.querySelector('.side').addEventListener('keydown', walkList);
  $('pause').addEventListener('click', () => {
    state.paused = !state.paused;
    $('pause').setAttribute('aria-pressed', state.paused);
    refresh();
  });
  $('sources').addEventListener('change', ({target}) => {
    if (target.checked) state.hidden.delete(target.value); else state.hidden.add(target.value);
    redraw();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
}

function start() {
  $('origin').textContent = location.origin;
  $('example').textContent = "curl " + location.origin + "/v1/metrics \\\n"
      + "  -H 'Content-Type: application/json' \\\n"
      + "  -d '{\"gauges\": [{\"name\": \"login-delay\", \"value\": 3.5, \"source\": \"web-1\"}]}'";
  choices('statistics', 'stat', Object.keys(STATISTICS).map(stat => [stat, stat]));
  choices('ranges', 'range', Object.entries(RANGES).map(([seconds, [label]]) => [seconds, label]));
  readAddress();
  listen();
  refresh();
}

start();
