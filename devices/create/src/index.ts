export { type Measure, readMeasures } from './measures.ts';
export { packFiles } from './pack-files.ts';
export { idOf } from './plan.ts';
export { Unclear } from './unclear.ts';
export { writeFiles } from './write-files.ts';
