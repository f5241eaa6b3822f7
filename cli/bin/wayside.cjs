#!/usr/bin/env node
// The command as npm installs it: what set-up made of the sources.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const program = join(__dirname, '../dist/wayside.cjs');
if (existsSync(program)) require(program);
else {
  process.stderr.write('wayside: nothing is built yet. Run “npm run setup” first.\n');
  process.exitCode = 1;
}
