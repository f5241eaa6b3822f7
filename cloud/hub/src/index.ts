export { type HubConfig, hubConfig, readHubConfig, storeFile, variableOf } from './config.ts';
export { createHub, type Hub, type Started } from './hub.ts';
export { moveStore } from './store/move.ts';
