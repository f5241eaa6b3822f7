/**
 * Trains the head that tells what is meant by who was just asked something or shown a step: `node models/training/replies.ts`. It reads `replies.yaml`
 * beside this file, and takes the core's templates and `intents.yaml` for what is no reply but a wish of its own. Writes models/heads/replies-e5.head;
 * the same texts give the same head.
 */
import { keepClassifier } from './keep-classifier.ts';
import { type Said, sentencesOf, speakTemplates, written } from './templates.ts';

/** Labels of the intents' own words that are replies as well. */
const sameAs: Record<string, string> = {
  yes: 'yes',
  no: 'no',
  unsure: 'unsure',
  repeat: 'again',
  'howto step=done': 'done',
  'howto step=failed': 'failed',
  'howto step=skipped': 'skip',
};
const asReply = ({ text, labels }: Said): Said => ({ text, labels: labels.flatMap((label) => sameAs[label] ?? []) });

/** "Leave it" calls off a repair and declines a proposal: neither a reply of one label nor none. */
const between = new Set(['cancel']);

const own = sentencesOf('replies.yaml');
const sources = [...['en', 'zh'].map((locale) => speakTemplates('core', locale)), written()];
const others = sources
  .flat()
  .filter(({ labels }) => !labels.some((label) => between.has(label)))
  .map(asReply);
const known = new Set(own.map(({ text }) => text));
const all = [...own, ...others.filter(({ text }) => !known.has(text))];
await keepClassifier('replies-e5', all, [own, ...sources]);
