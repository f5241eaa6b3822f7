/** Its own colours in light and dark, which the page may set: `--wayside-accent`, `--wayside-surface`, `--wayside-text`. Contrast: WCAG 2.2, 1.4.3. */
export const style = `
:host { --accent: var(--wayside-accent, light-dark(#0b5cad, #7cb7ff)); --surface: var(--wayside-surface, light-dark(#fff, #14181d)); --text: var(--wayside-text, light-dark(#14181d, #e8ecf1));
  --line: color-mix(in srgb, var(--text) 18%, transparent); --quiet: color-mix(in srgb, var(--text) 72%, transparent); color-scheme: light dark; display: block !important; }
:host([hidden]) { display: none !important; }
/* What the page sets on the element is inherited, so it all begins anew here; and it may set the root's size, so nothing is in rem. */
.frame { all: initial; color-scheme: inherit; box-sizing: border-box; display: flex; flex-direction: column; min-height: 20em; max-height: 40em; overflow: hidden;
  font: medium/1.5 system-ui, sans-serif; color: var(--text); background: var(--surface); border: 1px solid var(--line); border-radius: .75em; }
header { padding: .75em 1em; border-bottom: 1px solid var(--line); }
h2 { margin: 0; font-size: 1em; }
ul { margin: .25em 0 0; padding: 0; list-style: none; font-size: .875em; color: var(--quiet); }
li::before { content: ''; display: inline-block; width: .6em; height: .6em; margin-inline-end: .5em; border-radius: 50%; background: #2f7d32; }
li[data-severity=warning]::before, li[data-severity=advice]::before { background: #b26a00; }
li[data-severity=danger]::before { background: #c62828; }
.log { flex: 1; overflow-y: auto; padding: .75em 1em; }
.log > div { margin: 0 0 .75em; max-width: 42ch; padding: .5em .75em; border-radius: .75em; border: 1px solid var(--line); overflow-wrap: anywhere; }
.log p { margin: .25em 0 0; white-space: pre-line; }
.log strong { display: block; font-size: 1.2em; line-height: 1.3; }
.log b { font-weight: 600; }
summary { min-height: 1.75em; margin-top: .25em; font-size: .875em; color: var(--accent); cursor: pointer; }
details p { font-size: .875em; color: var(--quiet); }
.log > [data-by=operator] { margin-inline-start: auto; background: color-mix(in srgb, var(--accent) 14%, transparent); width: fit-content; }
.log small { display: block; color: var(--quiet); }
.taps { display: flex; flex-wrap: wrap; gap: .5em; padding: .5em 1em; border-top: 1px solid var(--line); max-height: 9em; overflow-y: auto; }
form { display: flex; gap: .5em; padding: .75em 1em; border-top: 1px solid var(--line); }
input { flex: 1; min-width: 0; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5em; padding: .5em .75em; }
button { font: inherit; min-height: 2.75em; padding: 0 1em; border-radius: .5em; border: 1px solid var(--accent); background: var(--accent); color: var(--surface); cursor: pointer; }
button.quiet { background: transparent; color: var(--accent); }
button:disabled { opacity: .5; cursor: default; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
footer { padding: 0 1em .75em; display: flex; gap: .5em; align-items: center; justify-content: space-between; font-size: .875em; }
[hidden] { display: none !important; }
`;
