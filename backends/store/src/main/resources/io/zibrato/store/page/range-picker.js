// The time that is shown: one of the presets, or from and to.

import {go, state} from './address.js';
import {$, element} from './dom.js';
import {PRESETS, windowOf} from './window.js';

/** As an input of type datetime-local has it, in local time. */
function inputValue(seconds) {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
}

function show(open) {
  $('span').hidden = !open;
  $('custom').setAttribute('aria-expanded', String(open));
}

function apply(event) {
  event.preventDefault();
  const [from, to] = ['from', 'to'].map(id => Math.floor(new Date($(id).value).getTime() / 1000));
  const wrong = !(from < to);
  $('to').setCustomValidity(wrong ? 'The end has to be after the beginning.' : '');
  if (wrong) $('to').reportValidity();
  else go({from, to});
}

/** Shows what the address says. */
export function showRange() {
  const {start, end, live} = windowOf(state);
  for (const input of document.querySelectorAll('#ranges input')) input.checked = live && Number(input.value) === state.range;
  $('custom').classList.toggle('on', !live);
  if (!live) show(true);
  if (!$('span').contains(document.activeElement)) {
    $('from').value = inputValue(live ? start : state.from);
    $('to').value = inputValue(end);
  }
}

export function startRangePicker() {
  for (const [seconds, label] of PRESETS) {
    const input = element('input', {type: 'radio', name: 'range', value: seconds, 'aria-label': 'last ' + label});
    $('ranges').append(element('label', {className: 'choice'}, input, element('span', {textContent: label})));
  }
  $('ranges').addEventListener('change', ({target}) => {
    show(false);
    go({range: Number(target.value), from: null, to: null});
  });
  $('custom').addEventListener('click', () => show($('span').hidden));
  $('span').addEventListener('submit', apply);
  $('to').addEventListener('input', () => $('to').setCustomValidity(''));
}
