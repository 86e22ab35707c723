import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import { type Proxy, nameProxy } from './findProxy';

/** The reason why the hub cannot be reached through a proxy, in words that may be shown. */
export class ProxyError extends Error {}

/**
 * Opens a connection to an address through a proxy (HTTP CONNECT). For `wss:`
 * TLS is end to end with the hub: the proxy sees the target and nothing else.
 *
 * @returns a connected socket; for `wss:` its TLS handshake has just begun
 * @throws ProxyError where the proxy refuses or cannot be reached
 */
export async function openThroughProxy(
  proxy: Proxy,
  to: { url: string; ca?: string },
  signal: AbortSignal,
): Promise<Socket> {
  const { protocol, hostname, port } = new URL(to.url);
  const isSecure = protocol === 'wss:';
  const target = `${hostname}:${port || (isSecure ? 443 : 80)}`;
  const socket = await askToConnect(proxy, target, signal);
  if (!isSecure) return socket;
  const host = hostname.replace(/^\[|\]$/g, '');
  return connect({ socket, host, servername: nameFor(host), ca: to.ca });
}

function askToConnect(
  proxy: Proxy,
  target: string,
  signal: AbortSignal,
): Promise<Socket> {
  const { host, port, authorization } = proxy;
  const { request } = proxy.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    request({
      method: 'CONNECT',
      host,
      port,
      path: target,
      headers: {
        host: target,
        ...(authorization && { 'proxy-authorization': authorization }),
      },
      agent: false,
      signal,
    })
      .on('connect', ({ statusCode = 0 }, socket: Socket, head) => {
        if (statusCode >= 200 && statusCode < 300) {
          if (head.length > 0) socket.unshift(head);
          resolve(socket);
          return;
        }
        socket.destroy();
        reject(new ProxyError(describeRefusal(statusCode, proxy, target)));
      })
      .on('error', error => {
        const code = 'code' in error ? String(error.code) : error.name;
        reject(
          new ProxyError(
            `the proxy ${nameProxy(proxy)} cannot be reached (${code})`,
          ),
        );
      })
      .end();
  });
}

function describeRefusal(status: number, proxy: Proxy, target: string): string {
  const name = nameProxy(proxy);
  switch (status) {
    case 401: // not in the protocol, but sent by tinyproxy
    case 407:
      return proxy.authorization === undefined
        ? `the proxy ${name} asks for a name and a password (${status}), and its address has none`
        : `the proxy ${name} does not take the name and the password of its address (${status})`;
    case 403:
    case 405:
      return `the proxy ${name} does not let this cluster through to ${target} (${status}); its administrator can allow it`;
    default:
      return `the proxy ${name} does not get through to ${target} (${status})`;
  }
}

/** The server name for TLS; empty for an IP address. */
function nameFor(host: string): string {
  return /^[\d.]+$|:/.test(host) ? '' : host;
}
