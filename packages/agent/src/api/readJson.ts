import type { ApiRequest, ApiServer } from './ApiServer';

const MAX_BYTES = 1024 * 1024;

/** Sends a request of the agent's own and reads the JSON it answers. Throws when that is not a success. */
export async function readJson(
  api: ApiServer,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<unknown> {
  const { status, body } = await api.send(request, signal);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES)
      throw new Error(`${request.path} answers more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  if (status >= 300)
    throw new Error(`${request.method} ${request.path} answers HTTP ${status}`);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
