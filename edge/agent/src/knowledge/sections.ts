export type Section = { title: string; text: string };

/** Longer sections are cut between paragraphs, so that a passage stays something one can say. */
const longest = 900;

/**
 * The parts of a Markdown article by which it is found and quoted: one per heading, in order. The same body always gives the same
 * parts, so a part's number names it.
 */
export function sectionsOf(body: string): Section[] {
  const sections: Section[] = [];
  let title = '';
  let lines: string[] = [];
  const close = () => {
    const text = lines.join('\n').trim();
    if (text !== '') for (const piece of pieces(text)) sections.push({ title, text: piece });
    lines = [];
  };
  for (const line of body.split(/\r?\n/)) {
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line);
    if (heading) {
      close();
      title = heading[1] ?? '';
    } else lines.push(line);
  }
  close();
  return sections;
}

function pieces(text: string): string[] {
  if (text.length <= longest) return [text];
  const out: string[] = [];
  for (const paragraph of text.split(/\n{2,}/)) {
    const last = out.at(-1);
    if (last !== undefined && last.length + paragraph.length < longest) out[out.length - 1] = `${last}\n\n${paragraph}`;
    else out.push(paragraph);
  }
  return out;
}

/** Markdown as it is read aloud: no marks, no HTML, links by their words. */
export function plain(markdown: string): string {
  return markdown
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/^\s{0,3}(?:[-*+]|>)\s+/gm, '')
    .replace(/(\*\*|__|\*|`)(?=\S)(.+?)\1/g, '$2')
    .trim();
}
