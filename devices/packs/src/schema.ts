/** Every file of a pack, by schema. */
export * from './schema/component.ts';
export * from './schema/cues.ts';
export * from './schema/derived.ts';
export * from './schema/detector.ts';
export * from './schema/fault.ts';
export * from './schema/handling.ts';
export * from './schema/head.ts';
export * from './schema/phrases.ts';
export * from './schema/policy.ts';
export * from './schema/procedure.ts';
export * from './schema/recommendation.ts';
export * from './schema/scenario.ts';
export * from './schema/selector.ts';
export * from './schema/span.ts';
export * from './schema/term.ts';
export * from './schema/test-schemas.ts';
export * from './schema/wording.ts';
