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
  await tell(subscription, locale);
  return true;
}

/** Whoever comes in again with a browser that is told stays told there, until they are signed out at this place as well. */
export async function keepPush(locale: Locale): Promise<void> {
  const own = await ownSubscription();
  if (own && (await hub.push()).endpoints.includes(own.endpoint)) await tell(own, locale);
}

function tell(subscription: PushSubscription, locale: Locale): Promise<void> {
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh = '', auth = '' } = keys ?? {};
  return hub.turnPushOn({ endpoint: endpoint ?? '', keys: { p256dh, auth }, locale });
}

/** This browser is told nothing more, whoever uses it next. */
export async function turnPushOff(): Promise<void> {
  const subscription = await ownSubscription();
  if (!subscription) return;
  await hub.turnPushOff(subscription.endpoint);
  await subscription.unsubscribe();
}
