// Draws lines of points with Chart.js. Knows nothing of the API: it gets points {x, y} with x in epoch seconds.

import {formatMoment, formatShort, formatTime, formatValue} from './format.js';
import {LANE, marks} from './marks.js';
import {css, style, withAlpha} from './palette.js';
import {timeTicks, valueTicks} from './ticks.js';

const MAX_TOLD = 12;

/** The longest step between neighbours that still is one line: a source may report less often than the resolution. */
function longestStep(points, resolution) {
  const steps = [];
  for (let i = 1; i < points.length; i++) steps.push(points[i].x - points[i - 1].x);
  steps.sort((a, b) => a - b);
  return 3 * Math.max(resolution, steps[Math.floor(steps.length / 2)] ?? 0);
}

/** A point that no line reaches has to be seen by itself. */
function radii(points, gap) {
  return points.map((point, i) => {
    const before = i > 0 && point.x - points[i - 1].x <= gap;
    const after = i + 1 < points.length && points[i + 1].x - point.x <= gap;
    return before || after ? 0 : 3;
  });
}

/** For stacking, every line needs a value at every time: where it has none it adds nothing. */
function aligned(lines) {
  const times = [...new Set(lines.flatMap(line => line.points.map(point => point.x)))].sort((a, b) => a - b);
  return lines.map(line => {
    const values = new Map(line.points.map(point => [point.x, point.y]));
    return {...line, points: times.map(x => ({x, y: values.get(x) ?? 0}))};
  });
}

/** Tells, from what Chart.js has laid out, how many points stand on the canvas. */
const report = {
  id: 'report',
  afterDraw(chart) {
    let points = 0;
    for (const meta of chart.getSortedVisibleDatasetMetas()) {
      points += meta.data.filter(p => !p.skip && Number.isFinite(p.x) && Number.isFinite(p.y)).length;
    }
    Object.assign(chart.canvas.dataset, {points, lines: chart.getVisibleDatasetCount(), state: points > 0 ? 'drawn' : 'empty'});
  }
};

export class Plot {
  /** onPick(from, to) hears, in epoch seconds, what was dragged over; null where nothing can be. */
  constructor(canvas, onPick = null) {
    this.units = {};
    this.chart = new Chart(canvas, {
      type: 'line', data: {datasets: []}, options: this.options(), plugins: [
        {id: 'marks-of', beforeInit(chart) { chart.$marks = {events: [], lanes: 0, limits: [], brush: null}; }}, marks, report]
    });
    if (onPick) this.brush(canvas, onPick);
  }

  valueAxis(position) {
    const axis = position === 'left' ? 'y' : 'y2';
    return {
      position, border: {display: false}, grace: '6%', afterBuildTicks: scale => valueTicks(scale, this.units[axis]), title: {display: true}, grid: {drawOnChartArea: position === 'left', drawTicks: false},
      ticks: {maxTicksLimit: 7, padding: 6, callback: value => formatShort(value, this.units[axis])}
    };
  }

  options() {
    return {
      animation: false, responsive: true, maintainAspectRatio: false, parsing: false, normalized: true,
      interaction: {mode: 'nearest', axis: 'x', intersect: false},
      elements: {line: {borderJoinStyle: 'round'}, point: {hitRadius: 12, hoverRadius: 4}},
      scales: {
        x: {
          type: 'linear', border: {display: false}, grid: {display: false}, afterBuildTicks: timeTicks,
          ticks: {maxRotation: 0, autoSkip: false, callback(value) { return formatTime(value, this.step); }}
        },
        y: this.valueAxis('left'),
        y2: this.valueAxis('right')
      },
      plugins: {
        legend: {display: false}, filler: {propagate: false},
        tooltip: {
          padding: 10, boxPadding: 5, boxWidth: 8, boxHeight: 8, usePointStyle: true, itemSort: (a, b) => b.parsed.y - a.parsed.y,
          filter: (item, index, items) => this.largest(items).has(item.datasetIndex),
          callbacks: {
            title: items => items.length ? formatMoment(items[0].parsed.x, this.resolution) : '',
            label: item => ' ' + item.dataset.label + '  ' + formatValue(item.raw.y, this.units[item.dataset.yAxisID]),
            footer: items => this.told > items.length ? 'and ' + (this.told - items.length) + ' more' : ''
          }
        }
      }
    };
  }

  largest(items) {
    this.told = items.length;
    return new Set([...items].sort((a, b) => b.parsed.y - a.parsed.y).slice(0, MAX_TOLD).map(item => item.datasetIndex));
  }

  /**
   * Draws lines {key, label, place or color, hidden, points, axis} between two times. `titles` and `units` are by axis, y and y2. Of many
   * lines, those without a place of their own are grey, and the one at `focus` stands out.
   */
  draw({lines, start, end, resolution, titles = {}, units = {}, fromZero = false, stacked = false, events = [], limits = [], min, max, focus = null, bare = false, lanes = 3}) {
    const shown = lines.filter(line => !line.hidden);
    Object.assign(this, {resolution, units, told: 0});
    Object.assign(this.chart.$marks, {
      events, lanes, limits: limits.map(limit => ({...limit, label: limit.name + (limit.below ? ' < ' : ' > ') + formatValue(limit.value, units[limit.axis ?? 'y'])}))});
    this.theme();
    const {x, y, y2} = this.chart.options.scales;
    Object.assign(x, {min: start, max: end, display: !bare});
    this.chart.options.layout = {padding: bare ? 2 : {top: events.length > 0 ? lanes * LANE : 10, right: 8}};
    for (const [id, scale] of [['y', y], ['y2', y2]]) {
      this.scale(scale, shown.filter(line => (line.axis ?? 'y') === id), {bare, title: titles[id], fromZero, stacked, min, max, limits: limits.filter(limit => (limit.axis ?? 'y') === id)});
    }
    this.chart.data.datasets = (stacked ? aligned(lines) : lines).map((line, i) => this.dataset(line, i, {resolution, stacked, focus}));
    this.chart.update('none');
  }

  scale(scale, lines, {bare, title, fromZero, stacked, min, max, limits}) {
    let [low, high] = [Infinity, -Infinity];
    for (const line of lines) {
      for (const {y} of line.points) [low, high] = [Math.min(low, y), Math.max(high, y)];
    }
    const reach = Math.max(high - low, Math.abs(high) / 2, Math.abs(low) / 2);
    const near = limits.map(limit => limit.value).filter(value => value <= high + 2 * reach && value >= low - 2 * reach);
    scale.title.text = title ?? '';
    scale.title.display = Boolean(title);
    scale.display = low <= high && !bare;
    scale.stacked = stacked;
    scale.min = min ?? undefined;
    scale.max = max ?? undefined;
    scale.suggestedMax = near.length > 0 ? Math.max(high, ...near) : undefined;
    scale.suggestedMin = near.length > 0 ? Math.min(low, ...near) : undefined;
    scale.beginAtZero = fromZero || stacked || (low >= 0 && low < high / 2);
  }

  dataset(line, index, {resolution, stacked, focus}) {
    const drawn = style(line.place);
    const color = line.color ?? drawn.color;
    const gap = longestStep(line.points, resolution);
    const focused = focus !== null && line.key === focus;
    const shade = focused && drawn.muted ? css('--ink') : focus !== null && !focused ? withAlpha(color, 0.35) : color;
    return {
      label: line.label, data: line.points, hidden: line.hidden, clip: 4, spanGaps: gap, pointRadius: stacked ? 0 : radii(line.points, gap),
      yAxisID: line.axis ?? 'y', order: focused ? -1 : drawn.muted && !line.color ? 1 : 0, borderDash: stacked ? [] : drawn.dash,
      borderWidth: focused ? 3 : stacked ? 1 : drawn.muted && !line.color ? 1 : 2, borderColor: shade, pointBackgroundColor: shade,
      backgroundColor: stacked ? withAlpha(color, 0.55) : shade, pointStyle: 'rectRounded', fill: stacked ? (index === 0 ? 'origin' : '-1') : false
    };
  }

  theme() {
    const {scales: {x, y, y2}, plugins: {tooltip}} = this.chart.options;
    for (const scale of [x, y, y2]) {
      scale.ticks.color = css('--soft');
      scale.grid.color = css('--grid');
    }
    y.title.color = y2.title.color = css('--soft');
    Object.assign(tooltip, {
      backgroundColor: css('--surface'), titleColor: css('--ink'), bodyColor: css('--ink'), footerColor: css('--soft'), footerFont: {weight: 'normal'},
      borderColor: css('--rule'), borderWidth: 1
    });
  }

  /** Moves the cursor by points, or to an end; answers what it stands on: {time, values: [{label, text}]}, the largest first. */
  step(move) {
    const datasets = this.chart.data.datasets.filter(dataset => !dataset.hidden);
    const times = [...new Set(datasets.flatMap(dataset => dataset.data.map(point => point.x)))].sort((a, b) => a - b);
    if (times.length === 0) return null;
    const at = this.cursor === undefined ? (move < 0 ? times.length : -1) : times.findLastIndex(time => time <= this.cursor);
    this.cursor = times[Math.max(0, Math.min(times.length - 1, at + move))];
    const active = [];
    this.chart.data.datasets.forEach((dataset, datasetIndex) => {
      const index = dataset.hidden ? -1 : dataset.data.findIndex(point => point.x === this.cursor);
      if (index >= 0) active.push({datasetIndex, index});
    });
    this.chart.setActiveElements(active);
    this.chart.tooltip.setActiveElements(active, {x: 0, y: 0});
    this.chart.update('none');
    const values = active.map(({datasetIndex, index}) => ({dataset: this.chart.data.datasets[datasetIndex], index}))
        .map(({dataset, index}) => ({label: dataset.label, value: dataset.data[index].y, text: formatValue(dataset.data[index].y, this.units[dataset.yAxisID])}))
        .sort((a, b) => b.value - a.value);
    return {time: this.cursor, values};
  }

  leave() {
    this.cursor = undefined;
    this.chart.setActiveElements([]);
    this.chart.tooltip.setActiveElements([], {x: 0, y: 0});
    this.chart.update('none');
  }

  brush(canvas, onPick) {
    const {chart} = this;
    const inside = event => Math.max(chart.chartArea.left, Math.min(chart.chartArea.right, event.offsetX));
    const end = () => {
      chart.$marks.brush = null;
      chart.draw();
    };
    canvas.addEventListener('pointerdown', event => {
      if (event.pointerType !== 'mouse' || event.button !== 0 || !chart.scales.y.options.display) return;
      canvas.setPointerCapture(event.pointerId);
      chart.$marks.brush = [inside(event), inside(event)];
    });
    canvas.addEventListener('pointermove', event => {
      if (!chart.$marks.brush) return;
      chart.$marks.brush[1] = inside(event);
      chart.draw();
    });
    canvas.addEventListener('pointerup', () => {
      if (!chart.$marks.brush) return;
      const [from, to] = [...chart.$marks.brush].sort((a, b) => a - b);
      end();
      if (to - from > 8) onPick(chart.scales.x.getValueForPixel(from), chart.scales.x.getValueForPixel(to));
    });
    canvas.addEventListener('pointercancel', end);
  }

  destroy() {
    this.chart.destroy();
  }
}
