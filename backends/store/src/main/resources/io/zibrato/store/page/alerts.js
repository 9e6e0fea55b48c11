// Alerts: what they watch, and how they stand.

import {find, list, Memory} from './api.js';
import {formatNumber, formatSpan} from './format.js';

const FUNCTIONS = {average: 'mean', absolute_value: 'value', derivative: 'change'};
const MAX_ALERTS = 500;
const memory = new Memory(15000);

async function withStatus(alert) {
  const status = alert.active === false ? {} : await find('/v1/alerts/' + alert.id + '/status') ?? {};
  return {...alert, state: alert.active === false ? 'off' : status.status ?? 'unknown', since: status.since ?? null};
}

const RANK = {triggered: 0, unknown: 2, ok: 3, off: 4};

/** All alerts with their state: triggered, ok, off, or what else the store says; those that matter first. */
export function readAlerts() {
  return memory.of('', async () => {
    const {items} = await list('/v1/alerts', 'alerts', {}, MAX_ALERTS);
    const alerts = await Promise.all(items.map(withStatus));
    return alerts.sort((a, b) => (RANK[a.state] ?? 1) - (RANK[b.state] ?? 1) || a.name.localeCompare(b.name));
  });
}

export function forgetAlerts() {
  memory.forget();
}

function where(condition) {
  const tags = (condition.tags ?? []).map(({name, values}) => name + '=' + (values ?? []).join('|'));
  if (condition.source && condition.source !== '*') tags.unshift('source=' + condition.source);
  return tags.length > 0 ? ' where ' + tags.join(', ') : '';
}

/** A condition in words. */
export function conditionText(condition) {
  const {type, metric_name: metric, threshold, duration, summary_function: summary} = condition;
  if (type === 'absent') return metric + ' is not reported for ' + formatSpan(duration) + where(condition);
  const of = summary && summary !== 'average' ? (FUNCTIONS[summary] ?? summary) + ' of ' : '';
  return of + metric + ' is ' + type + ' ' + formatNumber(threshold) + (duration ? ' for ' + formatSpan(duration) : '') + where(condition);
}

const same = (a, b) => a?.toLowerCase() === b?.toLowerCase();

/** Whether an alert watches one of these metrics. */
export function watches(alert, metrics) {
  return alert.conditions.some(condition => metrics.some(metric => same(metric, condition.metric_name)));
}

/** The thresholds that alerts set to these metrics, to be drawn: [{metric, label, value, triggered}]. */
export function limitsOf(alerts, metrics) {
  return alerts.filter(alert => alert.state !== 'off').flatMap(alert => alert.conditions
      .filter(condition => Number.isFinite(condition.threshold) && metrics.some(metric => same(metric, condition.metric_name)))
      .map(condition => ({
        metric: condition.metric_name, value: condition.threshold, triggered: alert.state === 'triggered',
        label: alert.name + (condition.type === 'below' ? ' < ' : ' > ') + formatNumber(condition.threshold)
      })));
}
