import type { Citation, DtcReport, FaultReport, Preferences, Rung, SuccessRate } from '@wayside/contract';
import type { Called, Pack } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { Answer } from '../api/types.ts';
import type { BestQuestion } from '../diagnosis/question.ts';
import type { Passage } from '../knowledge/knowledge.ts';
import { citeArticle, citeFault } from './cite.ts';
import { gravest, type Move } from './decide.ts';
import type { Test } from './decide-command.ts';
import { emergency } from './emergency.ts';
import type { Manner } from './feelings/acknowledge.ts';
import type { TalkedAbout } from './respond-types.ts';
import { sayCommand } from './say-command.ts';
import { allWell, explain, list, safe } from './say-fault.ts';
import { explainDtc, readSignal } from './say-machine.ts';
import { sayFinished, sayRepair, sayStep } from './say-repair.ts';
import { suspect, unconfirmed } from './say-suspect.ts';
import { sayUnheard } from './say-unheard.ts';
import { saySmallTalk } from './small-talk.ts';
import { ended, joined, say } from './wording.ts';

export type AnswerContext = {
  locale: Locale;
  thing: TalkedAbout | undefined;
  /** The pack of a family, for titles and procedures; of the thing at hand and of others that have faults. */
  packOf(thing: string): Pack | undefined;
  things: readonly TalkedAbout[];
  /** The things that an emergency may be about. */
  placed: readonly TalkedAbout[];
  dtcs: readonly DtcReport[];
  question: BestQuestion | undefined;
  /** Instead of a question: a test that would tell more. */
  test?: Test | undefined;
  /** How to say it: with what acknowledgment, how briefly. */
  manner: Manner;
  /** Is a person on the way already? */
  called: Called;
  lastAnswer: { text: string; rung: string } | undefined;
  /** So many sentences in a row were not understood. */
  unheard: number;
  /** Why a person takes over, or a technician looks on, when a rule decided so. */
  because: string | undefined;
  looksOn?: string | undefined;
  faults: readonly FaultReport[];
  /** How a family's procedure has done so far. */
  rate(family: string, procedure: string): SuccessRate | undefined;
  /** How this person likes figures, and how much they like to be told. */
  units: Preferences['units'];
  verbosity: Preferences['verbosity'];
  /** So many entries a list may have, for whoever has their eyes on the road. */
  atMost?: number | undefined;
};

/** What is said, and the pack's own texts it leans on (for the guard). */
export type Worded = Answer & {
  grounds: string[] /** That a rule brings a person, said after the answer whoever phrased it. */;
  also?: string;
};

/** The parts of an answer in the order they are said. */
export type Said = {
  parts: (string | undefined)[];
  /** The first part says what is still safe. */
  safetyFirst?: boolean;
  rung: Rung;
  citations?: Citation[];
  grounds?: string[];
  more?: Partial<Answer>;
};

/** Finds the words for a move: what keeps people safe first, then what is wrong, on what evidence, then what to do. */
export function answer(move: Move, context: AnswerContext): Worded {
  const { locale, thing } = context;
  const said = word(move, context);
  const question = questionOf(context);
  const test = context.test && sayCommand(context.test, context);
  // Small talk beside danger: where a rule calls somebody, what keeps people safe is still said first.
  const safety =
    context.because !== undefined && (move.kind === 'small-talk' || move.kind === 'reject')
      ? safetyOf(context.faults.filter((one) => thing === undefined || one.thing === thing.id))?.text[locale]
      : undefined;
  const grounds = [
    ...(said.grounds ?? []),
    ...(question ? [question.text] : []),
    ...(test?.grounds ?? []),
    ...(context.because === undefined ? [] : [context.because]),
    ...(context.looksOn === undefined ? [] : [context.looksOn]),
    ...(safety === undefined ? [] : [safety]),
  ];
  // What keeps people safe is never delayed by an acknowledgment.
  const guess = move.guess && say(guesses[move.guess], locale);
  const acknowledged = suits.has(move.kind) ? context.manner.acknowledgment : undefined;
  const first = said.safetyFirst ? 1 : 0;
  const parts = [...said.parts.slice(0, first), acknowledged, guess, ...said.parts.slice(first)];
  const also =
    context.because !== undefined && move.kind !== 'handoff' && move.kind !== 'emergency'
      ? joined(
          [say(context.called === 'nobody' || context.called === 'looks-on' ? 'handoffAlso' : 'raisedAlso', locale), context.because],
          locale,
        )
      : context.looksOn !== undefined
        ? joined([say('looksOnAlso', locale), context.looksOn], locale)
        : undefined;
  return {
    text: joined([safety, ...parts, also, question?.text, ...(test ? [say('testWould', locale), ...test.parts] : [])], locale),
    rung: said.rung,
    citations: unique(said.citations ?? []),
    ...said.more,
    ...(question ? { question } : {}),
    ...test?.more,
    grounds,
    ...(also === undefined ? {} : { also }),
  };
}

const guesses = { likely: 'guessLikely', possible: 'guessPossible', unlikely: 'guessUnlikely' } as const;

/** Where an acknowledgment fits: before an answer about the machine, not in small talk, an emergency or the middle of a step. */
const suits = new Set<Move['kind']>([
  'explain-fault',
  'list-faults',
  'suspect',
  'all-well',
  'read-signal',
  'explain-dtc',
  'passages',
  'reject',
  'no-procedure',
  'handoff',
]);

function word(move: Move, context: AnswerContext): Said {
  const { locale, thing, faults } = context;
  const fixed = (...which: Parameters<typeof say>[0][]): Said => ({ parts: which.map((one) => say(one, locale)), rung: 'grammar' });
  switch (move.kind) {
    case 'emergency':
      return emergency(move.hazard, move.heard, context.placed, locale);
    case 'handoff': {
      const advice = safetyOf(faults);
      return {
        parts: [
          advice?.text[locale],
          say(move.already ? 'handoffAlready' : move.asked ? 'handoffAsked' : 'handoffRule', locale),
          move.asked ? undefined : context.because,
        ],
        rung: 'grammar',
        citations: advice ? [citeFault(advice.fault, locale)] : [],
        grounds: [advice?.text[locale] ?? '', context.because ?? ''],
      };
    }
    case 'explain-fault': {
      const explained = explain(move.fault, move.others, context);
      const [advice, ...rest] = explained.parts;
      return 'unheard' in move ? { ...explained, parts: [advice, say('unheardButShows', locale), ...rest] } : explained;
    }
    case 'list-faults':
      return list(move.faults, move.dtcs, locale, context.atMost);
    case 'safe-answer':
      return move.fault ? safe(move.fault, context) : { parts: [say('noReasonToStop', locale)], rung: 'diagnosis' };
    case 'safe-unclear': {
      const advice = move.worst === undefined ? undefined : thing && context.packOf(thing.id)?.faults[move.worst]?.safetyAdvice[locale];
      return { parts: [say('safeUnclear', locale), advice, say('safeUnclearWhy', locale)], rung: 'diagnosis', grounds: [advice ?? ''] };
    }
    case 'all-well':
      return allWell(move.elsewhere, context);
    case 'suspect':
      return suspect(move, context);
    case 'unconfirmed':
      return unconfirmed(move, context);
    case 'unwatched':
      return { ...fixed('unwatched'), rung: 'diagnosis', more: { offerPerson: true } };
    case 'no-thing':
      return fixed('noThing');
    case 'read-signal': {
      const here = faults.filter(
        (one) =>
          one.thing === thing?.id &&
          one.safety === 'stop' &&
          one.evidence.some(({ signal, for: speaks }) => speaks && signal === move.signal),
      );
      return withSafety(readSignal(move.signal, context), gravest(here), locale);
    }
    case 'explain-dtc': {
      const here = faults.filter(
        (one) => one.thing === thing?.id && one.evidence.some(({ ref, for: speaks }) => speaks && ref === move.code),
      );
      return withSafety(explainDtc(move.code, context), gravest(here), locale);
    }
    case 'noted': {
      const noted = say(move.answer === 'unsure' ? 'notedUnsure' : 'notedYes', locale);
      if (move.fault) {
        const explained = explain(move.fault, [], { ...context, manner: { brief: true } });
        return { ...explained, parts: [explained.parts[0], noted, ...explained.parts.slice(1)] };
      }
      return { parts: [noted, context.question || context.test ? undefined : say('notedNothing', locale)], rung: 'diagnosis' };
    }
    case 'step':
      return sayStep(move, context);
    case 'finished':
      return sayFinished(move, context);
    case 'step-to-person':
      return { parts: [say('handoffRule', locale), move.because[locale]], rung: 'diagnosis', grounds: [move.because[locale]] };
    case 'repair-state': {
      const said = sayRepair(move.repair, locale);
      const fault = faults.find((one) => one.thing === move.repair.thing && one.fault === move.repair.fault);
      const advice = fault?.safetyAdvice[locale];
      return {
        ...said,
        parts: [advice, move.says ? say('notedYes', locale) : undefined, ...said.parts],
        grounds: [...(said.grounds ?? []), advice ?? ''],
      };
    }
    case 'propose':
    case 'run':
    case 'agree':
    case 'under-way':
    case 'withhold':
    case 'refuse':
    case 'no-command':
      return sayCommand(move, context);
    case 'nothing-to-undo':
      return fixed('nothingToUndo');
    case 'no-procedure':
      return {
        parts: [move.fault.safetyAdvice[locale], say('noProcedure', locale)],
        rung: 'diagnosis',
        citations: [citeFault(move.fault, locale)],
        grounds: [move.fault.safetyAdvice[locale]],
        more: { offerPerson: true },
      };
    case 'passages':
      return move.beside
        ? beside(extract(move.passages, locale, context.atMost !== undefined), move.beside, locale)
        : withSafety(
            extract(move.passages, locale, context.atMost !== undefined),
            move.passages[0]?.active ? aboutArticle(faults, move.passages[0].article) : undefined,
            locale,
          );
    case 'reject':
      if (move.foreign) return { parts: [move.foreign.says], rung: 'grammar', grounds: [move.foreign.says], more: { offerPerson: true } };
      return move.wordless ? { ...fixed('wordless'), more: { offerPerson: true } } : sayUnheard(move, context);
    case 'repeat':
      return context.lastAnswer
        ? { parts: [context.lastAnswer.text], rung: context.lastAnswer.rung as Rung, grounds: [context.lastAnswer.text] }
        : fixed('nothingToRepeat');
    case 'cancelled':
      return fixed(move.emergency ? 'emergencyOver' : move.something ? 'cancelled' : 'nothingToCancel');
    case 'small-talk':
      return saySmallTalk(move.talk, context);
  }
}

/** The advice of the gravest of these faults, where there is something to mind. */
function safetyOf(faults: readonly FaultReport[]): { text: FaultReport['safetyAdvice']; fault: FaultReport } | undefined {
  const fault = gravest(faults.filter(({ safety }) => safety !== 'go-on'));
  return fault && { text: fault.safetyAdvice, fault };
}

const aboutArticle = (faults: readonly FaultReport[], article: string) => gravest(faults.filter((one) => one.article === article));

/** What is still safe, before what is said about a fault that is there. */
function withSafety(said: Said, fault: FaultReport | undefined, locale: Locale): Said {
  if (!fault) return said;
  const advice = fault.safetyAdvice[locale];
  return { ...said, parts: [advice, ...said.parts], safetyFirst: true, grounds: [...(said.grounds ?? []), advice] };
}

/** What the machine itself shows, before an article about something else. */
function beside(said: Said, fault: FaultReport, locale: Locale): Said {
  const shown = `${say('shows', locale)}${locale === 'zh' ? '' : ' '}${ended(fault.title[locale], locale)}`;
  return {
    ...said,
    parts: [fault.safetyAdvice[locale], shown, ...said.parts],
    safetyFirst: true,
    citations: [citeFault(fault, locale), ...(said.citations ?? [])],
    grounds: [...(said.grounds ?? []), shown, fault.safetyAdvice[locale]],
  };
}

/** The first sentences of the best passage, word for word. */
function extract(passages: readonly Passage[], locale: Locale, brief: boolean): Said {
  const best = passages[0]!;
  const sentences = best.text.replace(/\s+/g, ' ').match(/[^。！？.!?]*(?:\.(?=\S)[^。！？.!?]*)*[。！？.!?]+/g) ?? [best.text];
  const text = sentences
    .slice(0, brief ? 2 : 4)
    .join('')
    .trim();
  const cited = passages.slice(0, 3).map((one) => citeArticle(one.article, one === best ? `${one.title} · ${text}` : one.title));
  // An article speaks as if its fault were there; where it is not, that is said first.
  const about = best.active ? undefined : locale === 'zh' ? `“${best.title}”的一般说明：` : `In general, about "${best.title}":`;
  return {
    parts: [about, text],
    rung: 'knowledge',
    citations: cited,
    grounds: [best.text, best.title],
    more: { offerPerson: locale !== best.locale },
  };
}

/** The question as a card, answerable with a tap. */
export function questionOf({ question, thing, packOf, locale }: AnswerContext): Answer['question'] {
  const asked = question && thing && packOf(thing.id)?.observations[question.observation];
  if (!asked || !question) return undefined;
  const options =
    locale === 'zh'
      ? [
          ['是', '是'],
          ['不是', '不是'],
          ['不知道', '不知道'],
        ]
      : [
          ['yes', 'Yes'],
          ['no', 'No'],
          ["I don't know", "I don't know"],
        ];
  return {
    observation: question.observation,
    text: asked.question[locale],
    options: options.map(([sayIt, label]) => ({ say: sayIt!, label: label! })),
  };
}

function unique(citations: readonly Citation[]): Citation[] {
  const seen = new Set<string>();
  return citations.filter(({ kind, ref }) => {
    const key = `${kind} ${ref}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
