import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Isolation,
  describeIsolation,
} from '@callboard/plugin-callboard-sandbox-node';

/** Writes the isolation of pushed code into the data folder, for the last lines of `npm start`. */
export async function writeIsolation(
  dataDir: string,
  isolation: Isolation,
): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(
    join(dataDir, 'isolation.json'),
    JSON.stringify({ ...isolation, says: describeIsolation(isolation) }),
  );
}
