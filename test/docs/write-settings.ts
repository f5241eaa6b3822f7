import { mkdir, writeFile } from 'node:fs/promises';
import { cuesPage } from './cues-page.ts';
import { limitsPage } from './limits-page.ts';
import { settingsPage } from './settings-page.ts';

/** `npm run docs:settings`: the pages that are written from the code. */
const docs = new URL('../../docs/', import.meta.url);
await mkdir(new URL('zh/reference', docs), { recursive: true });
const pages = {
  'reference/settings': settingsPage('en'),
  'reference/limits': limitsPage('en'),
  'reference/cues': cuesPage('en'),
  'zh/reference/settings': settingsPage('zh'),
  'zh/reference/limits': limitsPage('zh'),
  'zh/reference/cues': cuesPage('zh'),
};
for (const [page, text] of Object.entries(pages)) await writeFile(new URL(`${page}.md`, docs), text);
