// Which time is shown, and how fine.

import {formatMoment, formatSpan} from './format.js';

export const PRESETS = [[300, '5m'], [900, '15m'], [3600, '1h'], [21600, '6h'], [86400, '24h'], [604800, '7d'], [2592000, '30d']];
const STEPS = [1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 21600, 86400];
const MAX_POINTS = 400;
const SHORTEST = 10;

/** {start, end, resolution, live, words}: the bounds in epoch seconds, on whole multiples of the resolution. */
export function windowOf(state, period = 0) {
  const live = state.from === null;
  const end = live ? Math.floor(Date.now() / 1000) : state.to;
  const start = live ? end - state.range : state.from;
  const resolution = STEPS.find(step => step >= period && (end - start) / step <= MAX_POINTS) ?? 604800;
  return {
    start: Math.floor(start / resolution) * resolution, end, resolution, live,
    words: live ? 'last ' + formatSpan(state.range) : formatMoment(start, 60) + ' to ' + formatMoment(end, 60)
  };
}

/** How often what is shown may have changed. */
export function refreshMillis(state) {
  const span = state.from === null ? state.range : 86400;
  return span <= 3600 ? 5000 : span <= 21600 ? 15000 : 60000;
}

function fixed(from, to) {
  return {from: Math.max(0, Math.round(from)), to: Math.round(to)};
}

/** The window moved by half of its length; live again where that comes close to now. */
export function moved(state, direction) {
  const live = state.from === null;
  const length = live ? state.range : state.to - state.from;
  const end = (live ? Date.now() / 1000 : state.to) + direction * length / 2;
  return end >= Date.now() / 1000 - length / 10 ? {from: null, to: null, range: length} : fixed(end - length, end);
}

/** The window half or twice as long; a live one stays live. */
export function zoomed(state, factor) {
  if (state.from === null) return {range: Math.max(SHORTEST, Math.min(366 * 86400, Math.round(state.range * factor)))};
  const middle = (state.from + state.to) / 2;
  const half = Math.max(SHORTEST, (state.to - state.from) * factor) / 2;
  return fixed(middle - half, Math.min(middle + half, Date.now() / 1000));
}

/** What the person dragged over, if it is long enough to be meant. */
export function picked(from, to) {
  return to - from < SHORTEST ? null : fixed(from, to);
}
