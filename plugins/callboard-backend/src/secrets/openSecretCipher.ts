import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretCipher, readSecretKeys } from '@callboard/plugin-callboard-node';

/** Holds the keys themselves, in place of a file. */
const KEYS_VARIABLE = 'CALLBOARD_SECRET_KEYS';

/**
 * What seals the secrets that people set: by the keys of the environment, of the
 * file that the configuration names, or of a file in the data folder that is made
 * at the first start and that nobody else can read. All processes of a portal
 * need the same keys.
 *
 * Anyone who loses them must set every secret again.
 */
export async function openSecretCipher(from: {
  dataDir: string;
  keyFile?: string;
  env: Readonly<Record<string, string | undefined>>;
}): Promise<SecretCipher> {
  const given = from.env[KEYS_VARIABLE];
  if (given !== undefined && given !== '')
    return new SecretCipher(readSecretKeys(given, KEYS_VARIABLE));
  const file = from.keyFile ?? (await makeOnce(from.dataDir));
  const { mode } = await stat(file);
  // eslint-disable-next-line no-bitwise
  if (from.keyFile === undefined && (mode & 0o077) !== 0)
    throw new Error(
      `${file} can be read by others: run "chmod 600 ${file}", and change the secrets that are kept by it`,
    );
  return new SecretCipher(readSecretKeys(await readFile(file, 'utf8'), file));
}

/** The file of the data folder. Of two processes that start at once the first one's counts. */
async function makeOnce(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'secrets');
  const file = join(folder, 'keys');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (isThere) return file;
  const aside = `${file}.${randomUUID()}`;
  await writeFile(aside, `${randomBytes(32).toString('base64')}\n`, {
    mode: 0o600,
    flag: 'wx',
  });
  try {
    await link(aside, file); // whole or not at all, and never over another
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
  return file;
}
