import type { Citation, FaultReport } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { KnownOf } from '../../advice/advice.ts';
import type { PastMove } from '../decide/decide-past.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeFault } from './cite.ts';
import { sayRate } from './say-repair.ts';
import { ended, joined, say } from './wording.ts';

/**
 * Whether others have the same, or it was recalled: what the service desk knows of such machines, how often its repair was done, and who keeps the lists of
 * what was recalled. Nothing else is known of others here.
 */
export function sayKnown({ fault, issues = [] }: Extract<PastMove, { kind: 'known' }>, context: AnswerContext): Said {
  const { locale } = context;
  const shows = fault && joined([say('shows', locale), ended(fault.title[locale], locale)], locale);
  const known = issues.map((issue) => sayIssue(issue, locale));
  const counted = fault && sayCount(fault, context);
  const heard = known.length > 0 ? [say('knownOfModel', locale), ...known] : [counted ? undefined : say('noneKnown', locale)];
  return {
    parts: [shows, ...heard, counted, say('recalls', locale)],
    rung: 'diagnosis',
    citations: [...(fault ? [citeFault(fault, locale)] : []), ...issues.map((issue) => citeIssue(issue, locale))],
    grounds: [shows ?? '', counted ?? '', ...known],
    more: { offerPerson: true },
  };
}

const sayIssue = ({ title, text }: KnownOf, locale: Locale): string =>
  joined([ended(title[locale], locale), ended(text[locale], locale)], locale);

const citeIssue = ({ ref, title, text }: KnownOf, locale: Locale): Citation => ({
  kind: 'rule',
  ref: `issue/${ref}`,
  text: `${title[locale]} · ${text[locale]}`,
});

/** How often the repair of this fault was done on machines of this kind, where it was. */
function sayCount({ fault }: FaultReport, { locale, thing, packOf, rate }: AnswerContext): string | undefined {
  const pack = thing && packOf(thing.id);
  const procedure = pack?.faults[fault]?.procedure;
  const known = pack && procedure !== undefined ? rate(pack.family, procedure) : undefined;
  return known && known.tries > 0 ? joined([tried(known.tries, locale), sayRate(known, locale)], locale) : undefined;
}

const tried = (tries: number, locale: Locale): string =>
  locale === 'zh'
    ? `这类设备上，针对它的修理一共做过 ${tries} 次。`
    : `On machines of this kind its repair was done ${tries === 1 ? 'once' : `${tries} times`}.`;
