import type { WhatIfChange } from '@callboard/plugin-callboard-common';

/** What a link to a question carries; empty texts are left out of it. */
export const WHAT_IF_ADDRESS = {
  /** What happens; nothing while the panel is closed. */
  ask: '',
  /** To which cluster. */
  on: '',
  /** `key=value`; a key alone means that the label goes. */
  label: '',
  /** `name@version`. */
  blueprint: '',
};

/** Id of the button that opens and closes the questions. */
export const WHAT_IF_BUTTON = 'callboard-what-if';

export type WhatIfAddress = typeof WHAT_IF_ADDRESS;

export const WHAT_IF_KINDS = [
  { id: 'drain', title: 'Drain' },
  { id: 'lose', title: 'Lose' },
  { id: 'label', title: 'Label' },
  { id: 'blueprint', title: 'Blueprint' },
] as const;

/** In place of a cluster: every cluster that runs a blueprint. */
export const RUNNING = 'runs:';

/** The question of an address; undefined while something of it is missing. */
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
