import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Isolation,
  describeIsolation,
} from '@callboard/plugin-callboard-sandbox-node';

/** Notes in the data folder how pushed code is isolated, for the lines that `npm start` ends with. */
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
