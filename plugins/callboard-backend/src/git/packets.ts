/*
 * The part of git's wire format that is needed to refuse a push with messages
 * that git shows while its pack is still arriving. Source: git's documentation,
 * gitprotocol-pack ("Reference Update Request", "Report Status") and
 * gitprotocol-common ("pkt-line Format").
 */

const MAX_PACKET_BYTES = 65_520; // including its four digits of length

/** One packet: four hex digits of length, then the payload. */
export function packet(payload: Buffer | string): Buffer {
  const bytes = Buffer.from(payload as string);
  if (bytes.length > MAX_PACKET_BYTES - 4)
    throw new Error('A packet is too long');
  return Buffer.concat([
    Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')),
    bytes,
  ]);
}

export const FLUSH = Buffer.from('0000');

/** The start of a push: the refs to move, and the capabilities of the client. */
export interface PushCommands {
  refs: string[];
  capabilities: string[];
}

/** Reads the commands at the start of a push; undefined while they are incomplete or when they are invalid. */
export function readPushCommands(start: Buffer): PushCommands | undefined {
  const refs: string[] = [];
  let capabilities: string[] = [];
  let at = 0;
  while (at + 4 <= start.length) {
    const digits = start.subarray(at, at + 4).toString('latin1');
    if (!/^[0-9a-f]{4}$/i.test(digits)) return undefined;
    const length = parseInt(digits, 16);
    if (length === 0)
      return refs.length > 0 ? { refs, capabilities } : undefined;
    if (length < 4 || at + length > start.length) return undefined;
    const [command, offered] = start
      .subarray(at + 4, at + length)
      .toString('utf8')
      .split('\0');
    if (offered !== undefined) capabilities = offered.trim().split(' ');
    const ref = /^[0-9a-f]{40,64} [0-9a-f]{40,64} (.+)$/.exec(
      command.trim(),
    )?.[1];
    if (ref) refs.push(ref);
    at += length;
  }
  return undefined;
}

/**
 * Returns a complete response that refuses all refs of a push. The lines appear
 * as `remote:` lines, `summary` behind each ref. Undefined for a client that
 * cannot show them (older than git 1.6.6).
 */
export function refusePush(
  { refs, capabilities }: PushCommands,
  refusal: { lines: string[]; summary: string },
): Buffer | undefined {
  if (!capabilities.includes('side-band-64k')) return undefined;
  const report = Buffer.concat([
    packet(`unpack ${refusal.summary}\n`),
    ...refs.map(ref => packet(`ng ${ref} ${refusal.summary}\n`)),
    FLUSH,
  ]);
  return Buffer.concat([
    ...refusal.lines.map(line => packet(`\u0002${line}\n`)),
    packet(
      Buffer.concat([
        Buffer.from([1]),
        report.subarray(0, MAX_PACKET_BYTES - 5),
      ]),
    ),
    FLUSH,
  ]);
}
