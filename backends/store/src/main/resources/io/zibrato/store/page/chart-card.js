// One chart of a space: line, stacked, or a big number; with its numbers.

import {limitsOf} from './alerts.js';
import {explain} from './api.js';
import {element, replace, say} from './dom.js';
import {formatMoment, formatShort, formatValue, plural, saysItself} from './format.js';
import {LinesTable, numbersOf} from './lines-table.js';
import {axesOf} from './metric-lines.js';
import {Places, swatchClass} from './palette.js';
import {Plot} from './plot.js';
import {readByKeys} from './reader.js';
import {readStream} from './stream-lines.js';

const LEGEND = 4;
const KINDS = {line: 'Lines', stacked: 'Stacked', bignumber: 'Big number'};

export class ChartCard {
  constructor(chart) {
    this.places = new Places();
    this.title = element('h2');
    this.figure = element('p', {className: 'figure', hidden: true});
    this.canvas = element('canvas');
    this.region = element('p', {className: 'unseen', 'aria-live': 'polite'});
    this.nothing = element('p', {className: 'nothing', hidden: true});
    this.box = element('div', {className: 'plot', tabIndex: 0, role: 'group'}, this.canvas, this.nothing);
    this.legend = element('ul', {className: 'legend'});
    this.problem = element('p', {className: 'problem', hidden: true});
    const table = element('table');
    this.numbers = element('details', {}, element('summary', {textContent: 'Numbers'}), element('div', {className: 'scroll'}, table));
    this.node = element('article', {className: 'card chart', dataset: {chart: chart.id}},
        this.title, this.figure, this.problem, this.box, this.legend, this.numbers, this.region);
    this.table = new LinesTable(table, () => this.draw());
    readByKeys(this.box, () => this.plot, this.region);
  }

  /** Reads a chart's streams, and draws them. A stream that fails is named, and the others are drawn. */
  async refresh(chart, {window, round, events, alerts}) {
    const problems = [];
    const measured = (chart.streams ?? []).filter(({type}) => type !== 'annotation'); // events are drawn on every chart
    const lines = (await Promise.all(measured.map((stream, i) => readStream(stream, i, window).catch(problem => {
      problems.push((stream.name || stream.metric || 'composite') + ': ' + explain(problem));
      return [];
    })))).flat();
    if (round.stale) return;
    const metrics = measured.map(stream => stream.metric).filter(Boolean);
    Object.assign(this, {chart, window, lines, events, limits: limitsOf(alerts, metrics)});
    say(this.problem, problems.join(' '));
    this.problem.hidden = problems.length === 0;
    this.show();
  }

  get big() {
    return this.chart.type === 'bignumber';
  }

  show() {
    const {chart, lines} = this;
    const name = chart.name || 'Chart ' + chart.id;
    say(this.title, name);
    this.node.classList.toggle('big', this.big);
    const nothing = (chart.streams ?? []).length === 0 ? 'This chart has no streams.' : 'No measurements in this time.';
    say(this.nothing, nothing);
    this.nothing.hidden = lines.some(line => line.points.length > 0);
    this.showFigure();
    this.draw();
    this.box.setAttribute('aria-label', name + ', ' + (KINDS[chart.type] ?? KINDS.line).toLowerCase() + ', ' + this.window.words);
    const given = this.places.held;
    const more = lines.length - LEGEND;
    replace(this.legend, this.big ? [] : [
      ...this.ranked().slice(0, LEGEND).map(line => element('li', {},
          this.swatch(line, given.get(line.key)), element('span', {className: 'label', textContent: line.label}),
          element('span', {className: 'value', textContent: formatValue(numbersOf(line.points).latest, line.unit)}))),
      ...(more > 0 ? [element('li', {className: 'soft', textContent: 'and ' + plural(more, 'more line')})] : [])]);
    this.table.show({
      lines: lines.map(line => ({...line, place: given.get(line.key)})), summed: false, what: 'Line', caption: name + ', ' + this.window.words});
  }

  /** What rises highest first. */
  ranked() {
    return this.lines.map(line => ({...line, peak: numbersOf(line.points).max})).sort((a, b) => b.peak - a.peak);
  }

  swatch(line, place) {
    const made = element('span', {className: swatchClass(place)});
    if (line.color) made.style.borderTopColor = line.color;
    return made;
  }

  showFigure() {
    const [line] = this.lines;
    this.figure.hidden = !this.big;
    if (!this.big) return;
    const {latest, mean} = numbersOf(line?.points ?? []);
    const useLast = this.chart.use_last_value !== false;
    const value = useLast ? latest : mean;
    const unit = line?.unit ?? '';
    const when = !line || line.points.length === 0 ? '' : useLast ? formatMoment(line.points[line.points.length - 1].x, 60) : 'mean of the ' + this.window.words;
    replace(this.figure, [
      element('strong', {textContent: value === null ? '–' : formatShort(value, unit)}),
      element('span', {textContent: unit && !saysItself(unit) ? ' ' + unit : ''}), element('small', {textContent: when})]);
  }

  /** Draws what was read last. */
  draw() {
    if (!this.lines) return;
    const {chart, lines, window} = this;
    this.plot ??= new Plot(this.canvas);
    const {axis, units} = axesOf(lines);
    const given = this.places.give(this.ranked().map(line => line.key));
    const label = typeof chart.label === 'string' ? chart.label : '';
    const title = unit => label || (saysItself(unit) ? '' : unit);
    const number = value => (Number.isFinite(value) ? value : undefined);
    this.plot.draw({
      lines: lines.map(line => ({...line, place: given.get(line.key), axis: this.big ? 'y' : axis(line.unit), hidden: this.table.hidden.has(line.key)})),
      ...window, units, titles: {y: title(units.y), y2: units.y2}, stacked: chart.type === 'stacked', bare: this.big,
      min: number(chart.min), max: number(chart.max), events: this.big ? [] : this.events, lanes: 2,
      limits: this.big ? [] : this.limits.map(limit => ({...limit, axis: axis(lines.find(line => line.metric === limit.metric)?.unit)})), focus: this.table.focus
    });
  }

  remove() {
    this.plot?.destroy();
    this.node.remove();
  }
}
