export { type HubConfig, hubConfig, readHubConfig, variableOf } from './config.ts';
export { createHub, type Hub, type Started } from './hub.ts';
