import type { Localized } from '@wayside/protocol';
import type { HubConfig } from '../config.ts';
import type { StoppedRollout } from './announce-rollout.ts';
import { sayWhyStopped, stoppedWords } from './say-stopped.ts';
import type { Hand } from './sender.ts';

type CaseTold = { type: string; subject: string; data: { title: Localized | null } };
type RolloutTold = { type: string; subject: string; data: StoppedRollout };
type Notice = { to: string; subject: string; lines: string[] };

const untitled: Localized = { en: 'no cause known yet', zh: '原因未知' };

/** One line each, in both languages: who is on duty may read either. */
const said: Record<string, Localized> = {
  opened: { en: 'New case', zh: '新工单' },
  urgent: { en: 'Urgent case', zh: '紧急工单' },
  'handed-on': { en: 'Case handed on', zh: '工单已转交' },
  claimed: { en: 'Case taken', zh: '工单已被接手' },
  message: { en: 'New message in a case', zh: '工单有新消息' },
  reply: { en: 'Reply in a case', zh: '工单已回复' },
  resolved: { en: 'Case resolved', zh: '工单已解决' },
  rated: { en: 'A case was rated', zh: '工单已被评价' },
};

function noticeOf(told: CaseTold | RolloutTold): Notice {
  const { type, subject, data } = told;
  if (isOfRollout(told)) return stoppedNotice(told.data);
  const title = data.title ?? untitled;
  const what = said[type.split('.').at(-2) ?? ''] ?? said.opened!;
  return { to: `cases/${encodeURIComponent(subject)}`, ...twice(what, title) };
}

const isOfRollout = (told: CaseTold | RolloutTold): told is RolloutTold => told.type.startsWith('dev.wayside.rollout.');

function stoppedNotice(stopped: StoppedRollout): Notice {
  const why = sayWhyStopped(stopped);
  const { subject, lines } = twice(stoppedWords, stopped.title);
  return { to: 'fleet', subject, lines: [lines[0]!, why.en, '', lines[1]!, why.zh] };
}

const twice = (what: Localized, title: Localized) => ({
  subject: `${what.en} · ${what.zh}: ${title.en}`,
  lines: [`${what.en}: ${title.en}`, `${what.zh}：${title.zh}`],
});

/** A short notice by mail, with the way to the case or the fleet and nothing of what people said. What sends mail is loaded with the first one. */
export const byEmail =
  ({ smtpUrl, mailFrom, publicUrl }: Pick<HubConfig, 'smtpUrl' | 'mailFrom' | 'publicUrl'>): Hand =>
  async ({ to, bodyJson }) => {
    if (smtpUrl === undefined) throw new Error('no mail server is set (smtpUrl)');
    const { to: page, subject, lines } = noticeOf(JSON.parse(bodyJson) as CaseTold | RolloutTold);
    const { createTransport } = await import('nodemailer');
    const link = publicUrl === undefined ? page : new URL(`#/${page}`, publicUrl).href;
    const transport = createTransport(smtpUrl, { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 } as never);
    try {
      const { response } = await transport.sendMail({
        from: mailFrom,
        to,
        subject,
        text: `${lines.join('\n')}\n\n${link}\n`,
        headers: { 'auto-submitted': 'auto-generated' },
      });
      return response.slice(0, 200);
    } finally {
      transport.close();
    }
  };
