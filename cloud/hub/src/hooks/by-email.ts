import type { Localized } from '@wayside/protocol';
import type { HubConfig } from '../config.ts';
import type { Hand } from './sender.ts';

type Told = { type: string; subject: string; data: { title: Localized | null } };

const untitled: Localized = { en: 'no cause known yet', zh: '原因未知' };

/** One line each, in both languages: who is on duty may read either. */
const said: Record<string, Localized> = {
  opened: { en: 'New case', zh: '新工单' },
  urgent: { en: 'Urgent case', zh: '紧急工单' },
  claimed: { en: 'Case taken', zh: '工单已被接手' },
  message: { en: 'New message in a case', zh: '工单有新消息' },
  reply: { en: 'Reply in a case', zh: '工单已回复' },
  resolved: { en: 'Case resolved', zh: '工单已解决' },
  rated: { en: 'A case was rated', zh: '工单已被评价' },
};

/** A short notice by mail, with the way to the case and nothing of what people said. What sends mail is loaded with the first one. */
export const byEmail =
  ({ smtpUrl, mailFrom, publicUrl }: Pick<HubConfig, 'smtpUrl' | 'mailFrom' | 'publicUrl'>): Hand =>
  async ({ to, bodyJson }) => {
    if (smtpUrl === undefined) throw new Error('no mail server is set (smtpUrl)');
    const { type, subject: caseId, data } = JSON.parse(bodyJson) as Told;
    const title = data.title ?? untitled;
    const what = said[type.split('.').at(-2) ?? ''] ?? said.opened!;
    const { createTransport } = await import('nodemailer');
    const link = publicUrl === undefined ? caseId : new URL(`#/cases/${encodeURIComponent(caseId)}`, publicUrl).href;
    const transport = createTransport(smtpUrl, { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 } as never);
    try {
      const { response } = await transport.sendMail({
        from: mailFrom,
        to,
        subject: `${what.en} · ${what.zh}: ${title.en}`,
        text: `${what.en}: ${title.en}\n${what.zh}：${title.zh}\n\n${link}\n`,
        headers: { 'auto-submitted': 'auto-generated' },
      });
      return response.slice(0, 200);
    } finally {
      transport.close();
    }
  };
