import type { Citation, DtcReport, FaultReport, Rung } from '@wayside/contract';
import type { Pack } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { Answer } from '../api/types.ts';
import type { BestQuestion } from '../diagnosis/question.ts';
import type { Passage } from '../knowledge/knowledge.ts';
import { citeArticle, citeDtc, citeFault, citeSample, evidenceOf, signalTitle } from './cite.ts';
import type { Move } from './decide.ts';
import { guide } from './procedure.ts';
import { quantity } from './quantity.ts';
import type { TalkedAbout } from './respond-types.ts';
import { ended, joined, likelihoodWord, listed, say } from './wording.ts';

export type AnswerContext = {
  locale: Locale;
  thing: TalkedAbout | undefined;
  /** The pack of a family, for titles and procedures; of the thing at hand and of others that have faults. */
  packOf(thing: string): Pack | undefined;
  things: readonly TalkedAbout[];
  dtcs: readonly DtcReport[];
  question: BestQuestion | undefined;
  /** The person is upset: acknowledge once, then be brief. */
  upset: boolean;
  lastAnswer: { text: string; rung: string } | undefined;
  /** Why a person takes over, when a rule decided so. */
  because: string | undefined;
  faults: readonly FaultReport[];
};

/** What is said, and the pack's own texts it leans on (for the guard). */
export type Worded = Answer & { grounds: string[] };

type Said = { parts: (string | undefined)[]; rung: Rung; citations?: Citation[]; grounds?: string[]; more?: Partial<Answer> };

/** Finds the words for a move: what keeps people safe first, then what is wrong, on what evidence, then what to do. */
export function answer(move: Move, context: AnswerContext): Worded {
  const { locale } = context;
  const said = word(move, context);
  const question = questionOf(context);
  const grounds = [...(said.grounds ?? []), ...(question ? [question.text] : [])];
  // What keeps people safe is never delayed by an apology.
  const acknowledged = context.upset && said.rung === 'diagnosis' && move.kind !== 'safe-answer' ? say('fault', locale) : undefined;
  const urgent = 'fault' in move && move.fault?.safety === 'stop';
  const parts = acknowledged
    ? urgent
      ? [said.parts[0], acknowledged, ...said.parts.slice(1)]
      : [acknowledged, ...said.parts]
    : said.parts;
  return {
    text: joined([...parts, question?.text], locale),
    rung: said.rung,
    citations: unique(said.citations ?? []),
    ...said.more,
    ...(question ? { question } : {}),
    grounds,
  };
}

function word(move: Move, context: AnswerContext): Said {
  const { locale, thing, faults } = context;
  const fixed = (...which: Parameters<typeof say>[0][]): Said => ({ parts: which.map((one) => say(one, locale)), rung: 'grammar' });
  switch (move.kind) {
    case 'handoff': {
      const stop = faults.find((fault) => fault.safety === 'stop');
      return {
        parts: [
          stop?.safetyAdvice[locale],
          say(move.asked ? 'handoffAsked' : 'handoffRule', locale),
          move.asked ? undefined : context.because,
        ],
        rung: 'grammar',
        citations: stop ? [citeFault(stop, locale)] : [],
        grounds: [...(stop ? [stop.safetyAdvice[locale]] : []), context.because ?? ''],
      };
    }
    case 'explain-fault':
      return explain(move.fault, move.others, context);
    case 'list-faults':
      return list(move.faults, move.dtcs, locale);
    case 'safe-answer':
      return move.fault ? safe(move.fault, context) : { parts: [say('noReasonToStop', locale)], rung: 'diagnosis' };
    case 'all-well':
      return allWell(move.elsewhere, context);
    case 'suspect': {
      const pack = thing && context.packOf(thing.id);
      const titles = move.candidates.flatMap((id) => pack?.faults[id]?.title[locale] ?? []);
      const parts = move.unexplained ? [say('unexplained', locale)] : [say('unclear', locale)];
      return {
        parts: [
          ...parts,
          titles.length > 0 ? `${say('possible', locale)}${locale === 'zh' ? '' : ' '}${listed(titles, locale)}` : undefined,
        ],
        rung: 'diagnosis',
        grounds: titles,
      };
    }
    case 'unwatched':
      return { ...fixed('unwatched'), rung: 'diagnosis', more: { offerPerson: true } };
    case 'no-thing':
      return fixed('noThing');
    case 'read-signal':
      return readSignal(move.signal, context);
    case 'explain-dtc':
      return explainDtc(move.code, context);
    case 'noted': {
      const noted = say(move.answer === 'unsure' ? 'notedUnsure' : 'notedYes', locale);
      if (move.fault) {
        const explained = explain(move.fault, [], { ...context, upset: true });
        const urgent = move.fault.safety === 'stop';
        return { ...explained, parts: urgent ? [explained.parts[0], noted, ...explained.parts.slice(1)] : [noted, ...explained.parts] };
      }
      return { parts: [noted, context.question ? undefined : say('notedNothing', locale)], rung: 'diagnosis' };
    }
    case 'step':
      return step(move, context);
    case 'finished':
      return {
        ...fixed(move.after === 'failed' ? 'finishedFailed' : 'finishedDone'),
        rung: 'diagnosis',
        more: { offerPerson: move.after === 'failed' },
      };
    case 'no-procedure':
      return {
        parts: [move.fault.safetyAdvice[locale], say('noProcedure', locale)],
        rung: 'diagnosis',
        citations: [citeFault(move.fault, locale)],
        grounds: [move.fault.safetyAdvice[locale]],
        more: { offerPerson: true },
      };
    case 'no-command': {
      const action = thing?.actions[move.action];
      const title = action && (typeof action.title === 'string' ? action.title : action.title[locale]);
      const effect = action?.effect?.[locale];
      return {
        parts: [title && ended(title, locale), effect, say('cannotAct', locale)],
        rung: 'grammar',
        grounds: [title ?? '', effect ?? ''],
      };
    }
    case 'passages':
      return extract(move.passages, locale);
    case 'reject':
      return { ...fixed(context.upset ? 'rejectShort' : 'reject'), more: { offerPerson: true } };
    case 'repeat':
      return context.lastAnswer
        ? { parts: [context.lastAnswer.text], rung: context.lastAnswer.rung as Rung, grounds: [context.lastAnswer.text] }
        : fixed('nothingToRepeat');
    case 'cancelled':
      return fixed(move.something ? 'cancelled' : 'nothingToCancel');
    case 'small-talk':
      return fixed(move.talk);
  }
}

function explain(fault: FaultReport, others: readonly FaultReport[], context: AnswerContext): Said {
  const { locale, upset, things, packOf } = context;
  const signals = things.find((one) => one.id === fault.thing)?.signals ?? {};
  const evidence = evidenceOf(fault, signals, locale);
  const forIt = evidence.filter((one) => one.for).slice(0, upset ? 1 : 3);
  const against = upset ? [] : evidence.filter((one) => !one.for && one.citation.kind === 'fault').slice(0, 1);
  const title = fault.title[locale];
  const sure = likelihoodWord(fault.probability, locale);
  const pack = packOf(fault.thing);
  const gap = locale === 'zh' ? '' : ' ';
  const article = fault.article && pack?.articles.find((one) => one.id === fault.article && one.locale === locale);
  return {
    parts: [
      fault.safetyAdvice[locale],
      locale === 'zh' ? `${sure}是：${ended(title, locale)}` : `This is ${sure}: ${ended(title, locale)}`,
      upset ? undefined : fault.explanation[locale],
      forIt.length > 0
        ? `${say('because', locale)}${gap}${listed(
            forIt.map((one) => one.said),
            locale,
          )}`
        : undefined,
      against.length > 0
        ? `${say('against', locale)}${gap}${listed(
            against.map((one) => one.said),
            locale,
          )}`
        : undefined,
      others.length > 0 && !upset
        ? `${say('others', locale)}${gap}${listed(
            others.map((one) => one.title[locale]),
            locale,
          )}`
        : undefined,
      context.question
        ? undefined
        : fault.procedure && pack?.procedures[fault.procedure]
          ? say('askWhatToDo', locale)
          : say('noProcedure', locale),
    ],
    rung: 'diagnosis',
    citations: [
      citeFault(fault, locale),
      ...forIt.map((one) => one.citation),
      ...others.map((one) => citeFault(one, locale)),
      ...(article ? [citeArticle(article.id, article.title)] : []),
    ],
    grounds: [
      title,
      fault.safetyAdvice[locale],
      fault.explanation[locale],
      ...evidence.map((one) => one.said),
      ...others.map((one) => one.title[locale]),
    ],
  };
}

function safe(fault: FaultReport, { locale, things }: AnswerContext): Said {
  const evidence = evidenceOf(fault, things.find((one) => one.id === fault.thing)?.signals ?? {}, locale).find((one) => one.for);
  const title = fault.title[locale];
  const advice = fault.safetyAdvice[locale];
  const verdict = {
    stop: { en: 'No.', zh: '不能。' },
    gently: { en: 'Only with care.', zh: '只能小心地用。' },
    'go-on': { en: 'Yes, you can go on.', zh: '可以继续。' },
  }[fault.safety][locale];
  return {
    parts: [
      verdict,
      advice,
      locale === 'zh' ? `原因：${ended(title, locale)}` : `The reason: ${ended(title, locale)}`,
      evidence ? `${say('because', locale)}${locale === 'zh' ? '' : ' '}${ended(evidence.said, locale)}` : undefined,
    ],
    rung: 'diagnosis',
    citations: [citeFault(fault, locale), ...(evidence ? [evidence.citation] : [])],
    grounds: [title, advice, evidence?.said ?? ''],
  };
}

function list(faults: readonly FaultReport[], dtcs: readonly DtcReport[], locale: Locale): Said {
  const stored = dtcs.filter((dtc) => dtc.state !== 'cleared').slice(0, 10);
  const gap = locale === 'zh' ? '' : ' ';
  const worst = faults[0];
  const codes = stored.map((dtc) => (dtc.title ? `${dtc.code} ${dtc.title[locale]}` : dtc.code));
  return {
    parts: [
      worst?.safetyAdvice[locale],
      faults.length > 0
        ? listed(
            faults.map(
              (one) =>
                `${one.title[locale]}${locale === 'zh' ? '（' : ' ('}${likelihoodWord(one.probability, locale)}${locale === 'zh' ? '）' : ')'}`,
            ),
            locale,
          )
        : undefined,
      codes.length > 0 ? `${say('codes', locale)}${gap}${listed(codes, locale)}` : undefined,
    ],
    rung: 'diagnosis',
    citations: [...faults.map((one) => citeFault(one, locale)), ...stored.map((one) => citeDtc(one, locale))],
    grounds: [worst?.safetyAdvice[locale] ?? '', ...faults.map((one) => one.title[locale]), ...codes],
  };
}

function allWell(elsewhere: readonly FaultReport[], { locale, thing, things }: AnswerContext): Said {
  const title = thing?.title ?? '';
  const other = elsewhere[0];
  const where = things.find((one) => one.id === other?.thing)?.title ?? other?.thing ?? '';
  const elsewhereSaid =
    other &&
    (locale === 'zh'
      ? `不过${where}有问题：${ended(other.title[locale], locale)}`
      : `But ${where} has a fault: ${ended(other.title[locale], locale)}`);
  return {
    parts: [
      locale === 'zh' ? `${title}目前没有发现故障。` : `I find nothing wrong with ${title}.`,
      elsewhereSaid,
      say('wellCaveat', locale),
    ],
    rung: 'diagnosis',
    citations: other ? [citeFault(other, locale)] : [],
    grounds: [title, where, other?.title[locale] ?? ''],
  };
}

function readSignal(name: string, { locale, thing }: AnswerContext): Said {
  const reading = thing?.latest(name);
  const signal = thing?.signals[name];
  const title = signalTitle(signal, name, locale);
  if (!thing || !reading) return { parts: [ended(title, locale), say('nothingRead', locale)], rung: 'diagnosis', grounds: [title] };
  const value = quantity(reading.value, signal?.unit, locale);
  return {
    parts: [locale === 'zh' ? `${title}现在是 ${value}。` : `${title} is ${value}.`],
    rung: 'diagnosis',
    citations: [citeSample(thing.id, name, signal, { value: reading.value, at: reading.observedAt }, locale)],
    grounds: [title],
  };
}

function explainDtc(code: string, { locale, thing, packOf, dtcs }: AnswerContext): Said {
  const pack = thing && packOf(thing.id);
  const here = dtcs.find((dtc) => dtc.code === code);
  const title = pack?.dtcs[code]?.title ?? here?.title;
  const state =
    here === undefined ? 'codeNotHere' : here.state === 'cleared' ? 'codeCleared' : here.state === 'pending' ? 'codePending' : 'codeHere';
  const causes = Object.entries(pack?.faults ?? {})
    .filter(([, fault]) => (fault.dtcs[code] ?? 0) > 0)
    .sort(([, a], [, b]) => b.prior * b.dtcs[code]! - a.prior * a.dtcs[code]!)
    .slice(0, 3)
    .map(([id, fault]) => ({ id, title: fault.title[locale], explanation: fault.explanation[locale] }));
  // SAE J2012: a second digit of 1 leaves the meaning to the maker.
  const makers = !title && /^[PCBU]1/.test(code);
  const titled = title
    ? locale === 'zh'
      ? `${code}：${ended(title.zh, locale)}`
      : `${code}: ${ended(title.en, locale)}`
    : `${ended(code, locale)}`;
  const possible =
    causes.length > 0
      ? `${say('possible', locale)}${locale === 'zh' ? '' : ' '}${listed(
          causes.map((one) => one.title),
          locale,
        )}`
      : undefined;
  return {
    parts: [
      titled,
      title ? undefined : say('codeUnknown', locale),
      makers ? say('codeMaker', locale) : undefined,
      thing ? say(state, locale) : undefined,
      possible,
    ],
    rung: 'diagnosis',
    citations: [
      citeDtc({ code, title }, locale),
      ...causes.map((one): Citation => ({ kind: 'fault', ref: one.id, text: `${one.title} · ${one.explanation}` })),
    ],
    grounds: causes.map((one) => one.title),
  };
}

function step(move: Extract<Move, { kind: 'step' }>, { locale, thing, packOf, faults }: AnswerContext): Said {
  const procedure = thing && packOf(thing.id)?.procedures[move.progress.id];
  if (!procedure) return { parts: [say('noProcedure', locale)], rung: 'diagnosis', more: { offerPerson: true } };
  const guided = guide(procedure, move.progress, locale);
  const fault = faults.find((one) => one.procedure === move.progress.id);
  const first = move.progress.step === 0 && move.after === undefined;
  const count = locale === 'zh' ? `第 ${guided.number} 步，共 ${guided.of} 步：` : `Step ${guided.number} of ${guided.of}:`;
  return {
    parts: [
      first ? fault?.safetyAdvice[locale] : undefined,
      move.after === 'failed' ? say('stepFailed', locale) : undefined,
      guided.safety,
      `${count}${locale === 'zh' ? '' : ' '}${guided.text}`,
    ],
    rung: 'diagnosis',
    citations: fault ? [citeFault(fault, locale)] : [],
    grounds: [guided.text, guided.safety ?? '', count, fault?.safetyAdvice[locale] ?? ''],
    more: { step: guided },
  };
}

/** The first sentences of the best passage, word for word. */
function extract(passages: readonly Passage[], locale: Locale): Said {
  const best = passages[0]!;
  const sentences = best.text.replace(/\s+/g, ' ').match(/[^。！？.!?]*(?:\.(?=\S)[^。！？.!?]*)*[。！？.!?]+/g) ?? [best.text];
  const text = sentences.slice(0, 4).join('').trim();
  const cited = passages.slice(0, 3).map((one) => citeArticle(one.article, one === best ? `${one.title} · ${text}` : one.title));
  return { parts: [text], rung: 'knowledge', citations: cited, grounds: [best.text], more: { offerPerson: locale !== best.locale } };
}

function questionOf({ question, thing, packOf, locale }: AnswerContext): Answer['question'] {
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
