/** What leads to a moment: people talk and a technician answers; a command is carried out; a technician asks for one; an old image of the edge is put back. */
export type Journey = 'talk' | 'command' | 'offer' | 'put-back';

/** Every named moment of edge and hub at which a process can be made to die, and what leads there. */
export const moments: Readonly<Record<string, Journey>> = {
  'edge.turn.before-commit': 'talk',
  'edge.turn.stored': 'talk',
  'edge.outbox.written': 'talk',
  'edge.handoff.written': 'talk',
  'edge.handoff.saved': 'talk',
  'edge.seal.written': 'talk',
  'edge.seal.stored': 'talk',
  'edge.push.before': 'talk',
  'edge.push.answered': 'talk',
  'edge.push.kept': 'talk',
  'edge.outbox.pruned': 'talk',
  'edge.down.applied': 'talk',
  'edge.down.taken': 'talk',
  'edge.article.taken-in': 'talk',
  'hub.up.stored': 'talk',
  'hub.up.committed': 'talk',
  'hub.up.answered': 'talk',
  'hub.log.appended': 'talk',
  'hub.log.head-signed': 'talk',
  'hub.down.read': 'talk',
  'hub.reply.written': 'talk',
  'hub.reply.stored': 'talk',
  'hub.article.published': 'talk',
  'hub.copy.made': 'talk',
  'hub.copy.marked-safe': 'talk',
  'edge.command.agreed': 'command',
  'edge.command.leased': 'command',
  'edge.command.stored': 'command',
  'edge.command.sent': 'command',
  'edge.command.answered': 'command',
  'edge.command.verified': 'command',
  'hub.command.offered': 'offer',
  'edge.epoch.renumbered': 'put-back',
  'edge.epoch.begun': 'put-back',
  'edge.key.prepared': 'put-back',
  'edge.key.in-use': 'put-back',
  'edge.key.wiped': 'put-back',
};

/** Comes once for each image that is put back: who wants it again puts one back again. */
export const comesOnce: ReadonlySet<string> = new Set(Object.keys(moments).filter((name) => moments[name] === 'put-back'));

export type Side = 'edge' | 'hub';
export const sideOf = (moment: string): Side => (moment.startsWith('hub.') ? 'hub' : 'edge');
