// What stands on a chart beside its lines: annotations, alerts' thresholds, the cursor, and the span that is being dragged over.

import {css, withAlpha} from './palette.js';

export const LANE = 17;
const FONT = '12px system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
const MAX_TITLE = 180;

function cut(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let shown = text;
  while (shown.length > 1 && context.measureText(shown + '…').width > width) shown = shown.slice(0, -1);
  return shown + '…';
}

function line(context, x0, y0, x1, y1, color, width, dash) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
  context.setLineDash([]);
}

/** Puts each event into the first lane where its title has room; without room it gets no title, but a mark. */
export function layOut(events, toPixel, widthOf, left, right, lanes) {
  const ends = Array(lanes).fill(-Infinity);
  return events.map(event => {
    const at = Math.max(left, toPixel(event.start));
    const width = widthOf(event);
    const flip = at + 6 + width > right;
    const from = flip ? at - 6 - width : at + 6;
    const lane = from < left ? -1 : ends.findIndex(end => end + 8 <= Math.min(from, at));
    if (lane >= 0) ends[lane] = Math.max(at, from + width);
    return {event, at, from, lane, width};
  });
}

function drawEvents(chart, {events, lanes}) {
  const {ctx: context, chartArea: area, scales: {x}} = chart;
  const color = css('--event');
  const shown = events.filter(event => (event.end ?? event.start) >= x.min && event.start <= x.max);
  context.font = FONT;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const titleOf = event => cut(context, event.title, MAX_TITLE);
  const places = layOut(shown, seconds => x.getPixelForValue(seconds), event => context.measureText(titleOf(event)).width, area.left, area.right, lanes);
  const topOf = lane => (lane < 0 ? area.top : area.top - (lanes - lane) * LANE);
  for (const {event, at, lane} of places) {
    if (event.end) {
      context.fillStyle = withAlpha(color, 0.13);
      context.fillRect(at, area.top, Math.min(area.right, x.getPixelForValue(event.end)) - at, area.bottom - area.top);
    }
    if (event.start >= x.min) line(context, at, topOf(lane), at, area.bottom, color, 1.25, [3, 3]);
  }
  for (const {event, at, from, lane, width} of places) {
    if (lane >= 0) {
      context.fillStyle = css('--surface');
      context.fillRect(from - 3, topOf(lane), width + 6, LANE);
    }
    context.fillStyle = color;
    if (lane >= 0) {
      context.fillText(titleOf(event), from, topOf(lane) + LANE / 2);
    } else {
      context.beginPath();
      context.moveTo(at - 5, area.top - 7);
      context.lineTo(at + 5, area.top - 7);
      context.lineTo(at, area.top);
      context.fill();
    }
  }
  return shown;
}

function drawLimit(chart, limit) {
  const {ctx: context, chartArea: area} = chart;
  const scale = chart.scales[limit.axis] ?? chart.scales.y;
  const color = css(limit.triggered ? '--bad' : '--limit');
  const inside = limit.value >= scale.min && limit.value <= scale.max;
  const above = limit.value > scale.max;
  const y = inside ? scale.getPixelForValue(limit.value) : above ? area.top : area.bottom;
  if (inside) line(context, area.left, y, area.right, y, color, limit.triggered ? 2 : 1.5, [8, 4]);
  const text = cut(context, (inside ? '' : above ? '↑ ' : '↓ ') + limit.label, area.right - area.left - 20);
  const width = context.measureText(text).width;
  const below = y - 18 < area.top;
  context.fillStyle = withAlpha(css('--surface'), 0.85);
  context.fillRect(area.right - width - 12, below ? y + 2 : y - 18, width + 10, 16);
  context.fillStyle = color;
  context.textAlign = 'right';
  context.fillText(text, area.right - 7, below ? y + 10.5 : y - 9.5);
  return inside;
}

function drawBrush(chart, [from, to]) {
  const {ctx: context, chartArea: area} = chart;
  context.fillStyle = withAlpha(css('--accent'), 0.16);
  context.fillRect(Math.min(from, to), area.top, Math.abs(to - from), area.bottom - area.top);
}

function drawCursor(chart) {
  const active = chart.tooltip?.getActiveElements() ?? [];
  if (active.length === 0) return;
  const {ctx: context, chartArea: area} = chart;
  line(context, active[0].element.x, area.top, active[0].element.x, area.bottom, css('--soft'), 1, []);
}

/** Draws `chart.$marks` = {events: [{title, start, end}], lanes, limits: [{label, value, axis, triggered}], brush: [pixel, pixel] or null}. */
export const marks = {
  id: 'marks',
  beforeDatasetsDraw(chart) {
    drawCursor(chart);
  },
  afterDatasetsDraw(chart) {
    const {limits, brush} = chart.$marks;
    const context = chart.ctx;
    context.save();
    const shown = drawEvents(chart, chart.$marks);
    context.font = FONT;
    context.textBaseline = 'middle';
    const inside = limits.filter(limit => drawLimit(chart, limit));
    if (brush) drawBrush(chart, brush);
    context.restore();
    chart.canvas.dataset.events = shown.map(event => event.title).join(' | ');
    chart.canvas.dataset.limits = inside.map(limit => limit.label).join(' | ');
  }
};
