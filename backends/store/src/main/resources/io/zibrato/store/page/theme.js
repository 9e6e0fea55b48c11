// Light, dark, or as the system has it.

import {$} from './dom.js';
import {forgetColors} from './palette.js';

const THEMES = ['auto', 'light', 'dark'];
const system = matchMedia('(prefers-color-scheme: dark)');

function chosen() {
  return document.documentElement.dataset.theme ?? 'auto';
}

function remember(theme) {
  try {
    if (theme === 'auto') localStorage.removeItem('theme');
    else localStorage.setItem('theme', theme);
  } catch {
    // Then it holds for this page only.
  }
}

function show() {
  const theme = chosen();
  $('theme').dataset.theme = theme;
  $('theme').setAttribute('aria-label', 'Theme: ' + theme);
  $('theme').title = 'Theme: ' + theme + ' (t)';
}

export function nextTheme() {
  const theme = THEMES[(THEMES.indexOf(chosen()) + 1) % THEMES.length];
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  remember(theme);
  show();
  changed();
}

function changed() {
  forgetColors();
  document.dispatchEvent(new Event('themechange'));
}

export function startTheme() {
  show();
  $('theme').addEventListener('click', nextTheme);
  system.addEventListener('change', changed);
}
