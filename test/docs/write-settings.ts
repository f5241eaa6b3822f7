import { writeFile } from 'node:fs/promises';
import { settingsPage } from './settings-page.ts';

/** `npm run docs:settings`. */
await writeFile(new URL('../../docs/reference/settings.md', import.meta.url), settingsPage());
