// The page: puts the view that the address names on the screen, and keeps it fresh.

import {addressWith, onChange, settle, state} from './address.js';
import {refreshAlertCount, refreshAlerts} from './alerts-view.js';
import {forgetAlerts} from './alerts.js';
import {explain} from './api.js';
import {$, element, replace, say} from './dom.js';
import {formatClock} from './format.js';
import {startKeys} from './keys.js';
import {Live} from './live.js';
import {forgetInfos} from './lines.js';
import {refreshList, showMetrics, startList} from './metric-list.js';
import {redrawMetrics, refreshMetrics, startMetrics} from './metrics-view.js';
import {showRange, startRangePicker} from './range-picker.js';
import {redrawSpaces, refreshSpaces} from './spaces-view.js';
import {nextTheme, startTheme} from './theme.js';
import {refreshMillis} from './window.js';

let live = null;
let listed = null;

function showTabs() {
  for (const view of ['metrics', 'spaces', 'alerts']) {
    const tab = $('tab-' + view);
    if (view === state.view) tab.setAttribute('aria-current', 'page');
    else tab.removeAttribute('aria-current');
    tab.href = addressWith({view, space: null, ...(view === 'metrics' ? {} : {metrics: []}), stat: null, group: '', only: ''});
  }
}

/** What belongs to another view goes at once; what belongs to this one comes when it has been read. */
function showView() {
  showTabs();
  const {view} = state;
  $('empty').hidden = true;
  if (view !== 'metrics' || state.metrics.length === 0) $('metric').hidden = true;
  if (view !== 'spaces') $('space').hidden = true;
  if (view !== 'alerts') $('alerts').hidden = true;
  $('time').hidden = view === 'alerts' || (view === 'spaces' && state.space === null);
  $('side').hidden = view === 'alerts';
  $('layout').dataset.view = view;
  if (listed !== null && listed !== view) {
    $('search').value = '';
    say($('found'), '');
    replace($('metrics'), []);
    $('more').hidden = true;
  }
  listed = view;
  $('side').setAttribute('aria-label', view === 'spaces' ? 'Spaces' : 'Metrics');
  say($('search-label'), view === 'spaces' ? 'Find a space' : 'Find a metric');
  if (view === 'metrics') showMetrics();
  showRange();
}

async function metricsRound(round) {
  const listing = refreshList(round);
  if (state.metrics.length > 0) {
    await Promise.all([listing, refreshMetrics(round)]);
    return;
  }
  const answer = await listing;
  if (round.stale || !answer) return;
  $('empty').hidden = answer.total > 0;
  if (answer.first === undefined || $('search').value) return;
  settle({metrics: [answer.first]});
  showMetrics();
  await refreshMetrics(round);
}

function work(round) {
  const view = {metrics: metricsRound, spaces: refreshSpaces, alerts: refreshAlerts}[state.view];
  return Promise.all([view(round), refreshAlertCount(round)]);
}

/** Says what failed, each thing once; the rest of the page stays. */
function done(round) {
  const texts = [...new Set(round.problems.map(({what, problem}) => (what ? what + ': ' : '') + explain(problem)))];
  $('errors').hidden = texts.length === 0;
  if ([...$('errors').children].map(p => p.textContent).join('\n') !== texts.join('\n')) {
    $('errors').replaceChildren(...texts.map(textContent => element('p', {textContent})));
  }
  showRange();
  say($('status'), live.paused ? 'Paused' : (texts.length > 0 ? 'Tried ' : 'Updated ') + formatClock(Date.now() / 1000));
  document.body.dataset.rounds = Number(document.body.dataset.rounds ?? 0) + 1;
}

function forget() {
  forgetAlerts();
  forgetInfos();
}

/** Pauses or goes on; with `now`, only refreshes. */
function pause(now = false) {
  if (now) {
    forget();
    live.refresh();
    return;
  }
  const paused = !live.paused;
  $('pause').setAttribute('aria-pressed', String(paused));
  say($('pause-label'), paused ? 'Go on' : 'Pause');
  say($('status'), paused ? 'Paused' : 'Loading');
  live.pause(paused);
}

function startSide() {
  startList(() => live.refresh());
  $('pick').addEventListener('click', () => {
    const open = $('side').classList.toggle('open');
    $('pick').setAttribute('aria-expanded', String(open));
  });
  $('metrics').addEventListener('click', ({target}) => {
    if (!target.closest('a')) return;
    $('side').classList.remove('open');
    $('pick').setAttribute('aria-expanded', 'false');
  });
}

function start() {
  say($('origin'), location.origin);
  say($('example'), 'curl ' + location.origin + '/v1/metrics \\\n  -H \'Content-Type: application/json\' \\\n'
      + '  -d \'{"gauges": [{"name": "login-delay", "value": 3.5, "source": "web-1"}]}\'');
  startTheme();
  startRangePicker();
  live = new Live(work, done, () => refreshMillis(state));
  startMetrics(() => {
    showView();
    live.refresh();
  });
  startSide();
  startKeys({live: pause, theme: nextTheme});
  $('pause').addEventListener('click', () => pause());
  $('skip').addEventListener('click', event => {
    event.preventDefault(); // the address says what is shown
    $('panel').focus();
  });
  document.addEventListener('themechange', () => {
    redrawMetrics();
    redrawSpaces();
  });
  onChange(() => {
    showView();
    live.refresh();
  });
  showView();
  live.refresh();
}

start();
