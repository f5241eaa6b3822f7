export { type Running, startAgent } from './agent.ts';
export type { AgentParts } from './compose/parts.ts';
export { type Config, config, installedPacksFolder, readConfig } from './config.ts';
export { checkPackBehaviour } from './dialogue/check-pack.ts';
export { createLog, type Log } from './log.ts';
export { runEdge } from './main.ts';
export { type InstalledPack, installedPacks, installPack, loadInstalled, removePack } from './packs/installed.ts';
export { prepare } from './prepare/prepare.ts';
