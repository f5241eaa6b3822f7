import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reliabilityPages } from './report/pages.ts';

/** `npm run prove:report`: docs/reliability.md, its Chinese twin and the pages below it, from what the proofs have written into docs/results. */
const docs = resolve(import.meta.dirname, '../../docs');
mkdirSync(resolve(docs, 'reliability'), { recursive: true });
for (const [page, text] of Object.entries(reliabilityPages())) writeFileSync(resolve(docs, page), text);
