import { parseTopic, topicOf } from '@wayside/protocol';

/**
 * What one device may say and hear. `things`: those it speaks for, which is nearly always one. `trees`: topics of its own below these, for a gateway
 * that knows nothing of us (`zigbee2mqtt`). `everything`: the site's own key, for what runs on this machine itself.
 */
export type Scope = { things: readonly string[]; trees: readonly string[]; everything?: boolean };

const own = (thing: string): string => topicOf(thing, 'telemetry').slice(0, -'telemetry'.length);
const below = (tree: string, topic: string): boolean => topic === tree || topic.startsWith(`${tree}/`);
const isOurs = (topic: string): boolean => below('wayside', topic);

/** May it publish there? Only the edge commands: a device that could speak on another's command topic could move it. */
export function maySay({ things, trees, everything }: Scope, topic: string): boolean {
  if (topic.startsWith('$')) return false;
  const ours = parseTopic(topic);
  if (ours?.channel === 'command') return false;
  if (everything) return true;
  if (ours) return things.includes(ours.thing);
  return !isOurs(topic) && trees.some((tree) => below(tree, topic));
}

/**
 * May it subscribe to this filter? Our own devices hear below their thing; foreign ones their own trees. Nobody hears everything: a filter that
 * begins with a wildcard would, and `$` topics are the broker's.
 */
export function mayHear({ things, trees, everything }: Scope, filter: string): boolean {
  if (/^[+#$]/.test(filter)) return false;
  if (everything) return !isOurs(filter) || filter.startsWith('wayside/v1/things/');
  if (isOurs(filter)) return things.some((thing) => filter.startsWith(own(thing)));
  // What the edge says to all of a kind, such as that it is there.
  return filter === 'homeassistant/status' || trees.some((tree) => below(tree, filter));
}

/** May this message go to it, however it came to be subscribed? */
export function mayGet(scope: Scope, topic: string): boolean {
  if (scope.everything) return true;
  return (
    scope.things.some((thing) => topic.startsWith(own(thing))) ||
    topic === 'homeassistant/status' ||
    (!isOurs(topic) && scope.trees.some((tree) => below(tree, topic)))
  );
}
