export { type Measure, readMeasures } from './measures.ts';
export { packFiles } from './pack-files.ts';
export { idOf, Unclear } from './plan.ts';
export { writeFiles } from './write-files.ts';
