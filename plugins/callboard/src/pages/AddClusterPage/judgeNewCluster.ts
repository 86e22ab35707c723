import {
  checkLabel,
  type Exposure,
  findNameFault,
  type NewCluster,
} from '@callboard/plugin-callboard-common';

/** One label as it is being typed. */
export interface LabelDraft {
  id: number;
  key: string;
  value: string;
}

/** How apps are reached, as it is being chosen; what was typed stays while another way is looked at. */
export interface ExposureDraft {
  type: Exposure['type'];
  host: string;
}

/** From inside only: what clusters are without a word about it. */
export const UNEXPOSED: ExposureDraft = { type: 'ClusterIP', host: '' };

/** A cluster as it is being described. */
export interface ClusterDraft {
  name: string;
  labels: LabelDraft[];
  /** Name of a blueprint; undefined for none. */
  blueprint?: string;
  /** Absent in what was typed before there was this choice. */
  exposure?: ExposureDraft;
}

export type JudgedCluster =
  | { kind: 'good'; cluster: NewCluster }
  | {
      kind: 'faulty';
      /** What is wrong with the name, as it follows "The name": undefined when nothing is. */
      name?: string;
      /** What is wrong with labels, by their id. */
      labels: Record<number, string>;
      /** What is wrong with the address that apps are reached at. */
      host?: string;
    };

/**
 * Judges a draft while it is typed. Rows without a value are not filled in yet
 * and leave no label; the portal judges again what it is sent.
 *
 * @param taken - names of the clusters that are there
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

/** A name or an address, and nothing around it: ports are the apps' own. */
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
