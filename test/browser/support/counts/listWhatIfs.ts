import type { Cluster, WhatIfChange } from '@callboard/plugin-callboard-common';

/** A question to the fleet: as its page's address has it, and as the API takes it. */
export interface WhatIfQuestion {
  question: string;
  change: WhatIfChange;
}

/** One question of each kind, about a cluster that apps run on. */
export function listWhatIfs(clusters: readonly Cluster[]): WhatIfQuestion[] {
  const busy = [...clusters]
    .filter(({ freshness }) => freshness === 'live')
    .sort((a, b) => b.apps.length - a.apps.length)[0];
  if (!busy) return [];
  const { name: cluster } = busy;
  return [
    {
      question: `ask=drain&on=${cluster}`,
      change: { kind: 'drain', cluster },
    },
    { question: `ask=lose&on=${cluster}`, change: { kind: 'lose', cluster } },
    {
      question: `ask=label&on=${cluster}&label=env%3Ddev`,
      change: { kind: 'label', cluster, key: 'env', value: 'dev' },
    },
    {
      question: 'ask=blueprint&on=runs%3Agolden&blueprint=pci%402',
      change: { kind: 'blueprint', running: 'golden', name: 'pci', version: 2 },
    },
  ];
}
