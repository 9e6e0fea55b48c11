// Alerts: each with its state, what it watches, and since when it is so.

import {addressWith} from './address.js';
import {conditionText, readAlerts, readStanding, violationTexts} from './alerts.js';
import {safeLink} from './annotations.js';
import {$, element, replace, say} from './dom.js';
import {formatAge, formatMoment, formatSpan, plural} from './format.js';

const TOLD = 3;

function since(alert) {
  if (!alert.since) return element('td', {textContent: '–'});
  return element('td', {}, element('span', {textContent: formatMoment(alert.since, 60)}),
      element('span', {className: 'soft', textContent: 'for ' + formatAge(Date.now() / 1000 - alert.since)}));
}

function conditions(alert) {
  if (alert.conditions.length === 0) return [element('span', {className: 'soft', textContent: 'No conditions: it cannot trigger.'})];
  return alert.conditions.map((condition, i) => element('a', {
    href: addressWith({view: 'metrics', space: null, metrics: [condition.metric_name], stat: null, group: '', only: ''}),
    textContent: (i > 0 ? 'and ' : '') + conditionText(condition), dataset: {key: alert.id + ' ' + i}}));
}

function violations(alert) {
  const texts = violationTexts(alert);
  const more = texts.length > TOLD ? ', and ' + (texts.length - TOLD) + ' more' : '';
  return texts.length > 0 ? [element('span', {className: 'soft', textContent: 'Now ' + texts.slice(0, TOLD).join(', ') + more})] : [];
}

function row(alert) {
  const runbook = safeLink({href: alert.attributes?.runbook_url, label: 'Runbook'});
  const services = alert.services.map(({title, type, called}) => (title || 'service') + ' (' + type + (called === false ? ', kept but not called' : '') + ')').join(', ');
  return element('tr', {dataset: {alert: alert.name}},
      element('td', {}, element('span', {className: 'state ' + (['triggered', 'troubled', 'ok', 'off'].includes(alert.state) ? alert.state : 'other'), textContent: alert.state})),
      element('th', {scope: 'row'}, element('span', {className: 'name', textContent: alert.name}), alert.description ? element('span', {className: 'soft', textContent: alert.description}) : null, runbook),
      element('td', {className: 'conditions'}, ...conditions(alert), ...violations(alert)),
      since(alert),
      element('td', {}, element('span', {textContent: services || 'nobody'}), element('span', {className: 'soft', textContent: 'again after ' + formatSpan(alert.rearm_seconds ?? 600)})));
}

/** The count beside the tab, on every view. */
export async function refreshAlertCount(round) {
  const alerts = await round.attempt('Alerts', readAlerts(), []);
  if (round.stale) return;
  const triggered = alerts.filter(alert => alert.state === 'triggered').length;
  say($('alert-count'), triggered > 0 ? String(triggered) : '');
  $('alert-count').hidden = triggered === 0;
  $('tab-alerts').setAttribute('aria-label', 'Alerts' + (triggered > 0 ? ', ' + triggered + ' triggered' : ''));
}

export async function refreshAlerts(round) {
  const alerts = await round.attempt('Alerts', readStanding());
  if (round.stale) return;
  $('alerts').hidden = false;
  document.title = 'Alerts · Zibrato store';
  if (!alerts) return;
  const triggered = alerts.filter(alert => alert.state === 'triggered').length;
  say($('alerts-summary'), alerts.length === 0 ? '' : (triggered === 0 ? 'None triggered' : triggered + ' triggered') + ' of ' + plural(alerts.length, 'alert') + '. The store looks at them each minute.');
  $('no-alerts').hidden = alerts.length > 0;
  $('alert-table').hidden = alerts.length === 0;
  replace($('alert-rows'), alerts.map(row));
}
