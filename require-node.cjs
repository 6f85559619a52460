// Runs before each npm script, on whatever Node there is, so it is written for an old one.
// The project needs Node 24, which comes in as the npm package `node`: npm puts its binary first on the path of every
// script. Where npm was told not to run install scripts, that package is an empty shell, and this says how to fill it.
'use strict';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    [
      `Verbatim runs on Node 24, and this is Node ${process.versions.node}.`,
      'Node 24 comes with `npm ci`, as the package `node`, but npm did not run its install script. Run:',
      '',
      '  npm rebuild node --ignore-scripts=false',
      '',
      'or, with npm 12 or later: npm install-scripts approve node && npm rebuild node',
    ].join('\n'),
  );
  process.exit(1);
}
