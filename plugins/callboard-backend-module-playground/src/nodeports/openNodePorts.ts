import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LoopbackNodePorts } from './LoopbackNodePorts';

const LAST_PORT = 32_767; // above it the system gives ports to outgoing connections

/**
 * Opens the fleet's node ports: those it had last time, so that addresses stay,
 * else the first block of ports that no other portal on this machine has.
 */
export async function openNodePorts(options: {
  dataDir: string;
  base: number;
  count: number;
}): Promise<LoopbackNodePorts> {
  const { dataDir, base, count } = options;
  const note = join(dataDir, 'node-port-base');
  const last = Number(await readFile(note, 'utf8').catch(() => ''));
  const blocks = Array.from(
    { length: Math.floor((LAST_PORT + 1 - base) / Math.max(count, 1)) },
    (_, index) => base + index * count,
  );
  const ports = await LoopbackNodePorts.open({
    first: blocks.includes(last) ? last : base,
    count,
    blocks,
  });
  await mkdir(dataDir, { recursive: true });
  await writeFile(note, String(ports.first));
  return ports;
}
