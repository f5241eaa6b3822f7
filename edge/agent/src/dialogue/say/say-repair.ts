import type { FaultReport, RepairReport, SuccessRate } from '@wayside/contract';
import type { Pack } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { Progress } from '../../repair/progress.ts';
import { watchedAfter } from '../../repair/watched-after.ts';
import type { RepairMove } from '../decide/decide-repair.ts';
import { asks, guide } from '../decide/procedure.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { citeArticle, citeFault } from './cite.ts';
import { stillReported } from './say-not-gone.ts';
import { spanWords } from './time-words.ts';
import { ended, joined, listed, say } from './wording.ts';

/** A step of a procedure: what is still safe and what to mind before what to do; with the first one what is needed and how it has done. */
export function sayStep(move: Extract<RepairMove, { kind: 'step' }>, context: AnswerContext): Said {
  const { locale, thing, packOf, faults, rate } = context;
  const pack = thing && packOf(thing.id);
  const known = pack && rate(pack.family, move.progress.procedure);
  const guided = pack && guide(pack, move.progress, locale, known);
  if (!guided) return { parts: [say('noProcedure', locale)], rung: 'diagnosis', more: { offerPerson: true } };
  const fault = faults.find((one) => one.thing === thing?.id && one.fault === move.progress.fault);
  const opening = move.how === 'begin' || move.how === 'resume';
  const asked = move.how === 'asked';
  const minds = fault && !context.advised(fault) && (opening || (asked && fault.safety === 'stop'));
  const advice = minds ? fault.safetyAdvice[locale] : undefined;
  const count = locale === 'zh' ? `第 ${guided.number} 步，共 ${guided.of} 步：` : `Step ${guided.number} of ${guided.of}:`;
  const gap = locale === 'zh' ? '' : ' ';
  const needs = guided.tools && `${say('needs', locale)}${gap}${listed(guided.tools, locale)}`;
  const minutes = guided.minutes === undefined ? undefined : about(guided.minutes, locale);
  const action =
    guided.action &&
    (locale === 'zh'
      ? `我可以代您执行：${guided.action.title}。要我来做，请说“执行”。`
      : `I can do this from here: ${guided.action.title}. Say “do it” if I should.`);
  return {
    parts: [
      advice,
      asked ? say(fault ? 'stillShows' : 'nothingShows', locale) : undefined,
      asked && fault ? ended(fault.title[locale], locale) : undefined,
      move.how === 'resume' ? (locale === 'zh' ? `我们接着做“${guided.title}”。` : `We go on with “${guided.title}”.`) : undefined,
      move.after === 'failed' && !askedBefore(move.progress, pack.procedures) ? say('stepFailed', locale) : undefined,
      move.how === 'begin' ? needs : undefined,
      move.how === 'begin' ? minutes : undefined,
      move.how === 'begin' && known ? sayRate(known, locale) : undefined,
      guided.safety,
      `${count}${gap}${guided.text}`,
      action,
    ],
    safetyFirst: advice !== undefined,
    shows: {
      do: [guided.safety, `${count}${gap}${guided.text}`],
      basis: move.how === 'begin' ? [needs, minutes, known && sayRate(known, locale)] : [],
    },
    rung: 'diagnosis',
    citations: fault ? [citeFault(fault, locale)] : [],
    grounds: [
      guided.text,
      guided.safety ?? '',
      count,
      advice ?? '',
      fault?.title[locale] ?? '',
      needs ?? '',
      minutes ?? '',
      action ?? '',
      guided.title,
    ],
    more: { step: guided },
  };
}

const about = (minutes: number, locale: Locale) => (locale === 'zh' ? `大约需要 ${minutes} 分钟。` : `It takes about ${minutes} minutes.`);

/** How long the repair of a fault takes, where the pack says so. */
export function sayTakes(fault: FaultReport, { locale, packOf, rate }: AnswerContext): Said {
  const pack = packOf(fault.thing);
  const procedure = fault.procedure === undefined ? undefined : pack?.procedures[fault.procedure];
  const known = pack && fault.procedure !== undefined ? rate(pack.family, fault.procedure) : undefined;
  const minutes = procedure?.minutes === undefined ? undefined : about(procedure.minutes, locale);
  if (!procedure || !minutes) return { parts: [say('takesUnknown', locale)], rung: 'diagnosis', more: { offerPerson: true } };
  const title = ended(procedure.title[locale], locale);
  return {
    parts: [title, minutes, known && sayRate(known, locale), say('askWhatToDo', locale)],
    rung: 'diagnosis',
    citations: [citeFault(fault, locale)],
    grounds: [title, minutes],
  };
}

/** Did the step one comes from put a question? Then a no is its answer, and nothing failed. */
function askedBefore({ procedure, path }: Progress, procedures: Pack['procedures']): boolean {
  const before = procedures[procedure]?.steps.find(({ id }) => id === path.at(-1));
  return before !== undefined && asks(before);
}

/** How often a procedure has worked, once it was tried often enough to say. */
export function sayRate({ fixed, notFixed }: SuccessRate, locale: Locale): string | undefined {
  const judged = fixed + notFixed;
  if (judged < 3) return undefined;
  return locale === 'zh' ? `此前 ${judged} 次中有 ${fixed} 次修好。` : `It has worked ${fixed} of ${judged} times.`;
}

/** The last step is behind them: how it will be seen whether it worked. */
export function sayFinished({ after, finished }: Extract<RepairMove, { kind: 'finished' }>, context: AnswerContext): Said {
  const { locale, thing, packOf } = context;
  const failed = after === 'failed';
  const codes = finished.personSays === 'fixed' ? stillReported(context) : undefined;
  const seen = thing && watchedAfter(packOf(thing.id), finished.progress, context.dtcs);
  const watches = !failed && finished.progress.done && seen;
  const span = seen ? spanWords(seen.needs, locale) : '';
  const watch =
    locale === 'zh'
      ? `我会看设备自己的数据：症状 ${span}内不再出现，才算修好。结果会告诉您。`
      : `I now watch the machine’s own data: when the signs stay away for ${span}, it is fixed. I will tell you.`;
  return {
    parts: [
      say(failed ? 'finishedFailed' : finished.personSays === 'fixed' ? 'notedYes' : 'finishedDone', locale),
      ...(codes?.parts ?? []),
      watches ? watch : undefined,
    ],
    rung: 'diagnosis',
    citations: codes?.citations ?? [],
    grounds: [watch, ...(codes?.parts ?? [])],
    more: { offerPerson: failed },
  };
}

/** How a repair stands. The machine’s data decides; what the person says is only thanked for. */
export function sayRepair(repair: RepairReport, locale: Locale): Said {
  const { state, symptoms, needs } = repair;
  const named = (which: typeof symptoms) => listed(which.map(({ title }) => title[locale]).slice(0, 3), locale);
  const span = spanWords(needs, locale);
  const there = symptoms.filter((one) => one.there > 0 && one.away === 0);
  const text: Record<RepairReport['state'], string> = {
    fixed: joined(
      [
        locale === 'zh'
          ? `修好了：设备自己的数据显示，${span}内没有再出现：`
          : `It worked. For ${span} the machine’s own data no longer shows this:`,
        named(symptoms),
      ],
      locale,
    ),
    'not-fixed': joined(
      [
        locale === 'zh' ? '没有修好：设备的数据仍然显示：' : 'It did not help. The machine’s data still shows this:',
        named(there.length > 0 ? there : symptoms),
      ],
      locale,
    ),
    'too-early': locale === 'zh' ? '这次维修是否有效，数据不足，无法判断。' : 'There was not enough data to say whether the repair worked.',
    watching: progressOf(repair, locale),
  };
  return {
    parts: [text[state]],
    rung: 'diagnosis',
    citations: repair.article && state === 'not-fixed' ? [citeArticle(repair.article, repair.faultTitle[locale])] : [],
    grounds: [text[state], ...symptoms.map(({ title }) => title[locale])],
    more: { repair, ...(state === 'not-fixed' ? { offerPerson: true } : {}) },
  };
}

function progressOf({ symptoms, needs }: RepairReport, locale: Locale): string {
  const least = Math.min(...symptoms.map(({ away }) => away));
  const still = symptoms.filter(({ there, away }) => there > 0 && away === 0);
  if (still.length > 0) {
    const names = listed(
      still.map(({ title }) => title[locale]),
      locale,
    );
    return locale === 'zh' ? `现在说还太早。目前仍能看到：${names}` : `It is too early to say. Right now this still shows: ${names}`;
  }
  if (least === 0)
    return locale === 'zh'
      ? `现在说还太早：症状要消失满 ${spanWords(needs, locale)}才算修好，设备的数据还没有开始计时。`
      : `It is too early to say: the signs must stay away for ${spanWords(needs, locale)}, and the machine’s data has not begun to show that.`;
  return locale === 'zh'
    ? `现在说还太早：症状已消失 ${spanWords(least, locale)}，需要满 ${spanWords(needs, locale)}。`
    : `It is too early to say: the signs have stayed away for ${spanWords(least, locale)} of ${spanWords(needs, locale)}.`;
}

/** Where somebody was, said when they come back. */
export function sayWhere(title: string, number: number, of: number, locale: Locale): string {
  return locale === 'zh'
    ? `上次我们做到“${title}”的第 ${number} 步，共 ${of} 步。要继续吗？`
    : `We were at step ${number} of ${of} of “${title}”. Shall we go on?`;
}
