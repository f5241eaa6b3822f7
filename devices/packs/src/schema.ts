/** Every file of a pack, by schema. */
export * from './component.ts';
export * from './cues.ts';
export * from './derived.ts';
export * from './detector.ts';
export * from './fault.ts';
export * from './handling.ts';
export * from './head.ts';
export * from './phrases.ts';
export * from './policy.ts';
export * from './procedure.ts';
export * from './recommendation.ts';
export * from './scenario.ts';
export * from './selector.ts';
export * from './span.ts';
export * from './term.ts';
export * from './test-schemas.ts';
export * from './wording.ts';
