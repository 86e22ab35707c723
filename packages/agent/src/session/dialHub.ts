import {
  type Challenge,
  type Goodbye,
  type Refused,
  PROTOCOL,
  PURPOSES,
  type Scope,
  type TunnelRequest,
  type TunnelResponse,
  TunnelSession,
  type Welcome,
  helloText,
  isSignedBy,
  openSocketPipe,
  readFromHub,
  readScope,
  signText,
} from '@callboard/tunnel';
import { type RawData, WebSocket } from 'ws';

export interface HubAddress {
  /** `wss://portal.example/api/callboard/agents/connect`. */
  url: string;
  /** The hub's public key, from the install manifest: the agent obeys nobody else. */
  hubKey: string;
  /** PEM, where the hub's certificate is of a CA that is not commonly known. */
  ca?: string;
}

export interface AgentIdentity {
  cluster: string;
  privateKey: string;
  publicKey: string;
  version: string;
  joinToken?: string;
}

/** How a session ended, and what the hub said of coming back. */
export interface SessionEnd {
  why: string;
  wasWelcome: boolean;
  /** Undefined: the agent's own back-off decides. */
  retryAfterMs?: number;
}

export interface DialOptions {
  signal: AbortSignal;
  /** Whoever answers requests; `scope` is what the hub signed for at this moment. */
  onRequest(request: TunnelRequest, scope: Scope): Promise<TunnelResponse>;
  onWelcome?: () => void;
}

const HANDSHAKE_MS = 15_000;
const MAX_MESSAGE_BYTES = 64 * 1024;
const REFUSED_PAUSE_MS = 60_000; // nothing changes by asking a hub again at once that said no

/** One session with the hub, from dialing to its end. Never throws. */
export function dialHub(
  hub: HubAddress,
  identity: AgentIdentity,
  options: DialOptions,
): Promise<SessionEnd> {
  return new Promise(resolve => {
    const socket = new WebSocket(hub.url, {
      ca: hub.ca,
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      followRedirects: false,
    });
    let challenge: Challenge | undefined;
    let scope: Scope | undefined;
    let retryAfterMs: number | undefined;
    let watchdog: NodeJS.Timeout | undefined;
    const end = (why: string) => session.end(why);
    const abort = () => end('the agent stops');
    const late = setTimeout(
      () => end('the handshake took too long'),
      HANDSHAKE_MS,
    );

    const session: TunnelSession = new TunnelSession(openSocketPipe(socket), {
      onControl: message => takeControl(message),
      onRequest: async request => {
        if (scope === undefined) throw new Error('no scope yet');
        return options.onRequest(request, scope);
      },
      onEnd: why => {
        clearTimeout(late);
        clearInterval(watchdog);
        options.signal.removeEventListener('abort', abort);
        socket.terminate();
        resolve({
          why,
          wasWelcome: scope !== undefined,
          ...(retryAfterMs !== undefined && { retryAfterMs }),
        });
      },
    });
    options.signal.addEventListener('abort', abort, { once: true });
    if (options.signal.aborted) abort();

    socket.on('message', (data: RawData, isBinary) => {
      if (isBinary && Buffer.isBuffer(data)) session.receive(data);
      else end('a message was no frame');
    });
    socket.on('error', error =>
      end(`the hub cannot be reached (${codeOf(error)})`),
    );
    socket.on('close', () => end('the connection was closed'));

    const takeControl = (message: unknown) => {
      const said = readFromHub(message);
      switch (said?.kind) {
        case 'challenge':
          if (challenge !== undefined || said.hubKey !== hub.hubKey) {
            end('the hub is not the one this agent belongs to');
            return;
          }
          challenge = said;
          session.sendControl(sayHello(said, identity));
          return;
        case 'welcome':
          takeScope(said);
          if (scope === undefined) return;
          clearTimeout(late);
          watchdog = watchSilence(session, said.heartbeatMs);
          options.onWelcome?.();
          return;
        case 'renewal':
          takeScope(said);
          return;
        case 'refused':
        case 'goodbye':
          retryAfterMs = pauseOf(said);
          end(
            said.kind === 'refused'
              ? `the hub refuses: ${said.code}`
              : `the hub says goodbye: ${said.reason}`,
          );
          return;
        default:
          end('the hub said something unknown');
      }
    };

    const takeScope = (signed: Pick<Welcome, 'scope' | 'scopeSignature'>) => {
      const read = openScope(signed, hub.hubKey, identity);
      if (read === undefined || challenge === undefined)
        end('the hub did not sign for this agent');
      else scope = read;
    };
  });
}

function sayHello(challenge: Challenge, identity: AgentIdentity): unknown {
  const {
    cluster,
    publicKey: agentKey,
    version: agentVersion,
    joinToken,
    privateKey,
  } = identity;
  const hello = {
    protocol: PROTOCOL,
    cluster,
    agentKey,
    agentVersion,
    ...(joinToken !== undefined && { joinToken }),
  };
  const signature = signText(
    privateKey,
    PURPOSES.hello,
    helloText(challenge, hello),
  );
  return { kind: 'hello', ...hello, signature };
}

/** The scope, when the hub's key signed it for this agent and this cluster. */
function openScope(
  {
    scope: text,
    scopeSignature: signature,
  }: Pick<Welcome, 'scope' | 'scopeSignature'>,
  hubKey: string,
  identity: AgentIdentity,
): Scope | undefined {
  if (!isSignedBy(hubKey, { purpose: PURPOSES.scope, text, signature }))
    return undefined;
  const scope = readScope(text);
  return scope?.cluster === identity.cluster &&
    scope.agentKey === identity.publicKey
    ? scope
    : undefined;
}

/** The hub pings: an agent that hears nothing for two beats is alone, whatever its socket says. */
function watchSilence(
  session: TunnelSession,
  heartbeatMs: number,
): NodeJS.Timeout {
  return setInterval(() => {
    if (performance.now() - session.heardAtMs > heartbeatMs * 2)
      session.end('the hub fell silent');
  }, heartbeatMs / 4);
}

function pauseOf(said: Refused | Goodbye): number {
  return said.retryAfterMs ?? REFUSED_PAUSE_MS;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'no WebSocket there';
}
