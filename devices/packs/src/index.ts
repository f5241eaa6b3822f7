export * from './dtc-title.ts';
export { functions } from './expression/functions.ts';
export { type Expression, signalsOf } from './expression/tree.ts';
export { fingerprintOf, packFiles, receiptName } from './fingerprint.ts';
export * from './load.ts';
export type { PackProblem } from './read.ts';
export * from './scenario-file.ts';
export * from './schema.ts';
export * from './test-files.ts';
