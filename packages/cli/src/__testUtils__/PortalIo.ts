import type {
  App,
  AppEnvironment,
  DeploymentView,
} from '@callboard/plugin-callboard-common';
import { MemoryIo } from './MemoryIo';

export const PORTAL = 'https://portal.example.com';
const TOKEN = 'cbt_of-the-command-line';
const AT = '2026-11-20T11:59:57Z';

export interface Asked {
  method: string;
  /** Below `/v1`, with its query. */
  address: string;
  body: any;
  authorization: string;
}

type Answer = Response | object | undefined;
type Portal = (asked: Asked) => Answer | Promise<Answer>;

/** A person who is signed in to a portal that answers by a function, and notes what it is asked. */
export class PortalIo extends MemoryIo {
  readonly asked: Asked[] = [];
  readonly #portal: Portal;

  constructor(portal: Portal, files: Record<string, string> = {}) {
    super(files);
    this.#portal = portal;
    this.kept = JSON.stringify({
      current: PORTAL,
      portals: { [PORTAL]: { token: TOKEN } },
    });
  }

  async ask(
    url: string,
    { method = 'GET', body, headers }: RequestInit,
  ): Promise<Response> {
    const { authorization } = headers as Record<string, string>;
    const asked = {
      method,
      address: url.replace(`${PORTAL}/api/callboard/v1`, ''),
      body: body && JSON.parse(String(body)),
      authorization,
    };
    this.asked.push(asked);
    const answer = await this.#portal(asked);
    if (answer instanceof Response) return answer;
    return answer === undefined
      ? new Response(null, { status: 204 })
      : Response.json(answer);
  }
}

export function refusal(status: number, code: string): Response {
  return Response.json(
    { code, what: 'You may not do this', why: 'it is not yours', next: 'Ask' },
    { status },
  );
}

export function cluster(over: Partial<DeploymentView> = {}): DeploymentView {
  return {
    cluster: 'eu-1',
    release: 2,
    desiredRelease: 2,
    sync: 'Synced',
    health: { status: 'Healthy', reason: 'Healthy', message: '' },
    freshness: 'live',
    observedAt: AT,
    urls: [],
    instances: { ready: 2, wanted: 2 },
    ...over,
  } as DeploymentView;
}

export function environment(
  over: Partial<AppEnvironment> = {},
): AppEnvironment {
  return {
    name: 'dev',
    title: 'Development',
    release: { number: 2, message: 'Fix rounding', author: 'Ana <a@x>' },
    health: { status: 'Healthy', reason: 'Healthy', message: '' },
    freshness: 'live',
    clusters: [cluster()],
    url: 'http://shop.dev.localhost:7007',
    findings: [],
    placement: null,
    ...over,
  } as AppEnvironment;
}

export function app(over: Partial<App> = {}): App {
  return {
    name: 'shop',
    title: 'shop',
    owner: 'group:default/payments',
    repository: { cloneUrl: `${PORTAL}/api/callboard/git/shop.git` },
    environments: [
      environment(),
      environment({
        name: 'prod',
        title: 'Production',
        release: { number: 1, message: 'Begin', author: 'Ana <a@x>' } as never,
        clusters: [cluster({ release: 1, desiredRelease: 1 })],
        promotion: { from: 'dev', candidate: 2, change: 'newer' } as never,
        url: 'https://shop.example.com',
      }),
    ],
    sentence: 'Release 1 is healthy on 1 of 1 production cluster.',
    createdAt: AT,
    ...over,
  } as App;
}
