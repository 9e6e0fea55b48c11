// Numbers and times for people.

const plain = new Intl.NumberFormat('en', {maximumFractionDigits: 1});
const few = new Intl.NumberFormat('en', {maximumSignificantDigits: 4});
const small = new Intl.NumberFormat('en', {maximumSignificantDigits: 3});
const compact = new Intl.NumberFormat('en', {notation: 'compact', maximumSignificantDigits: 4});
const SECONDS = [[86400, ' d'], [3600, ' h'], [60, ' min'], [1, ' s'], [1e-3, ' ms'], [1e-6, ' µs'], [1e-9, ' ns']];
const BYTES = [[2 ** 50, ' PiB'], [2 ** 40, ' TiB'], [2 ** 30, ' GiB'], [2 ** 20, ' MiB'], [2 ** 10, ' KiB'], [1, ' B']];
const SCALED = {s: SECONDS, sec: SECONDS, second: SECONDS, seconds: SECONDS, b: BYTES, byte: BYTES, bytes: BYTES};

export function formatNumber(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return size >= 1e15 || (size > 0 && size < 1e-6) ? value.toExponential(2)
      : size !== 0 && size < 0.1 ? small.format(value) : size < 1000 ? few.format(value) : plain.format(value);
}

/** A value with its unit; seconds and bytes in the unit that fits. */
export function formatValue(value, unit = '') {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const scale = SCALED[unit.toLowerCase()];
  if (!scale) return formatNumber(value) + (unit && unit !== '%' ? ' ' : '') + unit;
  if (value === 0) return '0' + scale.find(([size]) => size === 1)[1];
  const [size, name] = scale.find(([least]) => Math.abs(value) >= least) ?? scale[scale.length - 1];
  return few.format(value / size) + name;
}

/** How much one of what the value is told in is: 1024 for what is told in KiB; 1 where the unit is told as it is. */
export function unitSize(value, unit = '') {
  const scale = SCALED[unit.toLowerCase()];
  return scale && value !== 0 ? (scale.find(([least]) => Math.abs(value) >= least) ?? scale[scale.length - 1])[0] : 1;
}

/** For an axis or a large figure: short. */
export function formatShort(value, unit = '') {
  if (SCALED[unit.toLowerCase()]) return formatValue(value, unit);
  const size = Math.abs(value);
  const text = size >= 10000 && size < 1e15 ? compact.format(value) : formatNumber(value);
  return text + (unit === '%' ? '%' : '');
}

/** Whether the unit is said with each value, and so need not be said beside the axis. */
export function saysItself(unit) {
  return unit === '%' || Boolean(SCALED[unit.toLowerCase()]);
}

export function formatTime(seconds, step) {
  const date = new Date(seconds * 1000);
  if (step >= 86400) return date.toLocaleDateString('en', {month: 'short', day: 'numeric'});
  const options = {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'};
  if (step < 60) options.second = '2-digit';
  return date.toLocaleTimeString('en', options);
}

/** Date and time; seconds only where the step is finer than a minute. */
export function formatMoment(seconds, step = 1) {
  return formatTime(seconds, 86400) + ', ' + formatTime(seconds, Math.min(step, 3600));
}

export function formatClock(seconds) {
  return formatTime(seconds, 1);
}

/** A length of time in its largest whole unit: 90 s, 15 min, 24 h, 7 days. */
export function formatSpan(seconds) {
  if (seconds > 86400 && seconds % 86400 === 0) return seconds / 86400 + ' days';
  return seconds % 3600 === 0 ? seconds / 3600 + ' h' : seconds % 60 === 0 ? seconds / 60 + ' min' : seconds + ' s';
}

/** How long ago, in words. */
export function formatAge(seconds) {
  const age = Math.max(0, seconds);
  if (age < 60) return 'less than a minute';
  if (age < 3600) return Math.floor(age / 60) + ' min';
  if (age < 86400) return Math.floor(age / 3600) + ' h ' + Math.floor(age % 3600 / 60) + ' min';
  const days = Math.floor(age / 86400);
  return days + (days === 1 ? ' day' : ' days');
}

export function plural(count, one, many = one + 's') {
  return plain.format(count) + ' ' + (count === 1 ? one : many);
}
