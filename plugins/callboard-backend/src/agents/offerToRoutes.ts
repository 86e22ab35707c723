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
  /** Returns the routes' response so far, as bytes of HTTP. */
  answer(): Buffer;
  /** Stops passing this upgrade to new listeners. */
  withdraw(): void;
}

/**
 * Sends an upgrade through the routes, as Node.js does on a server without
 * listeners for upgrades. A listener that is added meanwhile gets this upgrade.
 * The routes' response is sent only when no other listener can still handle the
 * upgrade: those respond after authentication.
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

/** Routes strip their prefix from the address; a listener needs the whole one. */
function copyOf(request: IncomingMessage): IncomingMessage {
  const { method, url, headers, rawHeaders } = request;
  const { httpVersion, httpVersionMajor, httpVersionMinor } = request;
  const copy = new IncomingMessage(request.socket);
  copy.push(null); // an upgrade has no body
  return Object.assign(copy, {
    complete: true, // an incomplete request ends its socket when it has been read
    ...{ method, url, headers: { ...headers }, rawHeaders },
    ...{ httpVersion, httpVersionMajor, httpVersionMinor },
  });
}

/** Buffers the bytes that a response would send. */
function withhold(response: ServerResponse, kept: Buffer[]): ServerResponse {
  let bytes = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= MAX_ANSWER_BYTES) kept.push(chunk);
      done();
    },
  });
  response.shouldKeepAlive = false; // its parser is detached: no further request can be read
  response.assignSocket(sink as Socket);
  response.on('finish', () => response.detachSocket(sink as Socket));
  return response;
}
