// Annotations: events of all streams in a span of time.

import {get, list, named} from './api.js';
import {element} from './dom.js';
import {formatMoment} from './format.js';

const MAX_STREAMS = 30;
const MAX_PAGES = 5;

/** Links lead away from the store, so only to the web, only when followed, and without saying where from. */
export function safeLink({href, label, rel}) {
  let url;
  try {
    url = new URL(href);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return element('a', {href: url.href, target: '_blank', rel: 'noopener noreferrer', textContent: label || rel || url.host});
}

function eventsOf(stream) {
  const bySource = Array.isArray(stream.events) ? stream.events : [stream.events ?? {}];
  return bySource.flatMap(sources => Object.entries(sources)).flatMap(([source, events]) => events.map(event => ({
    title: event.title, description: event.description, start: event.start_time, end: event.end_time ?? null,
    source: event.source ?? (source === 'unassigned' ? null : source), stream: stream.display_name || stream.name, links: event.links ?? []
  })));
}

/** The events of a stream that begin in a window; the store tells a thousand at a time. */
async function readStream(name, start, end) {
  const path = named('annotations', name);
  let events = [];
  let next = start;
  for (let page = 0; next !== undefined && page < MAX_PAGES; page++) {
    const stream = await get(path, {start_time: next, end_time: end});
    events = events.concat(eventsOf(stream));
    next = stream.query?.next_time;
  }
  return events;
}

/** The events that begin in a window, the earliest first. */
export async function readEvents({start, end}) {
  const {items} = await list('/v1/annotations', 'annotations', {}, MAX_STREAMS);
  const streams = await Promise.all(items.map(({name}) => readStream(name, start, end)));
  return streams.flat().sort((a, b) => a.start - b.start);
}

/** One event as an item of a list. */
export function eventItem(event) {
  const when = formatMoment(event.start, 60) + (event.end ? ' to ' + formatMoment(event.end, 60) : '');
  const about = [event.stream, event.source, event.description].filter(Boolean).join(' · ');
  const links = event.links.map(safeLink).filter(Boolean);
  return element('li', {},
      element('time', {textContent: when, dateTime: new Date(event.start * 1000).toISOString()}),
      element('strong', {textContent: event.title}),
      element('span', {className: 'soft', textContent: about}), ...links);
}
