// Loaded first by each npm script, on whatever Node there is, so it is written for an old one.
// The project needs Node 24, which comes in as the npm package `node`: npm puts its binary first on the path of every
// script. Where npm was told not to run install scripts, that package is an empty shell, and this says how to fill it.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const needed = 24;
const isInstalled = fs.existsSync(path.join(process.cwd(), 'node_modules', 'node', 'package.json'));
const advice = isInstalled
  ? [
      'Node 24 came with `npm ci`, as the package `node`, but npm did not run its install script. Run:',
      '',
      '  npm rebuild node --ignore-scripts=false',
      '',
      'or, with npm 12 or later: npm install-scripts approve node && npm rebuild node',
    ]
  : ['Node 24 comes as the package `node`, which is not installed here. Run:', '', '  npm ci'];

if (Number(process.versions.node.split('.')[0]) < needed) {
  console.error(
    [`Verbatim runs on Node ${needed}, and this is Node ${process.versions.node}.`].concat(advice).join('\n'),
  );
  process.exit(1);
}

// From the second start on, programs load faster, and so do those that they start, which find the folder in the environment.
// Where nothing can be written, nothing is kept.
if (process.env.NODE_COMPILE_CACHE === undefined) {
  process.env.NODE_COMPILE_CACHE = path.join(__dirname, 'node_modules', '.cache', 'node');
}
require('node:module').enableCompileCache(process.env.NODE_COMPILE_CACHE);
