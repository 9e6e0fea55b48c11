// The lines of a metric: what the store has measured, by source, as points to draw.

import {find, get, named} from './api.js';

const MEMBERS = {mean: 'value', sum: 'sum', count: 'count', min: 'min', max: 'max'};
const MAX_PAGES = 20;

/** The metric with its rows from a time on, over as many responses as they take; null if there is no such metric. */
async function rows(metric, {start, end, resolution, only}) {
  const path = named('metrics', metric);
  const asked = {end_time: end, resolution, source: only || null};
  const found = await find(path, {...asked, start_time: start});
  if (!found) return null;
  let next = found.query?.next_time;
  for (let page = 1; next && page < MAX_PAGES; page++) {
    const more = await find(path, {...asked, start_time: next});
    for (const [source, points] of Object.entries(more?.measurements ?? {})) {
      found.measurements[source] = (found.measurements[source] ?? []).concat(points);
    }
    next = more?.query?.next_time;
  }
  return {...found, cut: Boolean(next)};
}

function together(measurements) {
  const times = new Map();
  for (const row of Object.values(measurements).flat()) {
    const sum = times.get(row.measure_time);
    if (!sum) {
      times.set(row.measure_time, {...row});
      continue;
    }
    sum.count += row.count;
    sum.sum += row.sum;
    sum.min = Math.min(sum.min, row.min);
    sum.max = Math.max(sum.max, row.max);
    sum.value = sum.sum / sum.count;
  }
  return [...times.values()].sort((a, b) => a.measure_time - b.measure_time);
}

/** {info, lines: [{tags, points: [{x, y}]}], cut}; null if there is no such metric. */
export async function readLines(metric, query) {
  const found = await rows(metric, query);
  if (!found) return null;
  const {measurements, cut, ...info} = found;
  const member = MEMBERS[query.stat];
  const points = list => list.filter(row => row[member] !== undefined).map(row => ({x: row.measure_time, y: row[member]}));
  const lines = query.group === '*' ? [{tags: {}, points: points(together(measurements))}]
      : Object.entries(measurements).map(([source, list]) => ({tags: source === 'unassigned' ? {} : {source}, points: points(list)}));
  return {info, lines: lines.filter(line => line.points.length > 0), cut};
}

/** The metric alone; null if there is none. */
export function readInfo(metric) {
  return find(named('metrics', metric));
}

/** The epoch second of the latest measurement; null if there is none. */
export async function latestTime(metric) {
  const found = await find(named('metrics', metric), {count: 1, resolution: 1});
  const rows = Object.values(found?.measurements ?? {});
  return rows.length > 0 ? rows[0][0].measure_time : null;
}

export async function tagNames() {
  return [];
}

/** The lines of a composite query: as readLines. */
export async function readComposite(compose, {start, end, resolution}) {
  const answer = await get('/v1/measurements', {compose, start_time: start, end_time: end, resolution});
  const lines = (answer.measurements ?? answer).map(line => ({
    tags: line.tags ?? {}, info: line.metric, points: (line.measurements ?? line.series).map(({time, measure_time: at, value}) => ({x: time ?? at, y: value}))}));
  return {info: null, lines: lines.filter(line => line.points.length > 0), cut: false};
}

/** What tells a line from others of its metric. */
export function labelOf(tags, group) {
  const names = Object.keys(tags);
  if (group === '*') return 'all';
  if (names.length === 0) return 'unassigned';
  if (names.length === 1 && (names[0] === 'source' || names[0] === group)) return tags[names[0]];
  return names.map(name => name + '=' + tags[name]).join(' ');
}
