import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sectionsOf } from '../../../edge/agent/src/knowledge/sections.ts';
import { wordsOf } from '../../../edge/agent/src/knowledge/words.ts';
import type { Bench } from '../measure.ts';
import { notThere } from './read-set.ts';
import { searchedIn } from './search-in.ts';

/** A page's section: its heading is what is asked, its text what is to be found. */
type Section = { id: string; heading: string; text: string };

/** What Docusaurus and VitePress put around the text: front matter, imports, tags, notes of theirs. */
const bare = (page: string) =>
  page
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/^(?:import|export) .*$/gm, '')
    .replace(/^:::.*$/gm, '')
    .replace(/<[^>]+>/g, ' ');

async function sectionsIn(folder: string): Promise<Section[]> {
  const names = (await readdir(folder, { recursive: true }).catch(() => [])).filter((name) => /\.mdx?$/.test(name)).sort();
  const pages = await Promise.all(names.map(async (name) => ({ name, text: bare(await readFile(join(folder, name), 'utf8')) })));
  return pages.flatMap(({ name, text }) => {
    const byHeading = new Map<string, string>();
    for (const { title, text: part } of sectionsOf(text)) if (title) byHeading.set(title, `${byHeading.get(title) ?? ''}\n\n${part}`);
    return [...byHeading].map(([heading, part]) => ({ id: `${name} ${heading}`, heading, text: part.trim() }));
  });
}

/**
 * Troubleshooting pages of two projects, which come without questions: each heading of two content words or more is asked, and the text
 * that stood under it, kept without its heading, is to be found among all others.
 */
export const kbDocs: Bench = {
  name: 'kb-docs',
  title: 'Troubleshooting pages: from a heading to the text that stood under it (the edge’s own search)',
  async run({ data, say }) {
    const sections = data === undefined ? [] : await sectionsIn(join(data, 'kb-docs'));
    if (sections.length === 0) return notThere('kb-docs');
    const asked = sections.filter(({ heading, text }) => new Set(wordsOf(heading)).size >= 2 && wordsOf(text).length >= 12);
    say(`${sections.length} sections, ${asked.length} headings`);
    return searchedIn(sections, async (knowledge) => {
      const hitsOf = async (weak: boolean) => {
        let [hit1, hit5] = [0, 0];
        for (const { id, heading } of asked) {
          const found = await knowledge.search({ text: heading, locale: 'en', family: 'vehicle', weak, limit: 32 });
          const at = [...new Set(found.map(({ article }) => article))].indexOf(id);
          if (at === 0) hit1++;
          if (at >= 0 && at < 5) hit5++;
        }
        return { hit1: hit1 / asked.length, hit5: hit5 / asked.length };
      };
      const [ranked, answered] = [await hitsOf(true), await hitsOf(false)];
      return [
        { metric: 'hit1', says: `The first found is the one, ${asked.length} headings`, value: ranked.hit1, unit: '' },
        { metric: 'hit5', says: 'One of the first five is', value: ranked.hit5, unit: '' },
        { metric: 'answeredHit1', says: 'The same where what fits too little is not answered with: first', value: answered.hit1, unit: '' },
        { metric: 'answeredHit5', says: 'The same, one of the first five', value: answered.hit5, unit: '' },
      ];
    });
  },
};
