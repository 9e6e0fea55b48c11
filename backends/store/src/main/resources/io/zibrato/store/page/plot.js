// Draws series of points with Chart.js. Knows nothing of the API: it gets {name, color, points: [{x, y}]} with x in epoch seconds.

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800];
const number = new Intl.NumberFormat('en', {maximumFractionDigits: 3});
const small = new Intl.NumberFormat('en', {maximumSignificantDigits: 3});

export function formatNumber(value) {
  if (value === null || value === undefined) return '–';
  return value !== 0 && Math.abs(value) < 0.01 ? small.format(value) : number.format(value);
}

export function formatTime(seconds, step) {
  const date = new Date(seconds * 1000);
  if (step >= 86400) return date.toLocaleDateString('en', {month: 'short', day: 'numeric'});
  const options = {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'};
  if (step < 60) options.second = '2-digit';
  return date.toLocaleTimeString('en', options);
}

export function formatMoment(seconds) {
  return formatTime(seconds, 86400) + ' ' + formatTime(seconds, 1);
}

function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function lineColor(index) {
  return css('--line-' + (index % 10));
}

/** Ticks at round local times, about one each 80 pixels. */
function timeTicks(scale) {
  const wanted = Math.max(2, scale.width / 80);
  const step = STEPS.find(s => (scale.max - scale.min) / s <= wanted) ?? STEPS[STEPS.length - 1];
  const offset = new Date(scale.max * 1000).getTimezoneOffset() * 60;
  scale.step = step;
  scale.ticks = [];
  for (let at = Math.ceil((scale.min - offset) / step) * step + offset; at <= scale.max; at += step) {
    scale.ticks.push({value: at});
  }
}

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

/** Tells, from what Chart.js has laid out, how many points stand on the canvas. */
const report = {
  id: 'report',
  afterDraw(chart) {
    let points = 0;
    for (const meta of chart.getSortedVisibleDatasetMetas()) {
      points += meta.data.filter(p => !p.skip && Number.isFinite(p.x) && Number.isFinite(p.y)).length;
    }
    chart.canvas.dataset.points = points;
    chart.canvas.dataset.lines = chart.getVisibleDatasetCount();
    chart.canvas.dataset.state = points > 0 ? 'drawn' : 'empty';
  }
};

export class Plot {
  constructor(canvas) {
    this.chart = new Chart(canvas, {type: 'line', data: {datasets: []}, options: this.options(), plugins: [report]});
  }

  options() {
    return {
      animation: false, responsive: true, maintainAspectRatio: false, parsing: false, normalized: true,
      interaction: {mode: 'nearest', axis: 'x', intersect: false},
      elements: {line: {borderWidth: 2, borderJoinStyle: 'round'}, point: {hitRadius: 12, hoverRadius: 4}},
      scales: {
        x: {
          type: 'linear', border: {display: false}, grid: {display: false}, afterBuildTicks: timeTicks,
          ticks: {maxRotation: 0, autoSkip: false, callback(value) { return formatTime(value, this.step); }}
        },
        y: {border: {display: false}, grace: '6%', ticks: {maxTicksLimit: 7, callback: value => formatNumber(value)}, title: {display: true}}
      },
      plugins: {
        legend: {display: false},
        tooltip: {
          padding: 10, boxPadding: 5, usePointStyle: true, itemSort: (a, b) => b.parsed.y - a.parsed.y,
          filter: (item, index) => index < 12,
          callbacks: {
            title: items => items.length ? formatMoment(items[0].parsed.x) : '',
            label: item => ' ' + item.dataset.label + '  ' + formatNumber(item.parsed.y)
          }
        }
      }
    };
  }

  /** Draws the series between two times; fromZero starts the value axis at zero whatever the values are. */
  draw({series, start, end, resolution, title, fromZero}) {
    const values = series.filter(s => !s.hidden).flatMap(s => s.points.map(point => point.y));
    const [low, high] = [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
    const {x, y} = this.chart.options.scales;
    this.theme();
    x.min = start;
    x.max = end;
    y.title.text = title;
    y.display = values.length > 0;
    y.beginAtZero = fromZero || (low >= 0 && low < high / 2);
    this.chart.data.datasets = series.map(({name, color, points, hidden}) => {
      const gap = longestStep(points, resolution);
      const line = lineColor(color);
      return {
        label: name, data: points, hidden, clip: 6, spanGaps: gap, pointRadius: radii(points, gap),
        borderColor: line, backgroundColor: line, pointHoverBackgroundColor: line
      };
    });
    this.chart.update('none');
  }

  theme() {
    const options = this.chart.options;
    options.color = css('--soft');
    for (const scale of [options.scales.x, options.scales.y]) {
      scale.ticks.color = css('--soft');
      scale.grid.color = css('--grid');
    }
    options.scales.y.title.color = css('--soft');
    Object.assign(options.plugins.tooltip, {
      backgroundColor: css('--surface'), titleColor: css('--ink'), bodyColor: css('--ink'), borderColor: css('--rule'), borderWidth: 1
    });
  }
}
