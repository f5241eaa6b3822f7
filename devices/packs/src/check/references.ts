import { type Locale, locales, type ThingModel } from '@wayside/protocol';
import type { z } from 'zod';
import type { Report } from '../files.ts';
import type { Article } from '../load.ts';
import { cues, isCue, noCue } from '../schema/cues.ts';
import type * as schema from '../schema.ts';
import { signalsLike } from '../signals-like.ts';
import { checkRecommendations } from './check-recommendations.ts';
import { checkActions, checkProcedures } from './check-repair.ts';
import { checkSymptoms } from './check-symptoms.ts';

/** A pack's parts as read; undefined where the file is broken, so that nothing that refers to it is called wrong as well. */
export type Parts = {
  busyWhile: readonly schema.Condition[];
  monitorsRun?: { while: readonly schema.Condition[] };
  thing: ThingModel | undefined;
  symptoms: z.infer<typeof schema.symptomFile>['symptoms'] | undefined;
  observations: z.infer<typeof schema.observationFile>['observations'] | undefined;
  faults: Record<string, schema.FaultModel> | undefined;
  handling: Record<string, schema.Handling> | undefined;
  terms: Record<string, schema.Term> | undefined;
  procedures: Record<string, schema.Procedure> | undefined;
  dtcs: z.infer<typeof schema.dtcFile>['dtcs'] | undefined;
  codesCleared: z.infer<typeof schema.dtcFile>['cleared'];
  components: Record<string, schema.Component> | undefined;
  recommendations: schema.Recommendations | undefined;
  phrases: Partial<Record<Locale, schema.PhraseFile>>;
  articles: Article[] | undefined;
  /** Every file of the pack, by its path within it. */
  files: ReadonlySet<string>;
};

type Named = Record<string, unknown> | undefined;

/** Reports every id in a pack that refers to nothing, and every detector that could never fire. */
export function checkReferences(parts: Parts, report: Report): void {
  const refer = (file: string, at: string, kind: string, id: string, among: Named, home: string): void => {
    if (among && !Object.hasOwn(among, id))
      report(file, at, `refers to the ${kind} "${id}", which ${home} does not hold: add it there or correct the name`);
  };
  for (const [i, { signal }] of parts.busyWhile.entries())
    refer('pack.yaml', `busyWhile.${i}`, 'signal', signal, parts.thing?.signals, 'thing.yaml');
  for (const [i, { signal }] of (parts.monitorsRun?.while ?? []).entries())
    refer('pack.yaml', `monitorsRun.while.${i}`, 'signal', signal, parts.thing?.signals, 'thing.yaml');
  if (parts.codesCleared) refer('dtcs.yaml', 'cleared.by', 'action', parts.codesCleared.by, parts.thing?.actions, 'thing.yaml');
  checkSymptoms(parts, report, refer);
  checkObservations(parts, report, refer);
  checkFaults(parts, report, refer);
  checkCited(parts, refer);
  checkActions(parts, report, refer);
  checkProcedures(parts, report, refer);
  checkComponents(parts, refer);
  checkRecommendations(parts, report, refer);
  checkArticles(parts, report, refer);
  for (const [locale, phrases] of Object.entries(parts.phrases)) checkPhrases(`phrases/${locale}.yaml`, phrases, parts, report, refer);
}

export type Refer = (file: string, at: string, kind: string, id: string, among: Named, home: string) => void;

function checkComponents({ components, thing, faults }: Parts, refer: Refer): void {
  const file = 'components.yaml';
  for (const [id, component] of Object.entries(components ?? {})) {
    const at = `components.${id}`;
    for (const [i, signal] of component.signals.entries())
      if (thing && signalsLike(signal, thing.signals).length === 0)
        refer(file, `${at}.signals.${i}`, 'signal', signal, thing.signals, 'thing.yaml');
    for (const [i, fault] of component.faults.entries()) refer(file, `${at}.faults.${i}`, 'fault', fault, faults, 'faults.yaml');
  }
}

function checkObservations({ observations, thing }: Parts, report: Report, refer: Refer): void {
  const file = 'observations.yaml';
  const said = new Map<string, string>();
  for (const [id, { action, askWhile = [], said: its }] of Object.entries(observations ?? {})) {
    for (const [i, { signal }] of askWhile.entries())
      refer(file, `observations.${id}.askWhile.${i}`, 'signal', signal, thing?.signals, 'thing.yaml');
    for (const [locale, sentences] of Object.entries(its ?? {}))
      for (const [i, sentence] of sentences.entries()) {
        const key = sentence.toLowerCase();
        const other = said.get(key);
        if (other)
          report(file, `observations.${id}.said.${locale}.${i}`, `"${sentence}" is said of "${other}" already: keep one of the two`);
        said.set(key, id);
      }
    if (!action) continue;
    const at = `observations.${id}.action`;
    refer(file, at, 'action', action.name, thing?.actions, 'thing.yaml');
    if (thing?.actions[action.name]?.risk === 'R3')
      report(file, at, `tests by "${action.name}", which is R3 and never carried out: remove it`);
  }
}

const articleIdsOf = ({ articles }: Parts): Named => articles && Object.fromEntries(articles.map((article) => [article.id, article]));

function checkCited(parts: Parts, refer: Refer): void {
  const articleIds = articleIdsOf(parts);
  for (const name of ['handling', 'terms'] as const)
    for (const [id, { article }] of Object.entries(parts[name] ?? {}))
      if (article) refer(`${name}.yaml`, `${name}.${id}.article`, 'article', article, articleIds, 'articles/');
}

/** Advice that takes for granted that the machine stands; it is told while it runs as well. */
const takesItStopped = {
  en: /^(?:please )?(?:leave|keep)\b[^.;:]*\b(?:off|stopped)\b/i,
  zh: /^请?(?:让[^，。]*)?保持(?:停机|关机|关闭)/,
} as const;

function checkFaults(parts: Parts, report: Report, refer: Refer): void {
  const { faults, symptoms, dtcs, observations, procedures } = parts;
  const file = 'faults.yaml';
  const articleIds = articleIdsOf(parts);
  for (const [id, fault] of Object.entries(faults ?? {})) {
    for (const symptom of Object.keys(fault.symptoms)) refer(file, `faults.${id}.symptoms`, 'symptom', symptom, symptoms, 'symptoms.yaml');
    for (const code of Object.keys(fault.dtcs)) refer(file, `faults.${id}.dtcs`, 'trouble code', code, dtcs, 'dtcs.yaml');
    for (const seen of Object.keys(fault.observations))
      refer(file, `faults.${id}.observations`, 'observation', seen, observations, 'observations.yaml');
    for (const locale of locales)
      if (fault.safety === 'stop' && takesItStopped[locale].test(fault.safetyAdvice[locale]))
        report(file, `faults.${id}.safetyAdvice.${locale}`, 'only says to leave it off, and is told while it runs as well: say to stop it');
    if (fault.procedure) refer(file, `faults.${id}.procedure`, 'procedure', fault.procedure, procedures, 'procedures.yaml');
    if (fault.article) refer(file, `faults.${id}.article`, 'article', fault.article, articleIds, 'articles/');
  }
}

function checkArticles({ articles, faults }: Parts, report: Report, refer: Refer): void {
  for (const article of articles ?? []) {
    const file = `articles/${article.locale}/${article.id}.md`;
    for (const fault of article.faults) refer(file, 'faults', 'fault', fault, faults, 'faults.yaml');
    const other: Locale = article.locale === 'en' ? 'zh' : 'en';
    if (!articles?.some(({ id, locale }) => id === article.id && locale === other)) {
      report(file, '', `has no article in the other language: add articles/${other}/${article.id}.md`);
    }
  }
}

/** Slots the core fills by itself, without a list in the pack. */
const coreSlots = new Set(['code', 'answer', 'number']);
/** In a cue words that nobody knows beforehand have names as well. */
const asides = new Set(['any', 'word', 'words']);

function checkPhrases(file: string, phrases: schema.PhraseFile, parts: Parts, report: Report, refer: Refer): void {
  // A pack without a thing is about the conversation itself; its slots are filled by the family packs beside it.
  const hasThing = parts.thing === undefined || Object.keys(parts.thing.signals).length > 0;
  const homes: Record<string, [Named, string]> = {
    signal: [parts.thing?.signals, 'thing.yaml'],
    action: [parts.thing?.actions, 'thing.yaml'],
    observation: [parts.observations, 'observations.yaml'],
    fault: [parts.faults, 'faults.yaml'],
    component: [parts.components, 'components.yaml'],
    handling: [parts.handling, 'handling.yaml'],
    term: [parts.terms, 'terms.yaml'],
  };
  const mustExist = (at: string, slot: string, id: string) => {
    const home = homes[slot];
    const isGroup = slot === 'signal' && signalsLike(id, parts.thing?.signals ?? {}).length > 0;
    if (hasThing && home && !isGroup) refer(file, at, slot, id, ...home);
  };
  for (const [list, entries] of Object.entries(phrases.lists)) {
    for (const [i, { out }] of entries.entries()) mustExist(`lists.${list}.${i}`, list, out);
  }
  const template = (at: string, text: string, within = false) => {
    const fault = unbalanced(text);
    if (fault) report(file, at, `has ${fault} in "${text}": close every bracket`);
    for (const [, list = ''] of text.matchAll(/\{([^}:]*)(?::[^}]*)?\}/g)) {
      if (hasThing && !Object.hasOwn(phrases.lists, list) && !coreSlots.has(list) && !(within && asides.has(list)))
        report(file, at, `uses {${list}}: add that list under lists`);
    }
    for (const [, rule = ''] of text.matchAll(/<([^>]*)>/g)) {
      if (!Object.hasOwn(phrases.rules, rule)) report(file, at, `uses <${rule}>: add that rule under rules`);
    }
  };
  for (const [rule, text] of Object.entries(phrases.rules)) template(`rules.${rule}`, text);
  for (const [intent, groups] of Object.entries(phrases.intents)) {
    for (const [i, { sentences, slots }] of groups.entries()) {
      for (const [slot, id] of Object.entries(slots)) mustExist(`intents.${intent}.${i}.slots.${slot}`, slot, id);
      for (const id of slots.shows?.split(' ') ?? []) mustExist(`intents.${intent}.${i}.slots.shows`, 'signal', id);
      for (const [j, text] of sentences.entries()) template(`intents.${intent}.${i}.sentences.${j}`, text);
    }
  }
  for (const [cue, groups] of Object.entries(phrases.cues)) {
    if (!isCue(cue)) report(file, 'cues', noCue(cue));
    for (const [i, { sentences, slots }] of groups.entries()) {
      if (isCue(cue)) checkSlots(cue, slots, (problem) => report(file, `cues.${cue}.${i}.slots`, problem));
      for (const [j, text] of sentences.entries()) template(`cues.${cue}.${i}.sentences.${j}`, text, true);
    }
  }
}

function checkSlots(cue: schema.Cue, slots: Readonly<Record<string, string>>, report: (problem: string) => void): void {
  const known = cues[cue].slots ?? {};
  const some = Object.keys(known).join(', ');
  for (const [slot, value] of Object.entries(slots)) {
    const values = known[slot];
    if (!values) report(`has "${slot}", which ${cue} does not know: ${some ? `write one of ${some}` : 'leave the slots out'}`);
    else if (!values.includes(value)) report(`says "${value}" for ${slot}: write one of ${values.join(', ')}`);
  }
}

const closes: Record<string, string> = { ')': '(', ']': '[', '}': '{', '>': '<' };

function unbalanced(text: string): string | undefined {
  const open: string[] = [];
  for (const char of text) {
    if ('([{<'.includes(char)) open.push(char);
    else if (closes[char] && open.pop() !== closes[char]) return `a stray "${char}"`;
  }
  return open.length > 0 ? `an open "${open.at(-1)}"` : undefined;
}
