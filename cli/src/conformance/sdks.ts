import { join, resolve } from 'node:path';
import type { Launch } from './subject.ts';

export const sdks = ['node'] as const;
export type Sdk = (typeof sdks)[number];
export const isSdk = (name: string | undefined): name is Sdk => sdks.includes(name as Sdk);

const devices = resolve(import.meta.dirname, '../../../devices');

/** How the conformance device of an SDK is begun here, or what is missing for it. */
export async function prepareSdk(_sdk: Sdk): Promise<Launch | { missing: string }> {
  return { command: process.execPath, args: ['--disable-warning=ExperimentalWarning', join(devices, 'sdk/conformance/device.ts')] };
}
