import type { Action, Localized, Misfit, Signal, Value } from '@wayside/protocol';
import { quantity } from '../packs/quantity.ts';
import { localizedTitle } from '../packs/title.ts';
import type { Block } from './interlock.ts';

/** Said of a machine that was not made to be commanded from here. */
export const onlyTells: Localized = {
  en: 'It tells me its readings, but takes no commands from me. Please do this on the machine itself or in its own app.',
  zh: '这台设备只向我报告读数，不接受我的命令。请在设备上或它自己的应用里操作。',
};

/** Said of a machine that is not connected now. */
export const offline: Localized = {
  en: 'It is not connected now. I do not keep commands for later, so please ask again when it is.',
  zh: '设备现在没有连接。命令不会留到以后再执行，请等它连上后再说一次。',
};

/** Said while another command of the same machine is under way. */
export const busy: Localized = {
  en: 'It is still carrying out the last command. Please wait a moment.',
  zh: '设备还在执行上一条命令，请稍等。',
};

/** Why the interlocks keep a command from being carried out. */
export function sayBlocked(blocks: readonly Block[], signals: Record<string, Signal>): Localized {
  const said = blocks.slice(0, 3).map((block) => sayOne(block, signals));
  return { en: said.map(({ en }) => en).join(' '), zh: said.map(({ zh }) => zh).join('') };
}

/** What does not fit about an argument, by its title. */
export function sayMisfit(wrong: Misfit, action: Action): Localized {
  const { argument } = wrong;
  const title = localizedTitle(Object.hasOwn(action.args, argument) ? action.args[argument]?.title : undefined, argument);
  const named = { en: `“${title.en}”`, zh: `“${title.zh}”` };
  switch (wrong.wrong) {
    case 'unknown':
      return { en: `This takes no ${named.en}.`, zh: `这项操作没有${named.zh}这个参数。` };
    case 'missing':
      return { en: `It is not said what ${named.en} should be.`, zh: `没有说明${named.zh}是多少。` };
    case 'type':
      return { en: `${named.en} must be a ${wrong.type}.`, zh: `${named.zh}的值类型不对。` };
    case 'low':
    case 'high': {
      const limit = both(wrong.limit, wrong.unit);
      const low = wrong.wrong === 'low';
      const { min, max } = action.args[argument] ?? {};
      if (min !== undefined && max !== undefined)
        return {
          en: `${named.en} goes from ${min} to ${both(max, wrong.unit).en} here.`,
          zh: `${named.zh}只能设在 ${min} 到 ${both(max, wrong.unit).zh} 之间。`,
        };
      return {
        en: `${named.en} must be at ${low ? 'least' : 'most'} ${limit.en}.`,
        zh: `${named.zh}最${low ? '低' : '高'}为 ${limit.zh}。`,
      };
    }
    case 'state':
      return {
        en: `${named.en} must be one of ${wrong.states.join(', ')}.`,
        zh: `${named.zh}只能是：${wrong.states.join('、')}。`,
      };
  }
}

function sayOne({ interlock, kind, value, ageMs = 0 }: Block, signals: Record<string, Signal>): Localized {
  const signal = signals[interlock.signal];
  const title = localizedTitle(signal?.title, interlock.signal);
  const read = both(value ?? '?', signal?.unit);
  switch (kind) {
    case 'missing':
      return { en: `${title.en} is not known, so it is not safe to do this.`, zh: `${title.zh}未知，无法确认安全，因此不执行。` };
    case 'stale': {
      const seconds = Math.round(ageMs / 1_000);
      return {
        en: `${title.en} was last read ${seconds} s ago, which is too old to be sure that this is safe.`,
        zh: `${title.zh}是 ${seconds} 秒前读到的，太旧了，无法确认安全。`,
      };
    }
    case 'doubtful':
      return {
        en: `${title.en} reads ${read.en}, which I cannot trust, so it is not safe to do this.`,
        zh: `${title.zh}读数为 ${read.zh}，不可信，因此不执行。`,
      };
    case 'unmet': {
      const { en, zh } = interlock.because ?? needed(interlock, title, signal);
      return { en: `${en} (${title.en}: ${read.en})`, zh: `${zh}（${title.zh}：${read.zh}）` };
    }
  }
}

function needed({ above, below, is, isNot }: Block['interlock'], { en, zh }: Localized, signal: Signal | undefined): Localized {
  const wanted = both((above ?? below ?? is ?? isNot) as Value, signal?.unit);
  if (above !== undefined) return { en: `This needs ${en} above ${wanted.en}.`, zh: `需要${zh}高于 ${wanted.zh}。` };
  if (below !== undefined) return { en: `This needs ${en} below ${wanted.en}.`, zh: `需要${zh}低于 ${wanted.zh}。` };
  if (is !== undefined) return { en: `This needs ${en} to be ${wanted.en}.`, zh: `需要${zh}为 ${wanted.zh}。` };
  return { en: `This is not done while ${en} is ${wanted.en}.`, zh: `${zh}为 ${wanted.zh} 时不执行。` };
}

const both = (value: Value, unit: string | undefined): Localized => ({ en: quantity(value, unit, 'en'), zh: quantity(value, unit, 'zh') });
