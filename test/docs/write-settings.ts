import { writeFile } from 'node:fs/promises';
import { cuesPage } from './cues-page.ts';
import { limitsPage } from './limits-page.ts';
import { settingsPage } from './settings-page.ts';

/** `npm run docs:settings`: the pages that are written from the code. */
const page = (name: string) => new URL(`../../docs/reference/${name}.md`, import.meta.url);
await writeFile(page('settings'), settingsPage());
await writeFile(page('limits'), limitsPage());
await writeFile(page('cues'), cuesPage());
