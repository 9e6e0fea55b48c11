// Ticks: of the time axis at round local times, of values at round numbers of what they are told in.

import {unitSize} from './format.js';

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000];
const PIXELS_EACH = 76;
const VALUES = 6;

function offsetAt(seconds) {
  return new Date(seconds * 1000).getTimezoneOffset() * 60;
}

/** Puts ticks on a linear scale of epoch seconds, and their distance into `scale.step`. */
export function timeTicks(scale) {
  const wanted = Math.max(2, scale.width / PIXELS_EACH);
  const step = STEPS.find(s => (scale.max - scale.min) / s <= wanted) ?? STEPS[STEPS.length - 1];
  const offset = offsetAt(scale.max);
  scale.step = step;
  scale.ticks = [];
  for (let at = Math.ceil((scale.min - offset) / step) * step + offset; at <= scale.max; at += step) {
    scale.ticks.push({value: at});
  }
}

/** Puts ticks on a scale of values with a unit such as bytes, whose round numbers are not those of the decimal system. */
export function valueTicks(scale, unit) {
  const size = unitSize(Math.max(Math.abs(scale.min), Math.abs(scale.max)), unit);
  const rough = (scale.max - scale.min) / size / VALUES;
  if (size === 1 || !(rough > 0)) return;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map(n => n * power).find(n => n >= rough * 0.999) * size;
  scale.ticks = [];
  for (let i = Math.ceil(scale.min / step - 1e-9); i * step <= scale.max * (1 + 1e-9); i++) scale.ticks.push({value: i * step});
}
