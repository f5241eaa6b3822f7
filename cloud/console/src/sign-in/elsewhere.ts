/** Tabs and windows of one browser have one session: who signs in in one of them is in in all. */
const channel = () => new BroadcastChannel('wayside.signed-in');

export function tellSignedIn(): void {
  const to = channel();
  to.postMessage(null);
  to.close();
}

/** Hears that somebody signed in in another tab or window, until the returned function is called. */
export function whenSignedInElsewhere(listener: () => void): () => void {
  const from = channel();
  from.onmessage = listener;
  return () => from.close();
}
