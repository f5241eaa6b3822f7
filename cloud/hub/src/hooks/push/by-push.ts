import { createHash } from 'node:crypto';
import type { Locale, Localized } from '@wayside/protocol';
import type { Subscription } from '../../api/push-types.ts';
import type { Vault } from '../../auth/vault.ts';
import type { HubConfig } from '../../config.ts';
import type { Ground } from '../../store/change.ts';
import type { HandedOn } from '../announce.ts';
import type { StoppedRollout } from '../announce-rollout.ts';
import { sayWhyStopped, stoppedWords } from '../say-stopped.ts';
import type { Hand } from '../sender.ts';
import { encryptPush } from './encrypt.ts';
import { readPushKey, vapid } from './vapid.ts';

const patienceMs = 10_000;
/** Later it is no news that something is urgent: the browser finds it in the queue. */
const goodForSeconds = 4 * 3_600;

type Kind = 'urgent' | HandedOn['wants'];
const titles: Record<Kind, Localized> = {
  urgent: { en: 'Urgent case', zh: '紧急工单' },
  help: { en: 'A colleague asks you to help', zh: '有同事请您协助' },
  'take-over': { en: 'A colleague asks you to take over a case', zh: '有同事请您接手工单' },
  take: { en: 'A case was handed over that you can take', zh: '有工单转来，您可以接手' },
};
const untitled: Localized = { en: 'No cause known yet', zh: '原因未知' };

type Told = { subject: string; data: { title: Localized | null; wants?: HandedOn['wants'] } | StoppedRollout };

/** A notice of a case leads there, one of a rollout to the fleet. */
function noticeOf({ subject, data }: Told, language: Locale) {
  if ('rollout' in data) {
    const body = `${data.title[language]}${language === 'zh' ? '：' : ': '}${sayWhyStopped(data)[language]}`;
    return { title: stoppedWords[language], body: body.slice(0, 200), rollout: subject };
  }
  return { title: titles[data.wants ?? 'urgent'][language], body: (data.title ?? untitled)[language].slice(0, 200), case: subject };
}

/** Tells a browser by its push service (RFC 8030) what is urgent or meant for its person: the fault by name, nothing that somebody said. A browser that is gone is told no more. */
export const byPush =
  (ground: Ground, vault: Vault, { publicUrl, mailFrom }: Pick<HubConfig, 'publicUrl' | 'mailFrom'>): Hand =>
  async ({ hook, to, secret, bodyJson, locale }) => {
    const told = JSON.parse(bodyJson) as Told;
    const notice = noticeOf(told, locale === 'zh' ? 'zh' : 'en');
    const open = vault.open(secret, hook);
    if (open === undefined) throw new Error('its keys cannot be opened any more: turn it off and on in that browser');
    const keys = JSON.parse(open) as Subscription['keys'];
    const contact = publicUrl?.startsWith('https:') ? publicUrl : `mailto:${mailFrom}`;
    const answer = await fetch(to, {
      method: 'POST',
      body: new Uint8Array(encryptPush(Buffer.from(JSON.stringify(notice)), { keys })),
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
      headers: {
        authorization: vapid(await readPushKey(ground, vault), to, contact, ground.now()),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(goodForSeconds),
        urgency: 'high',
        // A second notice of one case or rollout takes the place of the first that was not shown yet.
        topic: createHash('sha256').update(told.subject).digest('base64url').slice(0, 32),
      },
    }).catch((error: Error) => {
      throw new Error(`no answer: ${(error.cause as Error | undefined)?.message ?? error.message}`);
    });
    await answer.body?.cancel();
    // RFC 8030 §7.3: the subscription is over.
    if (answer.status === 404 || answer.status === 410) await ground.db.deleteFrom('hook').where('id', '=', hook).execute();
    else if (!answer.ok) throw new Error(`answered ${answer.status}`);
    return `answered ${answer.status}`;
  };
