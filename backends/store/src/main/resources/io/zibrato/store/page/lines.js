// The lines of a metric: what the store has measured, by tags, as points to draw.

import {find, get, Memory, named} from './api.js';

const MAX_PAGES = 20;
const WEEK_SECONDS = 604800;
const TOGETHER = {mean: 'mean', sum: 'sum', count: 'sum', min: 'min', max: 'max'};
const tagsSeen = new Memory(60000);
const infos = new Memory(30000);

/** The answers to one question about a metric, over as many responses as they take: {series, cut}; null if there is no such metric. */
async function ask(metric, parameters) {
  const path = named('measurements', metric);
  let answer = await find(path, parameters);
  if (!answer) return null;
  const series = new Map();
  let cut = false;
  for (let page = 1; ; page++) {
    for (const {tags, measurements} of answer.series) {
      const key = JSON.stringify(tags ?? {});
      const known = series.get(key);
      if (known) known.points.push(...measurements.map(({time, value}) => ({x: time, y: value})));
      else series.set(key, {tags: tags ?? {}, points: measurements.map(({time, value}) => ({x: time, y: value}))});
    }
    const next = (answer.links ?? []).find(({rel}) => rel === 'next');
    cut = Boolean(next);
    if (!next || page === MAX_PAGES) break;
    answer = await get(path, [...new URL(next.href, location.origin).searchParams]); // wherever it leads, we stay here
  }
  return {lines: [...series.values()].filter(line => line.points.length > 0), cut};
}

/** Of sums and counts the means: exact, however many measurements each series had. */
function means(sums, counts) {
  const byTags = new Map(counts.lines.map(line => [JSON.stringify(line.tags), new Map(line.points.map(({x, y}) => [x, y]))]));
  return sums.lines.map(({tags, points}) => {
    const count = byTags.get(JSON.stringify(tags));
    return {tags, points: points.filter(({x}) => count?.get(x) > 0).map(({x, y}) => ({x, y: y / count.get(x)}))};
  });
}

/**
 * The lines of the metric that `info` tells of: {lines: [{tags, points: [{x, y}]}], cut}; null if it is gone.
 *
 * stat is mean, sum, count, min or max; group is `each` for a line of each series, `*` for one of all, or the name of a tag; tags are pairs of
 * a name and a pattern. Together, series give what stat would be of all their measurements; unless groupFunction says how to combine them.
 */
export async function readLines(info, {start, end, resolution, stat, group, groupFunction, tags = []}) {
  if (info.type === 'composite') return readComposite(info.composite, {start, end, resolution});
  const metric = info.name;
  const counter = info.type === 'counter';
  const question = [['start_time', start], ['end_time', end], ['resolution', resolution], ...tags.map(([name, value]) => ['tags[' + name + ']', value])];
  const of = statistic => (counter && statistic === 'mean' ? [] : [['summary_function', statistic]]);
  if (group === 'each') return ask(metric, [...question, ...of(stat)]);
  const grouped = by => [...question, ['group_by', group], ['group_by_function', by]];
  if (stat === 'mean' && !groupFunction && !counter) {
    const [sums, counts] = await Promise.all([ask(metric, [...grouped('sum'), ...of('sum')]), ask(metric, [...grouped('sum'), ...of('count')])]);
    return sums && counts ? {lines: means(sums, counts), cut: sums.cut || counts.cut} : null;
  }
  return ask(metric, [...grouped(groupFunction ?? (counter && stat === 'mean' ? 'sum' : TOGETHER[stat])), ...of(stat)]);
}

/** The lines of a composite query: as readLines. */
export async function readComposite(compose, {start, end, resolution}) {
  const answer = await get('/v1/measurements', {compose, start_time: start, end_time: end, resolution});
  const lines = (answer.measurements ?? answer.series ?? answer).map(line => ({
    tags: line.tags ?? {}, info: line.metric, points: (line.measurements ?? line.series).map(({time, value}) => ({x: time, y: value}))}));
  return {lines: lines.filter(line => line.points.length > 0), cut: false};
}

/** What the store knows of the metric, not older than half a minute; null if there is none. */
export function infoOf(metric) {
  return infos.of(metric.toLowerCase(), () => find(named('metrics', metric)));
}

export function forgetInfos() {
  infos.forget();
}

/** The epoch second of the latest measurement; null if there is none. */
export async function latestTime(metric) {
  const found = await find(named('metrics', metric), {count: 1, resolution: 1});
  const rows = Object.values(found?.measurements ?? {});
  return rows.length > 0 ? rows[0][0].measure_time : null;
}

/** The names of the tags that series of these metrics have in a time, each once. */
export async function tagNames(metrics, {start, end}) {
  const all = await Promise.all(metrics.map(metric => tagsSeen.of(metric + ' ' + (end - start), async () => {
    const found = await ask(metric, {start_time: start, end_time: end, resolution: WEEK_SECONDS});
    return [...new Set((found?.lines ?? []).flatMap(({tags}) => Object.keys(tags)))];
  })));
  return [...new Set(all.flat())].sort();
}

/** What tells a line from others of its metric. */
export function labelOf(tags, group) {
  const names = Object.keys(tags);
  if (group === '*') return 'all';
  if (names.length === 0) return 'unassigned';
  if (names.length === 1 && (names[0] === 'source' || names[0] === group)) return tags[names[0]];
  return names.map(name => name + '=' + tags[name]).join(' ');
}

/** What a person typed to choose series: `web-*` is a source, `region=eu-*` another tag; several are divided by spaces. */
export function tagsTyped(text) {
  return text.split(/[\s,]+/).filter(Boolean).map(each => {
    const at = each.indexOf('=');
    return at > 0 ? [each.slice(0, at), each.slice(at + 1)] : ['source', each];
  });
}
