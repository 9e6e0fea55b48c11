// What a stream of a space's chart draws: the series of a metric, summed up as the stream says, or a composite.

import {infoOf, labelOf, readComposite, readLines} from './lines.js';
import {compile} from './transform.js';

const TOGETHER = {average: 'mean', mean: 'mean', sum: 'sum', min: 'min', max: 'max', count: 'count'};
const STATISTICS = {...TOGETHER, derivative: 'derivative'};

/** The tags that a stream asks for, as pairs; % stands for a source that is chosen later, so for all. */
function tagsOf({source, tags}) {
  const pairs = (tags ?? []).flatMap(({name, values}) => (values ?? []).map(value => [name, value]));
  if (source) pairs.push(['source', source]);
  return pairs.filter(([, value]) => value !== '*' && value !== '%');
}

function unitOf(stream, info) {
  const attributes = info?.attributes ?? {};
  const unit = stream.units_short || stream.units_long || attributes.display_units_short || attributes.display_units_long;
  return typeof unit === 'string' && stream.summary_function !== 'count' ? unit : '';
}

/** A line for the whole stream unless it says `breakout`. */
function queryOf(stream, window) {
  const breakout = stream.group_function === 'breakout';
  return {
    ...window, stat: STATISTICS[stream.summary_function] ?? 'mean', group: breakout ? 'each' : '*',
    groupFunction: TOGETHER[stream.group_function] ?? 'mean', tags: tagsOf(stream)
  };
}

function transformed(points, stream, window) {
  if (!stream.transform_function) return points;
  const f = compile(stream.transform_function);
  return points.map(({x, y}) => ({x, y: f(y, stream.period ?? window.resolution)})).filter(({y}) => Number.isFinite(y));
}

/** The lines of one stream: [{key, label, unit, color, points}]. */
export async function readStream(stream, index, window) {
  const query = queryOf(stream, window);
  const info = stream.composite ? null : await infoOf(stream.metric);
  const found = stream.composite ? await readComposite(stream.composite, window) : info && await readLines(info, query);
  if (!found) throw new Error('there is no metric ' + stream.metric);
  const base = stream.name || stream.metric || 'composite';
  return found.lines.map(line => {
    const label = labelOf(line.tags, stream.composite ? 'each' : query.group);
    const alone = found.lines.length === 1;
    return {
      key: index + '\n' + label, label: alone ? base : base === stream.metric ? label : base + ' · ' + label, metric: stream.metric ?? null,
      unit: unitOf(stream, info ?? line.info), color: alone && /^#[0-9a-f]{6}$/i.test(stream.color ?? '') ? stream.color : null,
      points: transformed(line.points, stream, window)
    };
  });
}
