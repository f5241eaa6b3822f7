import type { CommandReport } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import { quantity, type Units } from '../../packs/quantity.ts';
import type { CommandMove } from '../decide/decide-command.ts';
import type { AnswerContext, Said } from './answer-context.ts';
import { ended, joined, listed, say } from './wording.ts';

/** What is said of a command before it is carried out. What it does is said before anyone agrees. */
export function sayCommand(move: CommandMove, { locale, thing }: AnswerContext): Said {
  if (move.kind === 'no-command') {
    const offered = Object.values(thing?.actions ?? {})
      .filter(({ risk }) => risk !== 'R3')
      .slice(0, 6)
      .map(({ title }) => (typeof title === 'string' ? title : title[locale]));
    const list = offered.length > 0 ? `${say('offers', locale)}${locale === 'zh' ? '' : ' '}${listed(offered, locale)}` : undefined;
    return {
      parts: [move.why?.[locale] ?? say('cannotAct', locale), list],
      rung: 'grammar',
      grounds: [move.why?.[locale] ?? '', ...offered],
    };
  }
  const { command } = move;
  const title = ended(command.title[locale], locale);
  const effect = command.effect?.[locale];
  const grounds = [title, effect ?? '', command.why?.[locale] ?? ''];
  switch (move.kind) {
    case 'propose': {
      const parts = [move.again ? say('askedAgain', locale) : undefined, title, effect, say('shallI', locale)];
      return { parts, rung: 'grammar', grounds, more: { command } };
    }
    case 'run':
    case 'agree':
      // Nothing is left to be agreed to: what is shown must not ask again.
      return { parts: [say('doingIt', locale), title], rung: 'grammar', grounds, more: { command: { ...command, state: 'consented' } } };
    case 'under-way':
      return { parts: [say('stillDoing', locale), title], rung: 'grammar', grounds, more: { command } };
    case 'withhold':
      return { parts: [say('withheld', locale)], rung: 'grammar', grounds };
    case 'refuse':
      return { parts: [say('notDone', locale), command.why?.[locale]], rung: 'grammar', grounds, more: { command } };
  }
}

/** What came of a command, in one or two sentences; undefined where there is nothing new to tell. */
export function sayOutcome(command: CommandReport, locale: Locale, units: Units = 'metric'): string | undefined {
  const title = command.title[locale];
  const shown = readBack(command, locale, units);
  const detail =
    command.detail === undefined ? undefined : ended(locale === 'zh' ? `设备说：${command.detail}` : `It says: ${command.detail}`, locale);
  switch (command.state) {
    case 'confirmed':
      return locale === 'zh'
        ? `已完成：${title}。设备的读数也证实了：${shown}。`
        : `Done: ${title}. The machine’s own reading shows it: ${shown}.`;
    case 'done':
      return joined([locale === 'zh' ? `设备说已完成：${title}。` : `The machine says it is done: ${title}.`, detail], locale);
    case 'not-seen':
      return locale === 'zh'
        ? `设备说已完成，但读数没有变化：${shown}。请不要当作已完成。`
        : `The machine says it is done, but its reading does not show it: ${shown}. Do not rely on it.`;
    case 'refused':
      return joined([say('notDone', locale), command.why?.[locale]], locale);
    case 'declined':
      return joined([locale === 'zh' ? `设备拒绝了：${title}。` : `The machine refused: ${title}.`, detail], locale);
    case 'failed':
      return joined([locale === 'zh' ? `没有成功：${title}。` : `It did not work: ${title}.`, detail], locale);
    case 'no-answer':
      return locale === 'zh'
        ? `设备没有回应，所以我不知道“${title}”是否已执行，也不会再发一次。请看一下设备。`
        : `The machine did not answer, so I do not know whether this was done: ${title}. I do not send it again. Please look at it.`;
    default:
      return undefined;
  }
}

function readBack({ readBack: read }: CommandReport, locale: Locale, units: Units): string {
  if (!read) return '';
  const value = read.value === undefined ? (locale === 'zh' ? '没有读数' : 'no reading') : quantity(read.value, read.unit, locale, units);
  return `${read.title[locale]}${locale === 'zh' ? '：' : ': '}${value}`;
}
