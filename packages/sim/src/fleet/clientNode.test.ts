import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SimFleet } from './SimFleet';

jest.setTimeout(60_000);

const SCRIPT = join(__dirname, '..', '__testUtils__', 'clientNode.mjs');

/** The client that most JavaScript programs use, in a process of its own. */
describe('@kubernetes/client-node', () => {
  it('creates, watches, reads logs and hears refusals', async () => {
    const fleet = await SimFleet.listen();
    fleet.addCluster({
      name: 'eu-1',
      token: 'secret',
      nodes: [{ name: 'node-0', cpu: '4', memory: '8Gi' }],
    });
    const child = spawn(process.execPath, [SCRIPT], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.end(JSON.stringify(fleet.kubeconfig('eu-1')));
    const output = await text(child.stdout);
    await fleet.close();
    expect(JSON.parse(output)).toEqual({
      created: 'web',
      first: 'ADDED Pending',
      last: 'MODIFIED Running',
      log: 'started\n',
      refusal: 404,
    });
  });
});
