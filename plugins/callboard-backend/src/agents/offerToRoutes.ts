import { IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Duplex, Writable } from 'node:stream';

export type UpgradeHandler = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
) => void;

const MAX_ANSWER_BYTES = 64 * 1024; // an error page

export interface OfferedUpgrade {
  request: IncomingMessage;
  socket: Socket;
  head: Buffer;
  /** Called when the routes made a plugin listen for upgrades. */
  onListener(): void;
}

export interface RoutesOffer {
  /** What the routes answered so far, as bytes of HTTP. */
  answer(): Buffer;
  /** From now on a new listener is not given this upgrade. */
  withdraw(): void;
}

/**
 * Sends an upgrade through the routes, as Node.js does on a server without
 * listeners for upgrades. A listener that is added meanwhile gets this very
 * upgrade. The routes' answer is sent only where no other listener may still
 * take it: those answer when they are done with authentication.
 */
export function offerToRoutes({
  request,
  socket,
  head,
  onListener,
}: OfferedUpgrade): RoutesOffer {
  const { server } = socket as Socket & { server: Server };
  const answered: Buffer[] = [];
  const routed = copyOf(request);
  const response = withhold(new ServerResponse(routed), answered);
  const take = (event: string | symbol, listener: UpgradeHandler) => {
    if (event !== 'upgrade') return;
    onListener();
    listener.call(server, request, socket, head);
  };
  const offer = {
    answer: () => Buffer.concat(answered),
    withdraw: () => void server.removeListener('newListener', take),
  };
  server.on('newListener', take);
  response.on('finish', () => {
    if (server.listenerCount('upgrade') > 1) return;
    offer.withdraw();
    socket.end(offer.answer());
  });
  server.emit('request', routed, response);
  return offer;
}

/** Routes cut their prefix off the address; a listener must see the whole one. */
function copyOf(request: IncomingMessage): IncomingMessage {
  const { method, url, headers, rawHeaders } = request;
  const { httpVersion, httpVersionMajor, httpVersionMinor } = request;
  const copy = new IncomingMessage(request.socket);
  copy.push(null); // an upgrade has no body
  return Object.assign(copy, {
    complete: true, // one that is not ends its socket when it has been read
    ...{ method, url, headers: { ...headers }, rawHeaders },
    ...{ httpVersion, httpVersionMajor, httpVersionMinor },
  });
}

/** Keeps what a response would send. */
function withhold(response: ServerResponse, kept: Buffer[]): ServerResponse {
  let bytes = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= MAX_ANSWER_BYTES) kept.push(chunk);
      done();
    },
  });
  response.shouldKeepAlive = false; // its parser is gone: nothing more can be read from it
  response.assignSocket(sink as Socket);
  response.on('finish', () => response.detachSocket(sink as Socket));
  return response;
}
