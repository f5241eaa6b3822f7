import { describe, expect, it } from 'vitest';
import { hubConfig, readHubConfig } from './config.ts';

describe('the settings of a hub', () => {
  it('come from flags, then the environment, then the file, then defaults', () => {
    const env = { WAYSIDE_HUB_PORT: '2', WAYSIDE_HUB_PUBLIC_URL: 'https://hub.example', WAYSIDE_HUB_HOST: '' };
    expect(readHubConfig({ port: '1' }, env, { port: 3, data: 'd' })).toMatchObject({
      port: 1,
      publicUrl: 'https://hub.example',
      host: '127.0.0.1',
      data: 'd',
    });
  });

  it('are refused by name', () => {
    expect(() => readHubConfig({}, { WAYSIDE_HUB_PORT: '70000' })).toThrow(/setting port is not valid/);
    expect(() => readHubConfig({}, {}, { colour: 'red' })).toThrow(/setting colour is not valid/);
  });

  it('each have a sentence', () => {
    for (const [key, schema] of Object.entries(hubConfig.shape)) expect(schema.description, key).toMatch(/^[A-Z].{20,}/);
  });
});
