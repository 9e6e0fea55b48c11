// A chart's points by keyboard, and told to who cannot see them.

import {say} from './dom.js';
import {formatMoment} from './format.js';

const TOLD = 5;
const MOVES = {ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -1e9, End: 1e9};

/** `box` has the focus, `plot` answers the plot in it, `region` is read out. */
export function readByKeys(box, plot, region) {
  box.addEventListener('keydown', event => {
    const drawn = plot();
    if (!drawn || event.ctrlKey || event.altKey || event.metaKey || event.target !== box) return;
    if (event.key === 'Escape') return drawn.leave();
    if (!Object.hasOwn(MOVES, event.key)) return;
    event.preventDefault();
    const at = drawn.step(MOVES[event.key]);
    if (!at) return say(region, 'No points');
    const values = at.values.slice(0, TOLD).map(({label, text}) => label + ' ' + text);
    const more = at.values.length > TOLD ? [', and ' + (at.values.length - TOLD) + ' more'] : [];
    say(region, formatMoment(at.time, drawn.resolution) + ': ' + values.join(', ') + more);
  });
  box.addEventListener('blur', () => plot()?.leave());
}
