// Zibrato's worker sends the percentiles of a timer beside it, as gauges NAME.p50, NAME.p99.9 and so on.

import {list, Memory} from './api.js';

const NAME = /^(.+)\.p(\d{1,2}(?:\.\d+)?|100)$/i;
const memory = new Memory(60000);

/** {timer, percentile} if the name is one of a percentile, else null. */
export function percentileOf(name) {
  const parts = NAME.exec(name);
  return parts ? {timer: parts[1], percentile: Number(parts[2])} : null;
}

/** Metrics with those of percentiles put under their timers: [{...metric, percentiles: [50, 95]}]. */
export function underTimers(metrics) {
  const byName = new Map(metrics.map(metric => [metric.name.toLowerCase(), {...metric, percentiles: []}]));
  for (const metric of metrics) {
    const part = percentileOf(metric.name);
    const timer = part && byName.get(part.timer.toLowerCase());
    if (timer) {
      timer.percentiles.push(part.percentile);
      byName.delete(metric.name.toLowerCase());
    }
  }
  const under = [...byName.values()];
  under.forEach(metric => metric.percentiles.sort((a, b) => a - b));
  return under;
}

/** The percentiles that the store has of a timer, ascending: [{percentile, name}]. */
export function percentilesOf(timer) {
  return memory.of(timer.toLowerCase(), async () => {
    const {items} = await list('/v1/metrics', 'metrics', {name: timer + '.p*'}, 100);
    return items.map(({name}) => ({name, ...percentileOf(name)}))
        .filter(each => each.timer?.toLowerCase() === timer.toLowerCase())
        .sort((a, b) => a.percentile - b.percentile);
  });
}
