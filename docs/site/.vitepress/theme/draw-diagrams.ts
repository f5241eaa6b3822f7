/** Draws the diagrams of a page, each where its text stands. Loaded by the first page that has one. */
export async function drawDiagrams(): Promise<void> {
  const nodes = [...document.querySelectorAll<HTMLElement>('pre.mermaid:not([data-processed])')];
  if (nodes.length === 0) return;
  const { default: mermaid } = await import('mermaid');
  const dark = document.documentElement.classList.contains('dark');
  mermaid.initialize({ startOnLoad: false, theme: dark ? 'dark' : 'neutral', fontFamily: 'inherit' });
  await mermaid.run({ nodes });
}
