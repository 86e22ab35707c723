import { type Change, FileImage } from './FileImage';
import type { DiskEvent } from './readTrace';

/** What becomes of sectors that were written but not synced when the power fails. */
export const LOSSES = ['dropped', 'kept', 'some', 'torn'] as const;
export type Loss = (typeof LOSSES)[number];

const SECTOR = 512; // bytes that a disk writes whole, as SQLite assumes at least

interface Disk {
  /** What is on the platter. */
  synced: FileImage;
  /** Written since the last sync. */
  pending: Change[];
}

/**
 * Files as they are found after the power failed before event `cut`.
 *
 * @param random - in [0, 1): which sectors made it
 */
export function rebuildDisk(
  events: readonly DiskEvent[],
  cut: number,
  options: { loss: Loss; random: () => number },
): Map<string, Uint8Array> {
  const disks = new Map<string, Disk>();
  const diskOf = (file: string) => {
    const disk = disks.get(file) ?? { synced: new FileImage(), pending: [] };
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
      disk.pending.forEach(change => disk.synced.apply(change));
      disk.pending = [];
    } else disk.pending.push(event);
  }
  return new Map(
    [...disks].map(([file, { synced, pending }]) => {
      pending.forEach(change => applyUnsynced(synced, change, options));
      return [file, synced.bytes];
    }),
  );
}

function applyUnsynced(
  image: FileImage,
  change: Change,
  { loss, random }: { loss: Loss; random: () => number },
): void {
  if (loss === 'dropped') return;
  if (loss === 'kept' || change.kind === 'truncate') image.apply(change);
  else applySome(image, change, { loss, random });
}

/** Each sector by itself: there, not there, or (torn) half there. */
function applySome(
  image: FileImage,
  { offset, bytes }: Extract<Change, { kind: 'write' }>,
  { loss, random }: { loss: Loss; random: () => number },
): void {
  const end = offset + bytes.length;
  let at = offset;
  while (at < end) {
    const next = Math.min(end, (Math.floor(at / SECTOR) + 1) * SECTOR);
    const sector = bytes.subarray(at - offset, next - offset);
    const kept = random();
    if (kept < 0.5) image.write(at, sector);
    else if (loss === 'torn')
      image.write(at, sector.subarray(0, Math.floor(sector.length * random())));
    at = next;
  }
}
