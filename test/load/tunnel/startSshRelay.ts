import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SSHD = '/usr/sbin/sshd';
const EMPTY = '/run/sshd'; // where it locks itself in when it runs as root
const PATIENCE = 100; // times 100 ms

/**
 * `ssh -R` to a server of our own, with keys made for it, on ports of the
 * loopback. OpenSSH's defaults otherwise.
 *
 * @returns the port that leads to the target, or why there is none
 */
export async function startSshRelay(
  folder: string,
  targetPort: number,
): Promise<{ port: number; stop(): void } | { missing: string }> {
  if (!existsSync(SSHD)) return { missing: 'there is no sshd on this machine' };
  for (const name of ['host', 'user'])
    execFileSync(
      'ssh-keygen',
      ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)],
      { stdio: 'ignore' },
    );
  const [port, forwarded] = [await findFreePort(), await findFreePort()];
  const inFolder = (name: string) => join(folder, name);
  writeFileSync(
    inFolder('authorized'),
    readFileSync(inFolder('user.pub'), 'utf8'),
    { mode: 0o600 },
  );
  writeFileSync(
    inFolder('sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${inFolder('host')}`,
      `AuthorizedKeysFile ${inFolder('authorized')}`,
      `PidFile ${inFolder('sshd.pid')}`,
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'UsePAM no',
      'StrictModes no', // the folder is within the one for temporary files
      '',
    ].join('\n'),
  );
  const isOurs = userInfo().uid === 0 && !existsSync(EMPTY);
  if (isOurs) mkdirSync(EMPTY);
  const server = spawn(SSHD, ['-D', '-e', '-f', inFolder('sshd_config')], {
    stdio: 'ignore',
  });
  const client = spawn(
    'ssh',
    [
      ...['-F', 'none', '-N', '-p', String(port), '-i', inFolder('user')],
      ...[
        '-o',
        'StrictHostKeyChecking=no',
        '-o',
        'UserKnownHostsFile=/dev/null',
      ],
      ...['-o', 'IdentitiesOnly=yes', '-o', 'BatchMode=yes'],
      ...['-o', 'ConnectionAttempts=20', '-o', 'ExitOnForwardFailure=yes'],
      ...['-R', `127.0.0.1:${forwarded}:127.0.0.1:${targetPort}`],
      `${userInfo().username}@127.0.0.1`,
    ],
    { stdio: 'ignore' },
  );
  const stop = () => {
    client.kill();
    server.kill();
    if (isOurs) rmdirSync(EMPTY);
  };
  for (let i = 0; i < PATIENCE && client.exitCode === null; i++) {
    if (await answers(forwarded)) return { port: forwarded, stop };
    await sleep(100);
  }
  stop();
  return { missing: 'ssh could not sign in to an sshd of its own' };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
