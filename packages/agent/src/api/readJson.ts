import type { ApiRequest, ApiServer } from './ApiServer';

const MAX_BYTES = 1024 * 1024;

/** Sends a request of the agent's own and reads the JSON response. Throws unless it succeeded. */
export async function readJson(
  api: ApiServer,
  request: ApiRequest,
  signal: AbortSignal,
  maxBytes = MAX_BYTES,
): Promise<unknown> {
  const { status, value } = await askJson(api, request, { signal, maxBytes });
  if (status >= 300)
    throw new Error(`${request.method} ${request.path} answers HTTP ${status}`);
  return value;
}

/** Like `readJson`, whatever the status. Throws when the response is no JSON. */
export async function askJson(
  api: ApiServer,
  request: ApiRequest,
  { signal, maxBytes = MAX_BYTES }: { signal: AbortSignal; maxBytes?: number },
): Promise<{ status: number; value: unknown }> {
  const { status, body } = await api.send(request, signal);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes)
      throw new Error(`${request.path} answers more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  return { status, value };
}
