import { type Io, UsageError } from '../Io';

/** Portals to which a person signed in, by address. */
export interface KeptPortals {
  /** The portal of the latest sign-in. */
  current?: string;
  portals: Record<string, KeptToken>;
}

export interface KeptToken {
  token: string;
}

/** Reads the stored sign-ins; none before the first sign-in. */
export function readKeptPortals(io: Pick<Io, 'readKept'>): KeptPortals {
  const text = io.readKept();
  if (text === undefined) return { portals: {} };
  const kept = parse(text);
  if (!kept)
    throw new UsageError(
      'What is kept of your portals cannot be read: sign in again, with callboard login --portal URL',
    );
  return kept;
}

/** Stores a sign-in and makes it the current one. Returns where it is stored. */
export function keepPortal(
  { base, token }: { base: string; token: string },
  io: Pick<Io, 'readKept' | 'keep'>,
): string {
  const kept = parse(io.readKept() ?? '') ?? { portals: {} };
  return write(
    { current: base, portals: { ...kept.portals, [base]: { token } } },
    io,
  );
}

/** Removes a sign-in. Returns whether there was one. */
export function forgetPortal(
  base: string,
  io: Pick<Io, 'readKept' | 'keep'>,
): boolean {
  const { current, portals } = readKeptPortals(io);
  const { [base]: forgotten, ...others } = portals;
  if (!forgotten) return false;
  const next = current === base ? Object.keys(others).at(-1) : current;
  write({ ...(next !== undefined && { current: next }), portals: others }, io);
  return true;
}

function write(kept: KeptPortals, io: Pick<Io, 'keep'>): string {
  return io.keep(`${JSON.stringify(kept, undefined, 2)}\n`);
}

function parse(text: string): KeptPortals | undefined {
  try {
    const { current, portals } = JSON.parse(text) as Partial<KeptPortals>;
    const isKept =
      typeof portals === 'object' &&
      portals !== null &&
      Object.values(portals).every(each => typeof each?.token === 'string');
    if (!isKept) return undefined;
    return { ...(typeof current === 'string' && { current }), portals };
  } catch {
    return undefined;
  }
}
