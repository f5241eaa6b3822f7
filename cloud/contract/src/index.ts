export * from './article.ts';
export * from './case.ts';
export * from './command.ts';
export * from './desk.ts';
export * from './person.ts';
export * from './recommendation.ts';
export * from './repair.ts';
export * from './sync.ts';
