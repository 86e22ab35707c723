import { once } from 'node:events';
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { LogFile } from './LogFile';
import { keepOutputHarmless } from './keepOutputHarmless';
import { logRequests } from './logRequests';

describe('the log of the portal', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is begun again at its size and keeps one file before', () => {
    const file = new LogFile(join(folder, 'callboard.log'));
    file.maxBytes = 100;
    for (let line = 0; line < 30; line += 1) file.write(`line ${line}\n`);
    file.close();
    expect(readdirSync(folder).sort()).toEqual([
      'callboard.log',
      'callboard.log.1',
    ]);
    const kept = ['callboard.log.1', 'callboard.log'].map(name =>
      readFileSync(join(folder, name), 'utf8'),
    );
    expect(kept[0].length).toBeLessThan(120);
    expect(kept.join('')).toMatch(/line 28\nline 29\n$/);
  });

  it('leaves out and counts what the disk does not take', () => {
    const path = join(folder, 'callboard.log');
    symlinkSync('/dev/full', path);
    const file = new LogFile(path);
    const printed: { stdout: never; stderr: never } = {
      stdout: { write: () => true } as never,
      stderr: { write: () => true } as never,
    };
    keepOutputHarmless(printed, file);
    const { stdout } = printed as unknown as {
      stdout: { write(text: string): boolean };
    };
    expect([stdout.write('one\n'), stdout.write('two\n')]).toEqual([
      true,
      true,
    ]);
    // The disk takes lines again.
    rmSync(path);
    file.maxBytes = -1;
    stdout.write('three\n');
    file.close();
    expect(readFileSync(path, 'utf8')).toMatch(
      /2 lines of this log could not be written.*\nthree\n$/,
    );
  });

  it('goes on where its file cannot be written', () => {
    const stdout = {
      write(): boolean {
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      },
    };
    keepOutputHarmless({ stdout, stderr: { write: () => true } } as never);
    expect(stdout.write()).toBe(true);
  });

  it('names changes and failures, not reads', async () => {
    const lines: string[] = [];
    const logger = {
      ...mockServices.logger.mock(),
      info: (line: string) => void lines.push(line),
    } as unknown as LoggerService;
    const log = logRequests(logger);
    const server = createServer((req, res) =>
      log(req, res, () => {
        res.statusCode = req.url?.startsWith('/missing') ? 404 : 200;
        res.end();
      }),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await fetch(`${url}/there`);
    await fetch(`${url}/missing`);
    await fetch(`${url}/missing?cluster=eu-1&token=sesame&x=1`);
    await fetch(`${url}/missing/cbt_${'a'.repeat(43)}.git`);
    await fetch(`${url}/there`, { method: 'POST' });
    await fetch(`${url}/api/permission/authorize`, { method: 'POST' });
    server.close();
    server.closeAllConnections();
    expect(lines).toEqual([
      'GET /missing 404',
      'GET /missing?cluster=eu-1&token=***&x=1 404',
      'GET /missing/cbt_***.git 404',
      'POST /there 200',
    ]);
  });
});
