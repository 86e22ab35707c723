import { createHash } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@callboard/plugin-callboard-common';
import { Portal } from '../../browser/support/Portal';
import { Repository } from '../../browser/support/Repository';
import { listDescendants } from '../../browser/support/processes';
import { shopFiles } from '../../browser/support/shopFiles';
import { eventually } from '@callboard/testing';
import { describePortal } from './describePortal';

const GONE_MS = 10_000; // a portal that lost its starter ends within 5 s
const BACK_MS = 120_000;
/** Away from those of portals that others start while this one is dead. */
const NODE_PORTS = 32_000;
const START_MS = 300_000; // on a machine that does much at once
/** A user of every Debian that nothing runs as. */
const ORDINARY = { uid: 5, gid: 60 };
const WHO = [
  {
    who: 'this user',
    user: undefined,
    victims: ['npm start', 'the backend', 'all of it'] as const,
  },
  ...(process.getuid?.() === 0
    ? [
        {
          who: 'an ordinary user',
          user: ORDINARY,
          victims: ['all of it'] as const,
        },
      ]
    : []),
];

/** Everything of one portal on this machine, at one time. */
interface Remains {
  /** As `pid start`: of a pid that was given out again the start differs. */
  processes: string[];
  /** Folders and sockets of runs, notes of their processes, control groups. */
  places: string[];
}

describePortal.each(WHO)(
  'a portal of $who that is killed',
  ({ user, victims }) => {
    let folder: string;
    let dataDir: string;
    let portal: Portal;
    let shop: Repository;
    /** Seconds that nobody else on this machine sleeps. */
    const nap = `9876.${process.pid}${user?.uid ?? 0}`;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'callboard-killed-'));
      if (user) chownSync(folder, user.uid, user.gid);
      dataDir = join(folder, 'data');
      const config = join(folder, 'app-config.killed.json');
      const playground = { nodePortBase: NODE_PORTS };
      writeFileSync(config, JSON.stringify({ callboard: { playground } }));
      portal = await Portal.create({ dataDir, user, configs: [config] });
      await portal.start();
      const files = shopFiles('shop', 'open');
      shop = await Repository.create({
        ...files,
        'server.js': `${files['server.js']}
require('node:child_process').spawn('setsid', ['sh', '-c',
  'trap "" TERM HUP INT; (setsid sleep ${nap} &) & setsid sleep ${nap} & exit'],
  { detached: true, stdio: 'ignore' }).unref();`,
      });
      const { text } = await shop.push(portal.cloneUrl('shop'));
      if (!/Healthy/.test(text)) throw new Error(text);
    }, START_MS);

    afterAll(async () => {
      await portal?.stop();
      await shop?.remove();
      rmSync(folder, { recursive: true, force: true });
    }, 60_000);

    it(
      'runs its playground again, and nothing of before',
      async () => {
        const playground = await playgroundPid();
        const before = await lookAt(playground);
        killNow(playground);
        await isGone(before);
        await answersAgain();
        expect(leftOf(before)).toEqual([]);
      },
      START_MS,
    );

    it.each([...victims])(
      'leaves nothing when %s is killed',
      async victim => {
        const before = await lookAt(portal.pid);
        const pids = {
          'npm start': [portal.pid],
          'the backend': [await portal.backendPid()],
          'all of it': before.processes.map(each => parseInt(each, 10)),
        }[victim];
        await portal.endedBy(() => pids.forEach(killNow));
        await isGone(before);
        await portal.start();
        await answersAgain();
        expect(leftOf(before)).toEqual([]);
      },
      START_MS,
    );

    it(
      'leaves nothing when it ends',
      async () => {
        const before = await lookAt(portal.pid);
        await portal.stop();
        await isGone(before);
        expect(places()).toEqual([]);
        expect(groups().filter(existsSync)).toEqual([]);
      },
      START_MS,
    );

    async function playgroundPid(): Promise<number> {
      const pids = await listDescendants(await portal.backendPid());
      return pids.find(pid =>
        readText(`/proc/${pid}/cmdline`).includes('playground/src/worker'),
      )!;
    }

    async function lookAt(pid: number): Promise<Remains> {
      const pids = [...(await listDescendants(pid)), ...napping()];
      return {
        processes: [...new Set(pids)].map(each => `${each} ${startOf(each)}`),
        places: places(),
      };
    }

    function isGone({ processes }: Remains): Promise<void> {
      return eventually(
        'nothing of it runs',
        () => expect(processes.filter(isRunning).map(withCommand)).toEqual([]),
        GONE_MS,
      );
    }

    function leftOf(before: Remains): string[] {
      const now = places();
      return before.places.filter(path => now.includes(path));
    }

    function places(): string[] {
      return [
        join(tmpdir(), `callboard-${hash()}`),
        join(dataDir, 'playground/run'),
        ...groups(),
      ].flatMap(path =>
        list(path)
          .filter(name => /^run-|\.(door|out|pid)$/.test(name))
          .map(name => join(path, name)),
      );
    }

    /** Control groups of this portal, wherever this machine has them. */
    function groups(): string[] {
      const own = readText('/proc/self/cgroup')
        .split('\n')
        .map(line => line.split(':'))
        .filter(parts => parts.length === 3);
      return own.flatMap(([, names, path]) =>
        ['', 'unified', ...names.split(',')].map(name =>
          join('/sys/fs/cgroup', name, path, `callboard-${hash()}`),
        ),
      );
    }

    function hash(): string {
      return createHash('sha256')
        .update(join(dataDir, 'playground'))
        .digest('hex')
        .slice(0, 12);
    }

    /** Processes of the app that left its session and its parent. */
    function napping(): number[] {
      return list('/proc')
        .filter(name => /^\d+$/.test(name))
        .filter(pid => readText(`/proc/${pid}/cmdline`).includes(`\0${nap}\0`))
        .map(Number);
    }

    function answersAgain(): Promise<void> {
      return eventually(
        'the app answers',
        async () => {
          const { body } = await portal.api<App>('/apps/shop');
          const [url] = body.environments[0].clusters.flatMap(
            ({ urls }) => urls,
          );
          expect(await (await fetch(url)).text()).toBe('open');
          expect(napping().length).toBeGreaterThan(1);
        },
        BACK_MS,
      );
    }
  },
);

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended with one that was killed before it.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Field 22 of /proc/PID/stat; empty when it has ended, also where nobody has collected it yet. */
function startOf(pid: number): string {
  const stat = readText(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? '' : fields[19] ?? '';
}

function isRunning(process: string): boolean {
  const [pid, start] = process.split(' ');
  return start !== '' && startOf(Number(pid)) === start;
}

function withCommand(process: string): string {
  const command = readText(`/proc/${parseInt(process, 10)}/cmdline`);
  return `${process} ${command.replace(/\0/g, ' ')}`;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
