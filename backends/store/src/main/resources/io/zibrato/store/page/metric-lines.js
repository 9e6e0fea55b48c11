// What the chart of metrics draws: for each chosen metric its lines, or those of its percentiles.

import {infoOf, labelOf, readLines} from './lines.js';
import {numbersOf} from './lines-table.js';
import {percentilesOf} from './percentiles.js';

const MAX_LINES = 200;

/** What the store knows of the metrics: [{name, info, percentiles}]; info is null where there is no such metric. */
export function about(metrics, round) {
  return Promise.all(metrics.map(async name => {
    const [info, percentiles] = await Promise.all([
      round.attempt(name, infoOf(name)), round.attempt('Percentiles of ' + name, percentilesOf(name), [])]);
    return {name: info?.name ?? name, info, percentiles};
  }));
}

export function unitOf(info, stat = 'mean') {
  const {display_units_short: short, display_units_long: long} = info?.attributes ?? {};
  return stat !== 'count' && typeof (short || long) === 'string' ? short || long : '';
}

/** What a metric is summed up by unless the person says otherwise. */
export function usualStat(known) {
  const said = known.length === 1 ? known[0].info?.attributes?.summarize_function : null;
  return {average: 'mean', sum: 'sum', count: 'count', min: 'min', max: 'max'}[said] ?? 'mean';
}

/** All series, each by itself, is the usual; percentiles are easier to read together. */
export function usualGroup(stat) {
  return stat === 'percentiles' ? '*' : 'each';
}

/** Percentiles cannot be averaged: where several fall together, the highest is shown. */
async function readPercentiles({name, percentiles}, query, round) {
  const read = async each => {
    const info = await infoOf(each);
    return info && {...await readLines(info, {...query, stat: 'max'}), info};
  };
  const all = await Promise.all(percentiles.map(({name: each}) => round.attempt(each, read(each))));
  return all.flatMap((found, i) => (found?.lines ?? []).map(line => {
    const label = labelOf(line.tags, query.group);
    return {...line, metric: name, info: found.info, label: 'p' + percentiles[i].percentile + (label === 'all' ? '' : ' ' + label)};
  }));
}

async function readMetric(known, query, round) {
  if (query.stat === 'percentiles') return readPercentiles(known, query, round);
  const found = known.info && await round.attempt(known.name, readLines(known.info, query));
  return (found?.lines ?? []).map(line => ({...line, metric: known.name, info: known.info, cut: found.cut, label: labelOf(line.tags, query.group)}));
}

/** The first of each metric, then the second of each, and so on: so that colours go to what rises highest, of every metric. */
function byRank(perMetric) {
  const ranked = perMetric.map(lines => lines.map(line => ({...line, peak: numbersOf(line.points).max})).sort((a, b) => b.peak - a.peak));
  const longest = Math.max(0, ...ranked.map(lines => lines.length));
  return Array.from({length: longest}, (_, i) => ranked.map(lines => lines[i]).filter(Boolean)).flat();
}

/** The lines to draw, those that matter most first: [{key, label, metric, tags, unit, points}], and how many there are. */
export async function linesOf(known, query, round) {
  const perMetric = await Promise.all(known.map(each => readMetric(each, query, round)));
  const all = byRank(perMetric);
  const several = known.length > 1;
  const alone = query.group === '*' && query.stat !== 'percentiles';
  const lines = all.slice(0, MAX_LINES).map(line => ({
    ...line, key: line.metric + '\n' + line.label, unit: unitOf(line.info, query.stat),
    label: several ? (alone ? line.metric : line.metric + ' · ' + line.label) : line.label
  }));
  return {lines, found: all.length, cut: all.some(line => line.cut)};
}

/** The axis of each unit: the first left, the second right, further ones left. */
export function axesOf(lines) {
  const units = [...new Set(lines.map(line => line.unit))];
  const axis = unit => (units.indexOf(unit) === 1 ? 'y2' : 'y');
  return {axis, units: {y: units[0] ?? '', y2: units[1] ?? ''}};
}

