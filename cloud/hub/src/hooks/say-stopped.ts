import type { Localized } from '@wayside/protocol';
import type { StoppedRollout } from './announce-rollout.ts';

/** That a rollout was stopped. */
export const stoppedWords: Localized = { en: 'Rollout stopped and rolled back', zh: '发布已停止并撤回' };

const percent = (share: number | undefined): string => `${Math.round(100 * (share ?? 0))} %`;
const figure = (n: number | undefined): string => String(Math.round(10 * (n ?? 0)) / 10);

/** Why, in a sentence of each language. */
export function sayWhyStopped({ why: { reason, edge = '', detail, is, was } }: Pick<StoppedRollout, 'why'>): Localized {
  const said: Record<typeof reason, Localized> = {
    person: { en: 'Somebody at the desk stopped it.', zh: '由技术支持人员停止。' },
    refused: { en: `${edge} refused it${detail ? `: ${detail}` : '.'}`, zh: `${edge} 拒绝了它${detail ? `：${detail}` : '。'}` },
    silent: { en: `${edge} was told and has not been heard since.`, zh: `${edge} 收到通知后再无音讯。` },
    faults: {
      en: `${edge} has ${figure(is)} faults a day; before, ${figure(was)}.`,
      zh: `${edge} 每天出现 ${figure(is)} 个故障，此前为 ${figure(was)} 个。`,
    },
    errors: { en: `${edge} has logged ${figure(is)} errors since.`, zh: `${edge} 此后记录了 ${figure(is)} 个错误。` },
    understood: {
      en: `${edge} understands ${percent(is)} of what it is told; before, ${percent(was)}.`,
      zh: `${edge} 听懂了 ${percent(is)} 的话，此前为 ${percent(was)}。`,
    },
  };
  return said[reason];
}
