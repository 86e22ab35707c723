import type { V1Volume } from '@kubernetes/client-node';
import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import type { AsJson } from '../../kubernetes';
import { parseQuantity } from '../../quantity';
import { namespaceOf } from '../namespaceOf';

/** What a provisioner may know. */
export interface ProvisionContext {
  app: string;
  environment: string;
  release: number;
  workloads: ScoreWorkload[];
}

/** What a resource gives: outputs for placeholders, and a volume where it is one. */
export type Provisioned =
  | {
      ok: true;
      outputs: unknown;
      volume?: Omit<AsJson<V1Volume>, 'name'>;
    }
  | { ok: false; param?: string; why: string; next: string };

/** Gives a resource of one type. `params` are already expanded. */
export type Provision = (
  resource: { name: string; type: string; params: Record<string, unknown> },
  context: ProvisionContext,
) => Provisioned;

/**
 * The resource types that Callboard itself can give. Only what is truly there:
 * a type that is not listed is refused before anything is deployed.
 */
export const PROVISIONERS: Readonly<Record<string, Provision>> = {
  environment: provisionEnvironment,
  'service-port': provisionServicePort,
  volume: provisionVolume,
};

/** Facts about where it runs: `name`, `app`, `release`, `namespace`. */
function provisionEnvironment(
  { params }: Parameters<Provision>[0],
  context: ProvisionContext,
): Provisioned {
  const odd = unknownParam(params, []);
  if (odd) return odd;
  const { app, environment, release } = context;
  return {
    ok: true,
    outputs: {
      name: environment,
      app,
      release: String(release),
      namespace: namespaceOf(app, environment),
    },
  };
}

/** Host name and port of another workload of the same app. Params: `workload`, and `port` (a name) where it has several. */
function provisionServicePort(
  { params }: Parameters<Provision>[0],
  context: ProvisionContext,
): Provisioned {
  const odd = unknownParam(params, ['workload', 'port']);
  if (odd) return odd;
  const names = context.workloads.map(({ metadata }) => metadata.name).sort();
  const target = context.workloads.find(
    ({ metadata }) => metadata.name === params.workload,
  );
  if (!target) {
    return {
      ok: false,
      param: 'workload',
      why: 'must name a workload of this app',
      next: `Use one of ${quoteAll(names)}`,
    };
  }
  const ports = target.service?.ports ?? {};
  const portNames = Object.keys(ports).sort();
  const wanted =
    params.port ?? (portNames.length === 1 ? portNames[0] : undefined);
  if (typeof wanted !== 'string' || !Object.hasOwn(ports, wanted)) {
    return {
      ok: false,
      param: 'port',
      why: `must name a port of the workload "${target.metadata.name}"`,
      next:
        portNames.length === 0
          ? 'Give that workload a port under "service.ports"'
          : `Use one of ${quoteAll(portNames)}`,
    };
  }
  return {
    ok: true,
    outputs: { hostname: target.metadata.name, port: ports[wanted].port },
  };
}

/** An empty folder that lives as long as the instance. Params: `size`, its limit. */
function provisionVolume({
  name,
  params,
}: Parameters<Provision>[0]): Provisioned {
  const odd = unknownParam(params, ['size']);
  if (odd) return odd;
  const { size } = params;
  if (size === undefined)
    return { ok: true, outputs: name, volume: { emptyDir: {} } };
  if (typeof size !== 'string' || (parseQuantity(size) ?? 0n) <= 0n) {
    return {
      ok: false,
      param: 'size',
      why: 'must be an amount such as "1Gi"',
      next: 'Correct the amount',
    };
  }
  return { ok: true, outputs: name, volume: { emptyDir: { sizeLimit: size } } };
}

function unknownParam(
  params: Record<string, unknown>,
  known: string[],
): Provisioned | undefined {
  const odd = Object.keys(params)
    .sort()
    .find(param => !known.includes(param));
  if (odd === undefined) return undefined;
  return {
    ok: false,
    param: odd,
    why: 'this parameter is not known',
    next:
      known.length === 0
        ? 'Remove it; this type takes no parameters'
        : `Use ${quoteAll(known)}`,
  };
}

function quoteAll(names: string[]): string {
  return names.map(name => `"${name}"`).join(', ');
}
