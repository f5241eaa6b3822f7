/** A picture on a line of its own at a place in a Markdown text, with what it shows. */
export function insertPicture(text: string, at: number, { hash, alt }: { hash: string; alt: string }): string {
  const before = text.slice(0, at).replace(/\n+$/, '');
  const after = text.slice(at).replace(/^\n+/, '');
  // Brackets and line breaks would end it early.
  const said = alt
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\[\]]/g, '\\$&');
  const shown = `${before === '' ? '' : `${before}\n\n`}![${said}](sha256:${hash})`;
  return `${shown}${after === '' ? '\n' : `\n\n${after}`}`;
}
