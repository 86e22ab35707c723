import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const PORTAL = `
  const { endWithStarter } = require(${JSON.stringify(
    join(__dirname, 'endWithStarter.ts'),
  )});
  endWithStarter(process, { endMs: 200 });
  process.once('SIGTERM', () => { if (process.argv[1] === 'hangs') for (;;); });
  setInterval(() => {}, 1000);
  console.log('up');
`;

it.each(['hangs', 'has work left'])(
  'cuts a portal short that is told to end and %s',
  async how => {
    const portal = spawn(
      process.execPath,
      [
        ...['--require', '@backstage/cli-node/config/nodeTransform.cjs'],
        ...['-e', PORTAL, how],
      ],
      { cwd: __dirname, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const said = text(portal.stderr);
    await once(portal.stdout, 'data');
    portal.kill('SIGTERM');
    expect(await once(portal, 'exit')).toEqual([null, 'SIGKILL']);
    expect(await said).toContain('was cut short');
  },
);
