// Before the first paint: the theme chosen earlier, else the system's.
const chosen = localStorage.getItem('longtail-theme');
if (chosen === 'light' || chosen === 'dark') {
  document.documentElement.dataset.theme = chosen;
}
