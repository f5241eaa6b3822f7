type Part = { heading: string; blocks: string[] };

/**
 * Two Markdown texts as one: under each heading what the first says, then what only the second adds; headings of the second alone come after.
 * Blocks (paragraphs, list items) that say the same but for spaces are said once.
 */
export function joinBodies(first: string, second: string): string {
  const parts = partsOf(first);
  for (const part of partsOf(second)) {
    const known = parts.find(({ heading }) => same(heading, part.heading));
    if (!known) parts.push(part);
    else known.blocks.push(...part.blocks.filter((block) => !known.blocks.some((one) => same(one, block))));
  }
  return parts.map(({ heading, blocks }) => [heading, written(blocks)].filter(Boolean).join('\n\n')).join('\n\n');
}

const same = (a: string, b: string) => a.replace(/\s+/g, ' ').trim().toLowerCase() === b.replace(/\s+/g, ' ').trim().toLowerCase();

const isItem = (line: string) => /^\s*(?:[-*+]|\d+[.)])\s/.test(line);

/** A text by its headings of the second level; what stands before the first has none. */
function partsOf(body: string): Part[] {
  const parts: Part[] = [{ heading: '', blocks: [] }];
  for (const chunk of body.split(/\n(?=##\s)/)) {
    const [head, ...rest] = chunk.split('\n');
    if (/^##\s/.test(head ?? '')) parts.push({ heading: (head as string).trim(), blocks: blocksOf(rest.join('\n')) });
    else parts[0]?.blocks.push(...blocksOf(chunk));
  }
  return parts.filter(({ heading, blocks }) => heading !== '' || blocks.length > 0);
}

/** Paragraphs, with each item of a list for itself; a line that follows an item belongs to it. */
const blocksOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .flatMap((paragraph) => (isItem(paragraph) ? paragraph.split(/\n(?=\s*(?:[-*+]|\d+[.)])\s)/) : [paragraph]))
    .map((block) => block.replace(/^(?:[ \t]*\n)+|\s+$/g, ''))
    .filter((block) => block.trim() !== '');

/** Items that follow each other are one list. */
const written = (blocks: readonly string[]): string =>
  blocks.reduce(
    (text, block, i) => (i === 0 ? block : `${text}${isItem(block) && isItem(blocks[i - 1] ?? '') ? '\n' : '\n\n'}${block}`),
    '',
  );
