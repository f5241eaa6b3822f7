export * from './article.ts';
export * from './case.ts';
export * from './sync.ts';
