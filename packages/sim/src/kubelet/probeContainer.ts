import { request } from 'node:http';
import type { Container, Probe } from '../kinds';
import { openConnection } from './openConnection';
import type { PlayedContainer } from './playedRuntime';
import type { Address, RunningContainer } from './PodRuntime';

export type ProbeResult = { ok: true } | { ok: false; message: string };

export interface ProbeTarget {
  running: RunningContainer | PlayedContainer;
  container: Container;
  podIp: string;
}

/** Probes a container once. The stage of a simulated one gives the result, a running one is really probed. */
export async function probeContainer(
  probe: Probe,
  target: ProbeTarget,
): Promise<ProbeResult> {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  if ('isHealthy' in target.running)
    return target.running.isHealthy()
      ? { ok: true }
      : describeSick(probe, target);
  if (probe.exec !== undefined)
    return probeByCommand(probe.exec.command ?? [], target.running, timeoutMs);
  const port = portOf(
    probe.httpGet?.port ?? probe.tcpSocket?.port ?? 0,
    target.container,
  );
  const address = target.running.addressOf(port);
  const shown = `${target.podIp}:${port}`;
  if (address === undefined) return refused(probe, shown);
  return probe.httpGet === undefined
    ? probeByConnection(address, { probe, shown, timeoutMs })
    : probeByRequest(address, { probe, shown, timeoutMs });
}

function describeSick(
  probe: Probe,
  { podIp, container }: ProbeTarget,
): ProbeResult {
  if (probe.httpGet !== undefined)
    return { ok: false, message: 'HTTP probe failed with statuscode: 500' };
  return refused(
    probe,
    `${podIp}:${portOf(probe.tcpSocket?.port ?? 0, container)}`,
  );
}

function portOf(port: number | string, { ports }: Container): number {
  if (typeof port === 'number') return port;
  return (
    ports?.find(({ name }) => name === port)?.containerPort ?? Number(port)
  );
}

async function probeByCommand(
  command: string[],
  running: RunningContainer,
  timeoutMs: number,
): Promise<ProbeResult> {
  if (running.exec === undefined) return { ok: true };
  const { code, output } = await running.exec(command, timeoutMs);
  return code === 0 ? { ok: true } : { ok: false, message: output.trim() };
}

interface Asking {
  probe: Probe;
  shown: string;
  timeoutMs: number;
}

async function probeByConnection(
  address: Address,
  { probe, shown, timeoutMs }: Asking,
): Promise<ProbeResult> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'late'>(resolve => {
    timer = setTimeout(() => resolve('late'), timeoutMs);
    timer.unref();
  });
  const opened = openConnection(address).then(
    socket => {
      socket.on('error', () => undefined).destroy();
      return 'open' as const;
    },
    () => 'refused' as const,
  );
  const outcome = await Promise.race([opened, timeout]);
  clearTimeout(timer);
  if (outcome === 'open') return { ok: true };
  return outcome === 'late'
    ? { ok: false, message: `dial tcp ${shown}: i/o timeout` }
    : refused(probe, shown);
}

function probeByRequest(
  address: Address,
  { probe, shown, timeoutMs }: Asking,
): Promise<ProbeResult> {
  const path = probe.httpGet?.path ?? '/';
  const url = JSON.stringify(`http://${shown}${path}`);
  const own = (probe.httpGet?.httpHeaders ?? []).map(({ name, value }) => [
    name,
    value,
  ]);
  const headers = {
    'User-Agent': 'kube-probe/1.36',
    Accept: '*/*',
    Connection: 'close',
    ...Object.fromEntries(own),
  };
  return new Promise(resolve => {
    const { host, port } = address;
    const call = request({
      host,
      port,
      path,
      headers,
      createConnection: (_options, done) => {
        openConnection(address).then(
          socket => done(null, socket),
          (error: Error) => done(error, undefined as never),
        );
        return undefined;
      },
    });
    const timer = setTimeout(() => {
      resolve({
        ok: false,
        message: `Get ${url}: context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      });
      call.destroy();
    }, timeoutMs);
    timer.unref();
    call.once('response', response => {
      response.resume();
      clearTimeout(timer);
      resolve(judgeCode(response.statusCode ?? 0));
    });
    call.once('error', () => {
      clearTimeout(timer);
      resolve(refused(probe, shown));
    });
    call.end();
  });
}

function judgeCode(code: number): ProbeResult {
  return code >= 200 && code < 400
    ? { ok: true }
    : { ok: false, message: `HTTP probe failed with statuscode: ${code}` };
}

function refused({ httpGet }: Probe, shown: string): ProbeResult {
  const dial = `dial tcp ${shown}: connect: connection refused`;
  return {
    ok: false,
    message:
      httpGet === undefined
        ? dial
        : `Get ${JSON.stringify(
            `http://${shown}${httpGet.path ?? '/'}`,
          )}: ${dial}`,
  };
}
