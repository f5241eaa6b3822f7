import { firstSentence, inParts, type Shown } from '@wayside/web/in-parts';
import type { Transcript } from '../api/types.ts';
import { type PanelLocale, words } from './words.ts';

type Turn = Transcript['turns'][number];

/** One line of the conversation: who says it, and what, an answer in its parts. All of it as text, none as markup. */
export function said({ by, name, text, parts }: Turn, locale: PanelLocale): HTMLElement {
  const w = words[locale];
  const who = by === 'operator' ? w.you : by === 'technician' ? (name ?? w.technician) : 'Wayside';
  const line = element('div', element('small', who), ...inParts(text, parts).map((part) => shown(part, w.restsOn)));
  line.dataset.by = by;
  return line;
}

function shown({ kind, text }: Shown, restsOn: string): HTMLElement {
  if (kind === 'basis') return element('details', element('summary', restsOn), element('p', text));
  if (kind === 'what') return element('p', element('b', text));
  if (kind === 'say') return element('p', text);
  const [first, rest] = firstSentence(text);
  return element('p', element('strong', first), rest);
}

function element(tag: string, ...within: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.append(...within);
  return made;
}
