// Alerts: what they watch, and how they stand.

import {find, get, list, Memory} from './api.js';
import {formatNumber, formatSpan} from './format.js';

const FUNCTIONS = {average: 'mean', absolute_value: 'value', derivative: 'change'};
const MAX_ALERTS = 5000; // as many as the store takes
const MAX_ASKED = 100;
const memory = new Memory(15000);

const RANK = {triggered: 0, troubled: 1, unknown: 2, ok: 3, off: 4};

/** All alerts with their state, triggered, ok or off, and since when; those that matter first. */
export function readAlerts() {
  return memory.of('', async () => {
    const [{items}, {firing, cleared}] = await Promise.all([list('/v1/alerts', 'alerts', {}, MAX_ALERTS), get('/v1/alerts/status')]);
    const triggeredAt = new Map(firing.map(({id, triggered_at: at}) => [id, at]));
    const clearedAt = new Map(cleared.map(({id, cleared_at: at}) => [id, at]));
    return sorted(items.map(alert => ({
      ...alert, state: alert.active === false ? 'off' : triggeredAt.has(alert.id) ? 'triggered' : 'ok',
      since: triggeredAt.get(alert.id) ?? clearedAt.get(alert.id) ?? null})));
  });
}

function sorted(alerts) {
  return alerts.sort((a, b) => RANK[a.state] - RANK[b.state] || a.name.localeCompare(b.name));
}

/** The same, each of the first hundred asked for by itself: with those that are troubled, since when each is as it is, and what violates it. */
export async function readStanding() {
  const alerts = await readAlerts();
  const asked = await Promise.all(alerts.slice(0, MAX_ASKED).map(async alert => {
    const status = alert.state === 'off' ? null : await find('/v1/alerts/' + alert.id + '/status');
    return {...alert, state: status ? status.state ?? status.status : alert.state, since: status?.since ?? alert.since, violations: status?.violations ?? {}};
  }));
  return sorted([...asked, ...alerts.slice(MAX_ASKED)]);
}

export function forgetAlerts() {
  memory.forget();
}

function where(condition) {
  const tags = (condition.tags ?? []).map(({name, values}) => name + '=' + ((values ?? []).join('|') || '*'));
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

/** What violates an alert's conditions now, by stream: [text]. */
export function violationTexts(alert) {
  return Object.entries(alert.violations ?? {}).flatMap(([stream, violations]) => violations.map(({metric, value}) => (
    metric + (stream === 'unassigned' ? '' : ' of ' + stream) + (Number.isFinite(value) ? ' is ' + formatNumber(value) : ''))));
}

/** Whether an alert watches one of these metrics. */
export function watches(alert, metrics) {
  return alert.conditions.some(condition => metrics.some(metric => same(metric, condition.metric_name)));
}

/** The thresholds that alerts set to these metrics, to be drawn: [{name, metric, value, below, triggered}]. */
export function limitsOf(alerts, metrics) {
  return alerts.filter(alert => alert.state !== 'off').flatMap(alert => alert.conditions
      .filter(condition => Number.isFinite(condition.threshold) && metrics.some(metric => same(metric, condition.metric_name)))
      .map(condition => ({
        name: alert.name, metric: condition.metric_name, value: condition.threshold, below: condition.type === 'below', triggered: alert.state === 'triggered'
      })));
}
