import {
  checkLabel,
  type Exposure,
  findNameFault,
  type NewCluster,
} from '@callboard/plugin-callboard-common';

/** One label of the draft. */
export interface LabelDraft {
  id: number;
  key: string;
  value: string;
}

/** Exposure in the draft; typed values stay when another type is selected. */
export interface ExposureDraft {
  type: Exposure['type'];
  host: string;
}

/** Reachable only inside the cluster: the default. */
export const UNEXPOSED: ExposureDraft = { type: 'ClusterIP', host: '' };

/** Draft of a cluster. */
export interface ClusterDraft {
  name: string;
  labels: LabelDraft[];
  /** Name of a blueprint; undefined for none. */
  blueprint?: string;
  /** Absent in drafts from before this choice existed. */
  exposure?: ExposureDraft;
}

export type JudgedCluster =
  | { kind: 'good'; cluster: NewCluster }
  | {
      kind: 'faulty';
      /** The error of the name, phrased to follow "The name"; undefined when it is valid. */
      name?: string;
      /** Errors of labels, by their id. */
      labels: Record<number, string>;
      /** The error of the host at which apps are reached. */
      host?: string;
    };

/**
 * Validates a draft while it is typed. Rows without a value are incomplete and
 * give no label; the portal validates the request again.
 *
 * @param taken - names of the registered clusters
 */
export function judgeNewCluster(
  { name, labels, blueprint, exposure = UNEXPOSED }: ClusterDraft,
  taken: readonly string[],
): JudgedCluster {
  const filled = labels.filter(({ value }) => value !== '');
  const nameFault = judgeName(name, taken);
  const labelFaults = Object.fromEntries(
    filled.flatMap(label => {
      const fault = judgeLabel(label, filled);
      return fault === undefined ? [] : [[label.id, fault]];
    }),
  );
  const hostFault = judgeHost(exposure);
  if (
    nameFault !== undefined ||
    hostFault !== undefined ||
    Object.keys(labelFaults).length > 0
  )
    return {
      kind: 'faulty',
      name: nameFault,
      labels: labelFaults,
      ...(hostFault !== undefined && { host: hostFault }),
    };
  return {
    kind: 'good',
    cluster: {
      name,
      labels: Object.fromEntries(filled.map(({ key, value }) => [key, value])),
      ...(blueprint !== undefined && { blueprint }),
      ...(exposure.type !== 'ClusterIP' && {
        exposure: toExposure(exposure),
      }),
    },
  };
}

function toExposure({ type, host }: ExposureDraft): Exposure {
  return type === 'NodePort' ? { type, host: host.trim() } : { type };
}

/** Accepts a bare host name or address: ports are the apps' own. */
function judgeHost({ type, host }: ExposureDraft): string | undefined {
  if (type !== 'NodePort') return undefined;
  const text = host.trim();
  if (text === '') return 'The address is empty. Give an IP address or a name.';
  const isHost =
    text.length <= 253 &&
    /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/i.test(text);
  return isHost
    ? undefined
    : 'Give an IP address or a name alone, without "https://" and without a port.';
}

function judgeName(name: string, taken: readonly string[]): string | undefined {
  const fault = findNameFault(name);
  if (fault !== undefined) return `${capital(fault)}. Use a-z, 0-9 and "-".`;
  return taken.includes(name)
    ? `A cluster "${name}" is there already.`
    : undefined;
}

function judgeLabel(
  { id, key, value }: LabelDraft,
  filled: readonly LabelDraft[],
): string | undefined {
  const checked = checkLabel(key, value);
  if (!checked.ok) return `${capital(checked.problem.why)}.`;
  const first = filled.find(other => other.key === key);
  return first?.id === id ? undefined : `"${key}" is given twice.`;
}

function capital(text: string): string {
  return `${text.charAt(0).toLocaleUpperCase('en')}${text.slice(1)}`;
}
