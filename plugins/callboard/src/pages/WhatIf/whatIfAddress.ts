import type { WhatIfChange } from '@callboard/plugin-callboard-common';

/** Parameters of a link to a question; empty ones are omitted. */
export const WHAT_IF_ADDRESS = {
  /** The kind of change; empty while the panel is closed. */
  ask: '',
  /** The cluster. */
  on: '',
  /** `key=value`; a key alone removes the label. */
  label: '',
  /** `name@version`. */
  blueprint: '',
};

/** Id of the button that opens and closes the panel. */
export const WHAT_IF_BUTTON = 'callboard-what-if';

export type WhatIfAddress = typeof WHAT_IF_ADDRESS;

export const WHAT_IF_KINDS = [
  { id: 'drain', title: 'Drain' },
  { id: 'lose', title: 'Lose' },
  { id: 'label', title: 'Label' },
  { id: 'blueprint', title: 'Blueprint' },
] as const;

/** Prefix in place of a cluster: every cluster that runs a blueprint. */
export const RUNNING = 'runs:';

/** The question in an address; undefined while it is incomplete. */
export function changeOf({
  ask,
  on,
  label,
  blueprint,
}: WhatIfAddress): WhatIfChange | undefined {
  if (on === '') return undefined;
  switch (ask) {
    case 'drain':
    case 'lose':
    case 'cordon':
      return { kind: ask, cluster: on };
    case 'label': {
      const [key, ...value] = label.split('=');
      if (key === '') return undefined;
      return {
        kind: 'label',
        cluster: on,
        key,
        ...(value.length > 0 && { value: value.join('=') }),
      };
    }
    case 'blueprint': {
      const [name, version] = blueprint.split('@');
      if (name === '' || !/^[1-9]\d{0,5}$/.test(version ?? ''))
        return undefined;
      const where = on.startsWith(RUNNING)
        ? { running: on.slice(RUNNING.length) }
        : { cluster: on };
      return { kind: 'blueprint', ...where, name, version: Number(version) };
    }
    default:
      return undefined;
  }
}
