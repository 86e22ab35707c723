import { checkAppName } from '@callboard/plugin-callboard-common';
import { namespaceOf } from '../../namespaceOf';
import type { ProvisionContext, Provisioned, ResourceRequest } from '../types';
import { unknownParam } from './params';

const WORKLOAD = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Provisions the address of another app's workload in the same environment, and
 * the connection to it that network policies allow. Params: `app`, `workload`,
 * and `port`, which is only passed on: the ports of other apps are not known
 * here.
 */
export function provisionService(
  { params }: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const odd = unknownParam(params, ['app', 'port', 'workload']);
  if (odd) return odd;
  const { app, workload, port } = params;
  if (typeof app !== 'string' || !checkAppName(app).ok)
    return {
      ok: false,
      param: 'app',
      why: 'must be the name of an app',
      next: 'Name the app that is called; a workload of this app is a "service-port"',
    };
  if (typeof workload !== 'string' || !WORKLOAD.test(workload))
    return {
      ok: false,
      param: 'workload',
      why: `must be the name of a workload of "${app}"`,
      next: 'Name the workload that is called',
    };
  if (port !== undefined && !isPort(port))
    return {
      ok: false,
      param: 'port',
      why: 'must be a number from 1 to 65535',
      next: 'Use the number of a port of its service',
    };
  const host = `${workload}.${namespaceOf(app, context.environment)}.svc`;
  return {
    ok: true,
    outputs: {
      name: workload,
      host,
      hostname: host,
      ...(port !== undefined && { port: Number(port) }),
    },
    ...(app !== context.app && { connections: [{ app }] }),
  };
}

/** Returns whether the value is a port; a placeholder gives text. */
function isPort(value: unknown): boolean {
  return (
    /^[1-9]\d{0,4}$/.test(String(value)) &&
    ['number', 'string'].includes(typeof value) &&
    Number(value) <= 65_535
  );
}
