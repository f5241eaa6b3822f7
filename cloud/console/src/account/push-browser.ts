import { hub } from '../api/hub.ts';
import type { Locale } from '../api/types.ts';

/** Can this browser be told things while no page is open? Only on https or localhost (Push API §2). */
export const takesPush = (): boolean => isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window;

/** This browser's subscription, as it has it. */
export async function ownSubscription(): Promise<PushSubscription | undefined> {
  if (!takesPush()) return undefined;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? undefined;
}

/** Asks the person, subscribes and tells the hub. @returns whether the person allowed it. @throws HubError; what the browser says */
export async function turnPushOn(key: string, locale: Locale): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  await navigator.serviceWorker.register('push.js');
  const { pushManager } = await navigator.serviceWorker.ready;
  // A subscription is bound to the key it was made with, and a hub that lost its store has another.
  await (await pushManager.getSubscription())?.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh = '', auth = '' } = keys ?? {};
  await hub.turnPushOn({ endpoint: endpoint ?? '', keys: { p256dh, auth }, locale });
  return true;
}

/** This browser is told nothing more, whoever uses it next. */
export async function turnPushOff(): Promise<void> {
  const subscription = await ownSubscription();
  if (!subscription) return;
  await hub.turnPushOff(subscription.endpoint);
  await subscription.unsubscribe();
}
