import { becomeLight } from './light.ts';

// What runs first: an edge begins itself anew, and does so before it has loaded anything.
if (process.argv[2] === 'edge' && process.argv[3] !== 'bundle') becomeLight();
void import('./wayside.ts').then(({ run }) => run());
