import type { Action } from './can.ts';

/** What a route does, and to what of its path: the tenant of a case or of an edge. */
export type Entry = { action: Action; of?: 'case' | 'edge' | 'technician' };

/**
 * Every route below `/v1`, and `/metrics`, with what it does. A route that is not here is closed to everybody, and a test fails: add it with its action, and the
 * action to those who may in `can.ts`.
 */
export const routes: Record<string, Entry> = {
  'POST /v1/auth/sign-in': { action: 'sign-in' },
  'POST /v1/auth/once': { action: 'sign-in' },
  'GET /v1/auth/ways': { action: 'sign-in' },
  'GET /v1/auth/company': { action: 'sign-in' },
  'GET /v1/auth/company/back': { action: 'sign-in' },
  'POST /v1/auth/passkey/options': { action: 'sign-in' },
  'POST /v1/auth/passkey': { action: 'sign-in' },
  'POST /v1/auth/sign-out': { action: 'sign-in' },
  'POST /v1/edges/enrol': { action: 'edge:enrol' },

  'POST /v1/sync/up': { action: 'sync' },
  'GET /v1/sync/down': { action: 'sync' },
  'GET /v1/sync/wake': { action: 'sync' },
  'POST /v1/sync/certificate': { action: 'sync' },
  'POST /v1/sync/live': { action: 'sync' },
  'GET /v1/sync/updates/*': { action: 'sync' },
  'GET /v1/sync/pictures/{picture}': { action: 'sync' },
  'POST /v1/sync/people/offers': { action: 'sync' },
  'POST /v1/sync/people/about': { action: 'sync' },
  'POST /v1/sync/people/claims': { action: 'sync' },
  'GET /v1/record/log/*': { action: 'log:read' },
  'GET /v1/record/restoration': { action: 'edge:manage' },
  'POST /v1/record/restoration': { action: 'edge:manage' },

  'POST /v1/auth/links': { action: 'self' },
  'GET /v1/me': { action: 'account' },
  'GET /v1/auth/account': { action: 'account' },
  'POST /v1/auth/password': { action: 'account' },
  'POST /v1/auth/passkeys/options': { action: 'account' },
  'POST /v1/auth/passkeys': { action: 'account' },
  'DELETE /v1/auth/passkeys/{passkey}': { action: 'account' },
  'POST /v1/auth/second-factor/secret': { action: 'account' },
  'PUT /v1/auth/second-factor': { action: 'account' },
  'DELETE /v1/auth/second-factor': { action: 'account' },
  'DELETE /v1/auth/places/{place}': { action: 'account' },
  'POST /v1/auth/places/end': { action: 'account' },
  'PUT /v1/auth/rules': { action: 'technician:manage' },
  'GET /v1/technicians': { action: 'technician:read' },
  'POST /v1/technicians': { action: 'technician:manage' },
  'POST /v1/technicians/invite': { action: 'technician:manage' },
  'PUT /v1/technicians/{technician}': { action: 'technician:manage', of: 'technician' },
  'POST /v1/technicians/{technician}/return': { action: 'technician:manage', of: 'technician' },
  'POST /v1/technicians/{technician}/sign-out': { action: 'technician:manage', of: 'technician' },
  'POST /v1/technicians/{technician}/reset': { action: 'technician:manage', of: 'technician' },
  'POST /v1/technicians/{technician}/leave': { action: 'technician:manage', of: 'technician' },
  'POST /v1/edges/codes': { action: 'edge:manage' },
  'POST /v1/edges/{edge}/lock-out': { action: 'edge:manage', of: 'edge' },

  'GET /v1/cases': { action: 'case:read' },
  'GET /v1/cases/{case}': { action: 'case:read', of: 'case' },
  'GET /v1/cases/{case}/record': { action: 'record:read', of: 'case' },
  'POST /v1/cases/{case}/claim': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/replies': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/visit': { action: 'case:work', of: 'case' },
  'GET /v1/cases/{case}/visit': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/visit/end': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/commands': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/resolve': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/turns/{turn}/correct': { action: 'case:work', of: 'case' },
  'GET /v1/cases/{case}/assist': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/translations': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/reopen': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/release': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/snooze': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/wake': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/merge': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/split': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/issue': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/briefings': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/attend': { action: 'case:read', of: 'case' },
  'POST /v1/cases/{case}/transfer': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/transfer/seen': { action: 'case:work', of: 'case' },
  'POST /v1/cases/{case}/transfer/withdraw': { action: 'case:work', of: 'case' },
  'POST /v1/briefings/{briefing}/seen': { action: 'case:work' },
  'POST /v1/briefings/{briefing}/accept': { action: 'case:work' },
  'POST /v1/briefings/{briefing}/decline': { action: 'case:work' },
  'POST /v1/briefings/{briefing}/withdraw': { action: 'case:work' },
  'POST /v1/queue/next': { action: 'case:work' },
  'GET /v1/queue/rules': { action: 'case:read' },
  'PUT /v1/queue/rules': { action: 'queue:order' },
  'GET /v1/me/duty': { action: 'self' },
  'PUT /v1/me/duty': { action: 'self' },
  'GET /v1/me/push': { action: 'self' },
  'PUT /v1/me/push': { action: 'self' },
  'POST /v1/me/push/end': { action: 'self' },
  'GET /v1/skills': { action: 'case:read' },
  'GET /v1/names': { action: 'case:read' },
  'GET /v1/procedures/{family}': { action: 'article:write' },
  'GET /v1/colleagues': { action: 'case:work' },
  'GET /v1/edges/{edge}/sessions/{session}': { action: 'conversation:read', of: 'edge' },

  'POST /v1/pictures': { action: 'article:write' },
  'GET /v1/pictures/{picture}': { action: 'article:read' },
  'GET /v1/articles': { action: 'article:read' },
  'POST /v1/articles': { action: 'article:write' },
  'GET /v1/articles/{article}/{locale}': { action: 'article:read' },
  'PUT /v1/articles/{article}/{locale}': { action: 'article:write' },
  'POST /v1/articles/{article}/{locale}/publish': { action: 'article:publish' },
  'POST /v1/articles/{article}/{locale}/withdraw': { action: 'article:publish' },

  'POST /v1/articles/{article}/{locale}/submit': { action: 'article:write' },
  'POST /v1/articles/{article}/{locale}/return': { action: 'article:publish' },
  'GET /v1/articles/{article}/{locale}/versions': { action: 'article:write' },
  'POST /v1/articles/{article}/{locale}/rollback': { action: 'article:write' },
  'GET /v1/articles/{article}/{locale}/similar': { action: 'article:write' },
  'POST /v1/articles/{article}/{locale}/merge': { action: 'article:write' },

  'GET /v1/phrases': { action: 'article:read' },
  'GET /v1/phrases/meanings': { action: 'article:read' },
  'POST /v1/phrases': { action: 'article:write' },
  'POST /v1/phrases/{set}/publish': { action: 'article:publish' },
  'POST /v1/phrases/{set}/withdraw': { action: 'article:publish' },

  'GET /v1/issues': { action: 'issue:read' },
  'POST /v1/issues': { action: 'issue:publish' },
  'POST /v1/issues/{issue}/withdraw': { action: 'issue:publish' },
  'POST /v1/issues/{issue}/close': { action: 'issue:publish' },

  'GET /v1/policies': { action: 'policy:read' },
  'POST /v1/policies/{family}/replay': { action: 'policy:replay' },

  'POST /v1/mcp': { action: 'case:read' },

  'POST /v1/cases/{case}/customer-link': { action: 'case:work', of: 'case' },
  'POST /v1/customer/open': { action: 'customer' },
  'GET /v1/customer': { action: 'customer' },
  'POST /v1/customer/messages': { action: 'customer' },
  'POST /v1/customer/consents': { action: 'customer' },
  'POST /v1/customer/satisfaction': { action: 'customer' },

  'GET /v1/hooks': { action: 'hook:manage' },
  'POST /v1/hooks': { action: 'hook:manage' },
  'DELETE /v1/hooks/{hook}': { action: 'hook:manage' },
  'GET /v1/hooks/{hook}/deliveries': { action: 'hook:manage' },
  'POST /v1/deliveries/{delivery}/again': { action: 'hook:manage' },
  'POST /v1/bridges/chatwoot/{hook}': { action: 'bridge' },

  'GET /v1/fleet': { action: 'fleet:read' },
  'GET /v1/fleet/{edge}/ledger': { action: 'fleet:read', of: 'edge' },
  'GET /v1/fleet/ledger.csv': { action: 'fleet:read' },
  'GET /v1/packs': { action: 'fleet:read' },
  'POST /v1/packs': { action: 'rollout:run' },
  'GET /v1/updates': { action: 'fleet:read' },
  'POST /v1/updates': { action: 'rollout:run' },
  'POST /v1/releases': { action: 'rollout:run' },
  'GET /v1/rollouts': { action: 'fleet:read' },
  'GET /v1/rollouts/{rollout}/edges': { action: 'fleet:read' },
  'POST /v1/rollouts': { action: 'rollout:run' },
  'POST /v1/rollouts/{rollout}/stop': { action: 'rollout:run' },
  'GET /v1/insight': { action: 'insight:read' },
  'GET /v1/insight/breakdown': { action: 'insight:read' },
  'GET /v1/insight/breakdown.csv': { action: 'insight:read' },
  'GET /v1/insight/help': { action: 'insight:read' },
  'GET /v1/insight/days.csv': { action: 'insight:read' },
  'GET /v1/insight/clusters': { action: 'insight:read' },
  'GET /v1/insight/faults.csv': { action: 'insight:read' },
  'GET /v1/events': { action: 'news:hear' },
  'GET /metrics': { action: 'metrics:read' },
};

const patterns = Object.entries(routes).map(([route, entry]) => {
  const [method, path] = route.split(' ') as [string, string];
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  return { method, entry, names, path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)').replace('*', '.*')}$`) };
});

/** The entry of a request, and what its path names. Undefined when there is none. */
export function entryOf(method: string, path: string): (Entry & { named: Record<string, string> }) | undefined {
  for (const { method: wanted, entry, names, path: pattern } of patterns) {
    const match = wanted === (method === 'HEAD' ? 'GET' : method) ? pattern.exec(path) : null;
    if (match) return { ...entry, named: Object.fromEntries(names.map((name, i) => [name, plain(match[i + 1] as string)])) };
  }
  return undefined;
}

function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
