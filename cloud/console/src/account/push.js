// Says what the hub tells this browser while no page of the console is open. It keeps nothing and fetches nothing.
self.addEventListener('push', (event) => {
  const { title, body, case: id, rollout } = event.data.json();
  // A page that is in front shows the queue itself; a notice must be shown all the same (Push API: userVisibleOnly).
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag: id ?? rollout,
      // What is urgent and then handed on is said again, not put silently in place of what was said before.
      renotify: true,
      data: id,
      icon: 'mark.svg',
      requireInteraction: true,
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const id = event.notification.data;
  // A rollout is looked at in the fleet.
  const page = id ? `cases/${encodeURIComponent(id)}` : 'fleet';
  const address = new URL(`#/${page}`, self.registration.scope).href;
  event.waitUntil(open(address));
});

async function open(address) {
  const [page] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (!page) return self.clients.openWindow(address);
  await page.focus();
  return page.navigate(address).catch(() => self.clients.openWindow(address));
}
