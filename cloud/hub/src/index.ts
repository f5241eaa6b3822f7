export { renewKey } from './auth/vault.ts';
export { type HubConfig, hubConfig, readHubConfig, secretsKeyFile, secretVariables, storeFile, variableOf } from './config.ts';
export { createHub, type Hub, type Started } from './hub.ts';
export { moveStore } from './store/move.ts';
