import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { isRegularFile, listContext } from '../context/listContext';
import { PathPatterns } from '../context/PathPatterns';
import {
  type Packet,
  type PacketSchema,
  Packet_PacketType as PacketType,
} from '../protocol/github.com/tonistiigi/fsutil/types/wire_pb';

type PacketInit = MessageInitShape<typeof PacketSchema>;

const CHUNK_BYTES = 64 * 1024;

/** A transfer of files that the daemon requested. */
export type FileTransfer = ServerDuplexStream<Packet, PacketInit>;

/**
 * Sends a folder: first all names, then the bytes of those files that the
 * daemon requests. It keeps files of the last build of the same app.
 *
 * @remarks Source: tonistiigi/fsutil send.go.
 */
export async function sendFiles(
  folder: string,
  transfer: FileTransfer,
): Promise<void> {
  const read = (key: string) => readValues(transfer, key);
  const entries = await listContext(folder, {
    include: new PathPatterns(read('include-patterns')),
    exclude: new PathPatterns(read('exclude-patterns')),
  });
  const asked = answerRequests();
  for (const stat of entries)
    await write({ type: PacketType.PACKET_STAT, stat });
  await write({ type: PacketType.PACKET_STAT });
  await asked;

  async function answerRequests(): Promise<void> {
    const packets: AsyncIterable<Packet> = transfer.iterator({
      destroyOnReturn: false, // the status is sent after it
    });
    for await (const packet of packets) {
      if (packet.type === PacketType.PACKET_ERR)
        throw new Error('the daemon could not take the files');
      if (packet.type === PacketType.PACKET_FIN) {
        await write({ type: PacketType.PACKET_FIN });
        return;
      }
      if (packet.type === PacketType.PACKET_REQ) await sendFile(packet.ID);
    }
  }

  async function sendFile(id: number): Promise<void> {
    const entry = entries.at(id);
    if (entry === undefined || !isRegularFile(entry))
      throw new Error('the daemon asked for a file that was not offered');
    const chunks = createReadStream(join(folder, entry.path), {
      highWaterMark: CHUNK_BYTES,
    });
    for await (const data of chunks as AsyncIterable<Buffer>)
      await write({ type: PacketType.PACKET_DATA, ID: id, data });
    await write({ type: PacketType.PACKET_DATA, ID: id });
  }

  async function write(packet: PacketInit): Promise<void> {
    if (transfer.cancelled || transfer.destroyed)
      throw new Error('the daemon ended the transfer');
    if (!transfer.write(packet))
      await Promise.race([once(transfer, 'drain'), once(transfer, 'close')]);
  }
}

/** Values of a header that may be repeated; percent-encoded when they are not plain text. */
function readValues({ metadata }: FileTransfer, key: string): string[] {
  // Node.js joins repeated headers.
  const values = metadata.get(key).flatMap(value => String(value).split(', '));
  const isEncoded = metadata.get(`${key}-encoded`)[0] === '1';
  return isEncoded
    ? values.map(value => decodeURIComponent(value.replaceAll('+', ' ')))
    : values;
}

/** The folder that the daemon requests by name: `context` or `dockerfile`. */
export function readFolderName(transfer: FileTransfer): string {
  return readValues(transfer, 'dir-name')[0] ?? '';
}
