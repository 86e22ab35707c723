import type { TunnelRequest } from '@callboard/tunnel';
import type { ApiAnswer, ApiServer } from '../api/ApiServer';
import type { AgentState } from '../state/AgentState';
import { parseObject } from './KeptObject';
import type { DesiredChange } from './readDesired';

const MAX_KEPT_BYTES = 1_000_000; // about the API server's own limit

export interface DesiredContext {
  api: ApiServer;
  state: AgentState;
  now: () => Date;
  log: (line: string) => void;
}

/**
 * Passes a desired state of the hub on to the API server and keeps it: stored
 * before, so that a kill loses nothing, and settled by the response. The hub
 * decides: a change that cannot be kept is still passed on, and an event
 * reports that.
 */
export async function passOnDesired(
  request: TunnelRequest,
  change: DesiredChange,
  context: DesiredContext,
): Promise<ApiAnswer> {
  return change.kind === 'delete'
    ? passOnRemoval(request, change, context)
    : passOnApply(request, change, context);
}

async function passOnRemoval(
  { head, body, signal }: TunnelRequest,
  { place }: DesiredChange,
  context: DesiredContext,
): Promise<ApiAnswer> {
  const { api, state } = context;
  const gone = state.desired.forgetAllOf(place);
  if (gone.length > 0) await keep(context);
  const answer = await api.send({ ...head, body }, signal);
  // 404: it is deleted. 409: it is deleted and another object has its name, which is not
  // ours to keep.
  const isRefused =
    answer.status >= 400 &&
    answer.status < 500 &&
    ![404, 409].includes(answer.status);
  if (isRefused) state.desired.restore(gone);
  state.flushSoon();
  return answer;
}

async function passOnApply(
  { head, body, signal }: TunnelRequest,
  { place }: DesiredChange,
  context: DesiredContext,
): Promise<ApiAnswer> {
  const { api, state } = context;
  const { text, whole } = await readText(body);
  const object = text === undefined ? undefined : parseObject(text);
  if (text === undefined || object?.metadata.name !== place.name) {
    state.desired.forget(place.key);
    reportNotKept(context, `${place.key} is too large to keep, or no JSON`);
    await keep(context);
    return api.send({ ...head, body: whole }, signal);
  }
  if (!state.desired.intend(place, text))
    reportNotKept(context, `there is no room to keep ${place.key}`);
  await keep(context);
  const answer = await api.send({ ...head, body: text }, signal);
  const { status } = answer;
  if (status < 300) state.desired.settle(place.key, text, true);
  // After a 5xx it is unknown whether the cluster accepted it: it stays open.
  else if (status < 500) state.desired.settle(place.key, text, false);
  state.flushSoon();
  return answer;
}

async function keep({ state, now, log }: DesiredContext): Promise<void> {
  try {
    await state.flush();
    state.events.dropIssue('state');
  } catch (error) {
    const why = error instanceof Error ? error.message : 'the store failed';
    log(`The desired state cannot be stored: ${why}`);
    state.events.openIssue(
      'state',
      'refused: store',
      { kind: 'state-not-kept', why: 'its store cannot be written' },
      now(),
    );
  }
}

function reportNotKept({ state, now, log }: DesiredContext, why: string): void {
  log(`Not kept: ${why}`);
  state.events.openIssue(
    `state ${why}`,
    'refused: room',
    { kind: 'state-not-kept', why: why.slice(0, 300) },
    now(),
  );
}

/** Reads the body as text if it is small enough to keep; `whole` is the unchanged body in any case. */
async function readText(
  body: AsyncIterable<Uint8Array>,
): Promise<{ text?: string; whole: AsyncIterable<Uint8Array> }> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const rest = body[Symbol.asyncIterator]();
  while (bytes <= MAX_KEPT_BYTES) {
    const next = await rest.next();
    if (next.done)
      return {
        text: Buffer.concat(chunks).toString('utf8'),
        whole: (async function* all() {
          yield* chunks;
        })(),
      };
    bytes += next.value.byteLength;
    chunks.push(next.value);
  }
  return {
    whole: (async function* all() {
      yield* chunks;
      for (let next = await rest.next(); !next.done; next = await rest.next())
        yield next.value;
    })(),
  };
}
