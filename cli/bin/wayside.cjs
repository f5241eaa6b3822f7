#!/usr/bin/env node
// The command as npm installs it: what set-up made of the sources.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const [major] = process.versions.node.split('.').map(Number);
const program = join(__dirname, '../dist/wayside.cjs');
if (major < 24) {
  process.stderr.write(
    `wayside: it takes Node 24 or newer, this is ${process.version}. In the repository “npm run wayside --” has its own.\n`,
  );
  process.exitCode = 1;
} else if (existsSync(program)) require(program);
else {
  process.stderr.write('wayside: nothing is built yet. Run “npm run setup” first.\n');
  process.exitCode = 1;
}
