import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretCipher, readSecretKeys } from '@callboard/plugin-callboard-node';

/** Contains the keys themselves, in place of a file. */
const KEYS_VARIABLE = 'CALLBOARD_SECRET_KEYS';

/**
 * Opens the cipher of the secrets that people set. Its keys come from the
 * environment, from the file in the configuration, or from a file in the data
 * folder that is created at the first start and readable only by this user. All
 * processes of a portal need the same keys.
 *
 * After losing them, every secret has to be set again.
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

/** Reads or creates the file of the data folder. When two processes start at once, the first one's file is used. */
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
    await link(aside, file); // atomic, and never over an existing file
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
  return file;
}
