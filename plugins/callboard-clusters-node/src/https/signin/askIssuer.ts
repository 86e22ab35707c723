import http from 'node:http';
import https from 'node:https';
import {
  isNearAddress,
  isRefusedAddress,
  readBody,
} from '@callboard/plugin-callboard-node';
import { guardedLookup } from '../guardedLookup';
import { configRefused, signInFailed } from './signInProblems';

const DEADLINE_MS = 10_000;
const MAX_BYTES = 256 * 1024;

export interface IssuerRequest {
  /** Name of the cluster, for problems. */
  cluster: string;
  /** PEM. */
  ca?: string;
  /** Sent by POST; without it the request is a GET. */
  form?: string;
  basic?: { username: string; password: string };
}

/**
 * Sends a request to an issuer of identity tokens. HTTPS, plain HTTP only to
 * private addresses; metadata addresses are refused, redirects are not
 * followed, and the response is bounded. Errors do not quote it.
 */
export async function askIssuer(
  address: string,
  request: IssuerRequest,
): Promise<{ status: number; value: unknown }> {
  const url = readIssuerUrl(address, request.cluster);
  const { status, text } = await send(url, request).catch(() => {
    throw signInFailed(request.cluster, {
      why: 'the issuer that its kubeconfig names does not answer',
      next: 'Check that it can be reached from here, and who signed its certificate (idp-certificate-authority-data)',
      transient: true,
    });
  });
  try {
    return { status, value: JSON.parse(text) };
  } catch {
    return { status, value: undefined };
  }
}

function readIssuerUrl(address: string, cluster: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const isSafe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' &&
      (host === 'localhost' || isNearAddress(host)));
  if (url === undefined || !isSafe || isRefusedAddress(host))
    throw configRefused(
      cluster,
      'the issuer that its kubeconfig names has an address that is not asked',
      'Write it as https://host, as the issuer itself does',
    );
  return url;
}

function send(
  url: URL,
  { cluster, ca, form, basic }: IssuerRequest,
): Promise<{ status: number; text: string }> {
  const options: https.RequestOptions = {
    agent: false,
    method: form === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      ...(form !== undefined && {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(form),
      }),
      ...(basic && { authorization: basicOf(basic) }),
    },
    lookup: guardedLookup(cluster),
    signal: AbortSignal.timeout(DEADLINE_MS),
    ...(ca !== undefined && { ca }),
  };
  return new Promise((resolve, reject) => {
    const ask = url.protocol === 'https:' ? https.request : http.request;
    const sent = ask(url, options, response => {
      readBody(response, MAX_BYTES).then(
        body =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.from(body).toString('utf8'),
          }),
        reject,
      );
    });
    sent.on('error', reject);
    sent.end(form);
  });
}

/** Source: RFC 6749, section 2.3.1: both are encoded as in a form first. */
function basicOf({ username, password }: NonNullable<IssuerRequest['basic']>) {
  const pair = [username, password].map(encodeURIComponent).join(':');
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}
