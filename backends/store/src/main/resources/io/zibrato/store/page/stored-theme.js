// Before anything is drawn: the theme that was chosen on this machine, if any. Otherwise the system's holds.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be switched off in the browser.
}
