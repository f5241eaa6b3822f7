/** Who works at a hub. A lead speaks to every edge at once; an admin lets people and edges in; an auditor sees all and changes nothing. */
export const roles = ['technician', 'lead', 'admin', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** Whoever asks: somebody of the desk, an edge, or nobody we know. Of an edge or a person the tenant is known. */
export type Actor = { role: Role | 'edge' | 'nobody'; tenant?: string };

/** Where something belongs. `everybody` is what all tenants share, such as the knowledge base. */
export type Resource = { tenant?: string };
export const everybody = '*';

/** Sees and serves all tenants of this hub. */
export const ofAll = ({ tenant }: Actor): boolean => tenant === everybody;

const reading = [
  'case:read',
  'conversation:read',
  'article:read',
  'issue:read',
  'policy:read',
  'fleet:read',
  'insight:read',
  'record:read',
  'log:read',
  'metrics:read',
  'news:hear',
  'self',
  'account',
] as const;
const working = ['case:work', 'article:write'] as const;
const leading = ['article:publish', 'issue:publish', 'policy:replay', 'technician:read', 'queue:order', 'rollout:run'] as const;
const ruling = ['technician:manage', 'edge:manage', 'hook:manage'] as const;
const syncing = ['sync', 'log:read'] as const;
/** `customer`: a phone shows by its own cookie which one case it may see; `bridge`: another desk shows its own key. */
const entering = ['sign-in', 'edge:enrol', 'customer', 'bridge'] as const;

export const actions = [...new Set([...reading, ...working, ...leading, ...ruling, ...syncing, ...entering])] as const;
export type Action = (typeof actions)[number];

/** What each may do at all. */
export const may: Record<Actor['role'], ReadonlySet<Action>> = {
  nobody: new Set(entering),
  edge: new Set([...entering, ...syncing]),
  technician: new Set([...entering, ...reading, ...working]),
  lead: new Set([...entering, ...reading, ...working, ...leading]),
  admin: new Set([...entering, ...reading, ...working, ...leading, ...ruling]),
  auditor: new Set([...entering, ...reading, 'policy:replay', 'technician:read']),
};

/** What changes something for all tenants: whoever belongs to one of them may not. */
const forAll: ReadonlySet<Action> = new Set([
  'article:write',
  'article:publish',
  'issue:publish',
  'queue:order',
  'rollout:run',
  'hook:manage',
]);

/** May this actor do this to that? The only place where it is decided. */
export function can(actor: Actor, action: Action, resource: Resource = {}): boolean {
  if (!may[actor.role].has(action)) return false;
  if (forAll.has(action) && !ofAll(actor)) return false;
  return resource.tenant === undefined || ofAll(actor) || resource.tenant === actor.tenant;
}
