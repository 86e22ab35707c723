import { TOKENS, type TestPortal } from './TestPortal';

/** What a client is told of a push. */
export interface PushAnswer {
  status: number;
  /** What git's client would show or act upon, without the frames around it. */
  text: string;
  ms: number;
}

/** Sends bytes to where pushes go, as no git client would. */
export async function pushBytes(
  portal: TestPortal,
  app: string,
  body: Uint8Array,
): Promise<PushAnswer> {
  const pair = Buffer.from(`ana:${TOKENS.ana}`).toString('base64');
  const began = performance.now();
  const answer = await fetch(
    `${portal.url}/api/callboard/git/${app}.git/git-receive-pack`,
    {
      method: 'POST',
      headers: {
        authorization: `Basic ${pair}`,
        'content-type': 'application/x-git-receive-pack-request',
      },
      body,
    },
  );
  const bytes = Buffer.from(await answer.arrayBuffer());
  return {
    status: answer.status,
    text: readPackets(bytes),
    ms: performance.now() - began,
  };
}

/** Payloads of packets, and of packets within the first band; what is no packet as it is. */
function readPackets(bytes: Buffer): string {
  const texts: string[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const length = parseInt(bytes.subarray(at, at + 4).toString('latin1'), 16);
    if (!Number.isInteger(length) || length > bytes.length) break;
    if (length >= 4) {
      const payload = bytes.subarray(at + 4, at + length);
      const isBand = payload[0] >= 1 && payload[0] <= 3;
      const inner = isBand ? payload.subarray(1) : payload;
      texts.push(payload[0] === 1 ? readPackets(inner) : inner.toString());
    }
    at += Math.max(4, length);
  }
  return texts.join('') + bytes.subarray(at).toString();
}
