export * from './dtc-title.ts';
export { fingerprintOf, packFiles, receiptName } from './fingerprint.ts';
export * from './load.ts';
export type { PackProblem } from './read.ts';
export * from './scenario-file.ts';
export * from './schema.ts';
export * from './test-files.ts';
