// The numbers beside a chart: a row for each line, which is the chart's legend too.

import {element, replace} from './dom.js';
import {formatValue} from './format.js';
import {swatchClass} from './palette.js';

/** What is told of a line's points. Sum only where adding up points makes sense. */
export function numbersOf(points) {
  let [sum, min, max] = [0, Infinity, -Infinity];
  for (const {y} of points) {
    sum += y;
    min = Math.min(min, y);
    max = Math.max(max, y);
  }
  if (points.length === 0) return {latest: null, mean: null, min: null, max: null, sum: null};
  return {latest: points[points.length - 1].y, mean: sum / points.length, min, max, sum};
}

export function columnsFor(summed) {
  return ['latest', 'mean', 'min', 'max', ...(summed ? ['sum'] : [])];
}

const NAMES = {latest: 'Latest', mean: 'Mean', min: 'Min', max: 'Max', sum: 'Sum'};

function order(lines, sort) {
  const sign = sort.down ? -1 : 1;
  return [...lines].sort((a, b) => sort.by === 'label' ? sign * a.label.localeCompare(b.label, 'en', {numeric: true})
      : sign * ((a.numbers[sort.by] ?? -Infinity) - (b.numbers[sort.by] ?? -Infinity)) || a.label.localeCompare(b.label, 'en', {numeric: true}));
}

export class LinesTable {
  /** changed() is told when lines are hidden or shown, or one is looked at. */
  constructor(table, changed) {
    Object.assign(this, {table, changed, hidden: new Set(), focus: null, sort: {by: 'max', down: true}});
    const head = element('thead');
    this.body = element('tbody');
    this.caption = element('caption');
    table.replaceChildren(this.caption, head, this.body);
    this.head = head;
    this.body.addEventListener('change', ({target}) => this.toggle(target.value, target.checked));
    for (const [type, key] of [['pointerover', row => row], ['focusin', row => row], ['pointerleave', () => null], ['focusout', () => null]]) {
      this.body.addEventListener(type, event => this.look(key(event.target.closest('tr')?.dataset.line ?? null)));
    }
  }

  toggle(key, shown) {
    if (shown) this.hidden.delete(key);
    else this.hidden.add(key);
    this.changed();
  }

  look(key) {
    if (key === this.focus) return;
    this.focus = key;
    this.changed();
  }

  /** Starts anew, for other lines. */
  forget() {
    this.hidden.clear();
    this.focus = null;
  }

  sortBy(by) {
    this.sort = {by, down: this.sort.by === by ? !this.sort.down : by !== 'label'};
    this.show(this.shown);
  }

  heading(by, text) {
    const sorted = this.sort.by === by;
    const button = element('button', {type: 'button', className: 'sort', textContent: text, dataset: {key: 'sort-' + by}});
    button.addEventListener('click', () => this.sortBy(by));
    return element('th', {scope: 'col', 'aria-sort': sorted ? (this.sort.down ? 'descending' : 'ascending') : 'none'}, button);
  }

  row(line, columns) {
    const box = element('input', {type: 'checkbox', value: line.key, checked: !this.hidden.has(line.key), dataset: {key: line.key}});
    const label = element('label', {className: 'line'}, box, element('span', {className: swatchClass(line.place)}), element('span', {textContent: line.label}));
    return element('tr', {dataset: {line: line.key}}, element('th', {scope: 'row'}, label),
        ...columns.map(column => element('td', {textContent: formatValue(line.numbers[column], line.unit)})));
  }

  /** lines: {key, label, place, unit, points}; `what` heads the first column. */
  show(shown) {
    this.shown = shown;
    const {lines, what, caption, summed} = shown;
    const columns = columnsFor(summed);
    if (!columns.includes(this.sort.by) && this.sort.by !== 'label') this.sort = {by: 'max', down: true};
    this.caption.textContent = caption;
    replace(this.head, [element('tr', {}, this.heading('label', what), ...columns.map(column => this.heading(column, NAMES[column])))]);
    replace(this.body, order(lines.map(line => ({...line, numbers: numbersOf(line.points)})), this.sort).map(line => this.row(line, columns)));
  }
}
