// Ticks of the time axis: round local times.

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000];
const PIXELS_EACH = 76;

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
