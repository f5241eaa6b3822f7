/**
 * Trains the head that tells what somebody says in the middle of a step that is no word on how it went: `node models/training/midway.ts`. It reads
 * `midway.yaml` beside this file, and takes replies, the core's templates and the wishes written by hand for what is none. Writes
 * models/heads/midway-e5.head; the same texts give the same head.
 */
import { keepClassifier } from './keep-classifier.ts';
import { sentencesOf, speakTemplates, written } from './templates.ts';

const own = sentencesOf('midway.yaml');
const sources = [own, sentencesOf('replies.yaml'), ...['en', 'zh'].map((locale) => speakTemplates('core', locale)), written()];
const none = sources.slice(1).flat();
const known = new Set(own.map(({ text }) => text));
const all = [...own, ...none.filter(({ text }) => !known.has(text)).map(({ text }) => ({ text, labels: [] }))];
await keepClassifier('midway-e5', all, sources);
