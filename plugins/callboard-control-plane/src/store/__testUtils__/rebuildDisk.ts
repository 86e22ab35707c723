import type { DiskEvent } from './readTrace';

/** What becomes of sectors that were written but not synced when the power fails. */
export const LOSSES = ['dropped', 'kept', 'some', 'torn'] as const;
export type Loss = (typeof LOSSES)[number];

const SECTOR = 512; // bytes that a disk writes whole, as SQLite assumes at least

interface Disk {
  /** What is on the platter. */
  synced: Buffer;
  /** Written since the last sync. */
  pending: Array<Extract<DiskEvent, { kind: 'write' | 'truncate' }>>;
}

/**
 * Files as they are found after the power failed before event `cut`.
 *
 * @param random - in [0, 1): which sectors made it
 */
export function rebuildDisk(
  events: readonly DiskEvent[],
  cut: number,
  { loss, random }: { loss: Loss; random: () => number },
): Map<string, Buffer> {
  const disks = new Map<string, Disk>();
  const diskOf = (file: string) => {
    const disk = disks.get(file) ?? { synced: Buffer.alloc(0), pending: [] };
    disks.set(file, disk);
    return disk;
  };
  for (const event of events.slice(0, cut)) {
    if (event.kind === 'said') continue;
    if (event.kind === 'remove') {
      disks.delete(event.file);
      continue;
    }
    const disk = diskOf(event.file);
    if (event.kind === 'sync') {
      disk.synced = disk.pending.reduce(applyWhole, disk.synced);
      disk.pending = [];
    } else disk.pending.push(event);
  }
  return new Map(
    [...disks].map(([file, { synced, pending }]) => [
      file,
      pending.reduce((bytes, event) => {
        if (event.kind === 'truncate' || loss === 'kept')
          return loss === 'dropped' ? bytes : applyWhole(bytes, event);
        return loss === 'dropped'
          ? bytes
          : applySome(bytes, event, { loss, random });
      }, synced),
    ]),
  );
}

function applyWhole(
  bytes: Buffer,
  event: Extract<DiskEvent, { kind: 'write' | 'truncate' }>,
): Buffer {
  if (event.kind === 'truncate') {
    const cut = Buffer.alloc(event.length);
    bytes.copy(cut, 0, 0, Math.min(bytes.length, event.length));
    return cut;
  }
  return overlay(bytes, event.offset, event.bytes);
}

/** Each sector by itself: there, not there, or (torn) half there. */
function applySome(
  bytes: Buffer,
  event: Extract<DiskEvent, { kind: 'write' }>,
  { loss, random }: { loss: Loss; random: () => number },
): Buffer {
  let result = bytes;
  const end = event.offset + event.bytes.length;
  let at = event.offset;
  while (at < end) {
    const next = Math.min(end, (Math.floor(at / SECTOR) + 1) * SECTOR);
    const sector = event.bytes.subarray(at - event.offset, next - event.offset);
    const kept = random();
    if (kept < 0.5) result = overlay(result, at, sector);
    else if (loss === 'torn')
      result = overlay(
        result,
        at,
        sector.subarray(0, Math.floor(sector.length * random())),
      );
    at = next;
  }
  return result;
}

function overlay(bytes: Buffer, offset: number, part: Buffer): Buffer {
  const result = Buffer.alloc(Math.max(bytes.length, offset + part.length));
  bytes.copy(result);
  part.copy(result, offset);
  return result;
}
