import { packsRoot } from '@wayside/packs';
import { historyFile, identityFile, installedPacksFolder, policiesFolder, storeFile } from '../config.ts';
import { tellPassedOver } from '../link/adapters/passed-over.ts';
import type { Log } from '../log.ts';
import { servePacks } from '../packs/serve-packs.ts';
import { createSitePolicies } from '../packs/site-policies.ts';
import { openHistoryOrNew } from '../rescue/open-history.ts';
import { openOrRescue } from '../rescue/open-or-rescue.ts';
import { readSecrets } from '../secrets.ts';
import { keepIdentity } from '../store/identity.ts';
import { type Credential, writeCredential } from '../sync/credential.ts';
import { joinHub, keepCredential } from '../sync/enrol.ts';
import { createHubDoor } from '../sync/hub.ts';
import { enqueue } from '../sync/outbox.ts';
import { createRenewal } from '../sync/renew.ts';
import type { AgentParts } from './parts.ts';

/** Without what was made of the packs: that is only looked at while an edge starts, and who kept it with the stores would keep megabytes. */
export type Stores = Omit<Awaited<ReturnType<typeof openStores>>, 'prepared'>;

/**
 * What an edge finds in its folder: packs, store, secrets, history, and who it is to its hub.
 * @throws WaysideError when the folder is another process's, or what lies in it is damaged beyond what can be set aside
 */
export async function openStores({ config, log, now, prepare, onBroken, damage: storeDamage }: AgentParts) {
  const prepared = await prepare(config.packs ?? packsRoot, installedPacksFolder(config));
  const packs = servePacks(prepared, log);
  const policies = createSitePolicies(policiesFolder(config), packs.byFamily, log);
  const mapping = config.mapping === undefined ? undefined : await mappingFrom(config.mapping, log);
  const controllers = config.modbus === undefined ? undefined : await controllersFrom(config.modbus);
  const declared = { ...mapping?.actions, ...controllers?.actions };
  // The store is also the lock on the folder, so it comes before all that writes there.
  const store = await openOrRescue(storeFile(config), identityFile(config), log, now, onBroken, storeDamage);
  const { db } = store;
  const secrets = await readSecrets(config.data);
  const { history, damage } = await openHistoryOrNew(historyFile(config), log, now);
  if (damage !== undefined)
    await enqueue(db, 'gap', { of: 'telemetry', reason: 'damage', detail: damage.slice(0, 500), at: Math.floor(now()) }, now());
  const { credential, epoch } = await joinHub(db, store, config, log, now);
  const keepWho = (one?: Credential) =>
    keepIdentity(identityFile(config), { edge: store.edge, ...(one ? { hubToken: writeCredential(one) } : {}) });
  await keepWho(credential);
  const hub = config.hubUrl && credential ? createHubDoor(config.hubUrl, credential, { now }) : undefined;
  const keepRenewed = async (fresh: Credential) => {
    await keepCredential(db, fresh);
    await keepWho(fresh);
  };
  const renew = hub && createRenewal(hub, store.edge, keepRenewed, log, () => performance.now());
  return { prepared, packs, policies, mapping, controllers, declared, store, db, secrets, history, epoch, hub, renew };
}

/** Each is loaded with what it needs (YAML) only by an edge that has such a file. */
const mappingFrom = async (file: string, log: Log) =>
  (await import('../link/adapters/mapping.ts')).readMapping(file, tellPassedOver(log, 'mapping'));
const controllersFrom = async (file: string) => (await import('../link/modbus/controllers.ts')).readControllers(file);
