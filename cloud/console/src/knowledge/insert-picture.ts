/** `step`: the step of a procedure it is shown at too, as `<procedure>/<step>`. */
export type NewPicture = { hash: string; alt: string; step?: string };

/** A picture on a line of its own at a place in a Markdown text, with what it shows. */
export function insertPicture(text: string, at: number, { hash, alt, step }: NewPicture): string {
  const before = text.slice(0, at).replace(/\n+$/, '');
  const after = text.slice(at).replace(/^\n+/, '');
  // Brackets and line breaks would end it early.
  const said = alt
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\[\]]/g, '\\$&');
  const shown = `${before === '' ? '' : `${before}\n\n`}![${said}](sha256:${hash}${step === undefined ? '' : ` "${step}"`})`;
  return `${shown}${after === '' ? '\n' : `\n\n${after}`}`;
}

/** The steps that have a picture in a text, as `<procedure>/<step>`. */
export const stepsShown = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/\]\(\s*sha256:[0-9a-f]{64}\s+"([a-z0-9-]+\/[a-z0-9-]+)"\s*\)/g)].map(([, step]) => step as string));
