import type { App, HealthStatus } from '@callboard/plugin-callboard-common';
import { decideStep } from './seedApps';

const SEED = {
  name: 'hello',
  owner: 'group:default/guests',
  files: {},
  message: '',
};

/** Environments in order, each promoted from the one before: name, release there, health. */
function app(
  ...environments: Array<[string, number | null, HealthStatus?]>
): App {
  return {
    name: 'hello',
    title: 'hello',
    owner: 'group:default/guests',
    repository: { cloneUrl: '' },
    sentence: '',
    createdAt: '',
    environments: environments.map(
      ([name, number, status = 'Missing'], index) => ({
        name,
        title: name,
        release:
          number === null
            ? null
            : { number, revision: '', message: '', author: '', createdAt: '' },
        health: { status, reason: 'Reported', message: '' },
        freshness: 'live',
        clusters: [],
        findings: [],
        placement: null,
        ...(index > 0 && {
          promotion: { from: environments[index - 1][0], candidate: null },
        }),
      }),
    ),
  };
}

describe('decideStep', () => {
  it.each<[string, string[], App, string]>([
    ['nothing to promote to', [], app(['dev', 1, 'Healthy']), 'done'],
    [
      'still starting',
      ['prod'],
      app(['dev', 1, 'Progressing'], ['prod', null]),
      'wait',
    ],
    ['not released yet', ['prod'], app(['dev', null], ['prod', null]), 'wait'],
    [
      'out of status',
      ['prod'],
      app(['dev', 1, 'Unknown'], ['prod', null]),
      'wait',
    ],
    [
      'healthy',
      ['prod'],
      app(['dev', 1, 'Healthy'], ['prod', null]),
      'promote 1 to prod',
    ],
    [
      'one further',
      ['test', 'prod'],
      app(['dev', 1, 'Healthy'], ['test', 1, 'Healthy'], ['prod', null]),
      'promote 1 to prod',
    ],
    [
      'one further, not healthy',
      ['test', 'prod'],
      app(['dev', 1, 'Healthy'], ['test', 1, 'Degraded'], ['prod', null]),
      'wait',
    ],
    [
      'everywhere',
      ['prod'],
      app(['dev', 1, 'Healthy'], ['prod', 1, 'Degraded']),
      'done',
    ],
    [
      'taken over by somebody',
      ['prod'],
      app(['dev', 2, 'Healthy'], ['prod', null]),
      'done',
    ],
    [
      'an environment that is not there',
      ['moon'],
      app(['dev', 1, 'Healthy']),
      'done',
    ],
  ])('%s', (_, promoteTo, given, expected) => {
    const step = decideStep({ ...SEED, promoteTo }, given);
    expect(
      step.kind === 'promote'
        ? `promote ${step.release} to ${step.environment}`
        : step.kind,
    ).toBe(expected);
  });
});
