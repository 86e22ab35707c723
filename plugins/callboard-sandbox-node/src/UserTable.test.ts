import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserTable } from './UserTable';

describe('UserTable', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'users-'));
    for (const portal of ['one', 'other']) await mkdir(join(folder, portal));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const open = (portal: string) =>
    UserTable.open({
      dataDir: join(folder, portal),
      claims: join(folder, 'claims'),
    });

  it('gives 2,000 apps 2,000 users, the same ones after a restart', () => {
    const apps = Array.from({ length: 2_000 }, (_, i) => `app-${i}`);
    const before = open('one');
    const users = apps.map(app => before.ofApp(app).uid);
    expect(new Set(users).size).toBe(2_000);
    const after = open('one');
    expect([...apps].reverse().map(app => after.ofApp(app).uid)).toEqual(
      [...users].reverse(),
    );
  });

  it('gives two portals of one machine different users', () => {
    expect(open('one').ofApp('shop')).not.toEqual(open('other').ofApp('shop'));
  });

  it('gives no build the user of an app or of another build that runs', () => {
    const table = open('one');
    const app = table.ofApp('shop').uid;
    const [one, other] = [table.takeForBuild(), table.takeForBuild()];
    expect(new Set([app, one.user.uid, other.user.uid]).size).toBe(3);
    one.release();
    expect(table.takeForBuild().user).toEqual(one.user);
  });

  it('takes the block of a portal whose folder is gone', async () => {
    const before = open('one').ofApp('shop');
    await rm(join(folder, 'one'), { recursive: true });
    expect(open('other').ofApp('shop')).toEqual(before);
    expect(await readFile(join(folder, 'claims', '0'), 'utf8')).toBe(
      join(folder, 'other'),
    );
  });

  it('knows an app by any name', () => {
    const table = open('one');
    expect(table.ofApp('constructor').uid).toBeGreaterThanOrEqual(300_000);
  });
});
