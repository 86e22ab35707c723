// Runs a command in a network of its own: `node test/canaryNetwork.mjs -- yarn test`.
//
// Its only interface is loopback, with addresses on it that nobody should dial:
// metadata services, private ones, link-local ones, and two that are taken for
// public (203.0.113.5 and 203.0.113.6). Names are asked at 127.0.0.1:53, where
// the command may answer them. Nothing of this machine's network is reached or
// changed. Needs unshare of util-linux and ip of iproute2, and no root where the
// machine lets everybody make namespaces. Ends with the command's exit code.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ADDRESSES = [
  '203.0.113.5',
  '203.0.113.6',
  '169.254.169.254',
  '169.254.170.2',
  '169.254.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  '10.20.30.40',
  '172.20.0.9',
  '192.168.7.7',
  '100.64.0.9',
  'fd00:ec2::254',
  'fd12::1',
];
const SETUP = `
  mount --bind "$1" /etc/resolv.conf && shift &&
  ip link set lo up &&
  for address in ${ADDRESSES.join(' ')}; do
    case $address in
      *:*) ip -6 address add $address/128 dev lo nodad ;;
      *) ip address add $address/32 dev lo ;;
    esac || exit 1
  done &&
  ip -6 address add fe80::1/64 dev lo nodad &&
  exec "$@"
`;

const [separator, command, ...args] = process.argv.slice(2);
if (separator !== '--' || !command) {
  console.error('Usage: node test/canaryNetwork.mjs -- <command> [arguments]');
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'callboard-canaries-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const resolver = join(folder, 'resolv.conf');
writeFileSync(resolver, 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');

const child = spawn(
  'unshare',
  [
    '--user',
    '--map-root-user',
    '--net',
    '--mount',
    '--fork',
    '--kill-child',
    ...['sh', '-c', SETUP, 'sh', resolver, command, ...args],
  ],
  { stdio: 'inherit', env: { ...process.env, CALLBOARD_CANARY_NETWORK: '1' } },
);
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => child.kill(signal));
child.on('error', error => {
  console.error(`Cannot run unshare: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
