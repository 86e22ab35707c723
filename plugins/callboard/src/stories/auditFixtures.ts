import type { Audit, AuditRow } from '@callboard/plugin-callboard-common';

const AT = '2026-08-20T12:05:00.000Z';
const DECIDED = '2026-08-20T09:40:00.000Z';

/** An app that runs where it should, unless overridden. */
export function auditRow(
  app: string,
  environment: 'dev' | 'prod',
  over: Partial<AuditRow> = {},
): AuditRow {
  const clusters = environment === 'dev' ? ['dev-1'] : ['ap-1', 'eu-1', 'us-1'];
  return {
    app,
    title: app.charAt(0).toUpperCase() + app.slice(1),
    owner: 'group:default/payments',
    environment,
    environmentTitle: environment === 'dev' ? 'Development' : 'Production',
    release: 42,
    health: {
      status: 'Healthy',
      reason: 'AllHealthy',
      message: 'All instances are ready',
    },
    verdict: { kind: 'compliant' },
    explanation: 'Runs where it should',
    decided: clusters,
    actual: clusters,
    decidedAt: DECIDED,
    observed: clusters.map(cluster => ({ cluster, at: AT })),
    ...over,
  };
}

/** An audit without problems. */
export function audit(
  items: AuditRow[] = [
    auditRow('atlas', 'prod'),
    auditRow('checkout', 'dev'),
    auditRow('checkout', 'prod'),
  ],
): Audit {
  return { at: AT, sentence: '', items };
}

/** Every verdict once. */
export function mixedAudit(): Audit {
  return audit([
    auditRow('atlas', 'prod'),
    auditRow('checkout', 'dev'),
    auditRow('checkout', 'prod', {
      verdict: {
        kind: 'unknown',
        unknown: ['us-1'],
        since: '2026-08-20T11:03:00.000Z',
      },
      blueprint: { required: 'pci', met: 'unknown', notOn: [] },
      observed: [
        { cluster: 'ap-1', at: AT },
        { cluster: 'eu-1', at: AT },
        { cluster: 'us-1', at: '2026-08-20T11:03:00.000Z' },
      ],
    }),
    auditRow('ledger', 'prod', {
      verdict: {
        kind: 'wrong',
        missing: ['us-1'],
        extra: ['edge-101'],
        wrongBlueprint: ['edge-101'],
        unknown: [],
      },
      actual: ['ap-1', 'edge-101', 'eu-1'],
      blueprint: { required: 'pci', met: 'no', notOn: ['edge-101'] },
    }),
    auditRow('search', 'dev', {
      verdict: { kind: 'undecided' },
      decided: [],
      actual: [],
      observed: [],
      decidedAt: undefined,
    }),
  ]);
}
