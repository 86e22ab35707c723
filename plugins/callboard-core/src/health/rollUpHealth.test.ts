import type { Health, HealthStatus } from '@callboard/plugin-callboard-common';
import fc from 'fast-check';
import { HEALTH_ORDER, isWorse, rollUpHealth } from './rollUpHealth';
import type { HealthPart } from './types';

describe('rollUpHealth', () => {
  it.each<{ name: string; given: HealthStatus[]; expected: string }>([
    {
      name: 'nothing at all',
      given: [],
      expected: 'Missing: There is nothing to judge yet',
    },
    {
      name: 'one part speaks for itself',
      given: ['Degraded'],
      expected: 'Degraded: a says Degraded',
    },
    {
      name: 'all healthy',
      given: ['Healthy', 'Healthy'],
      expected: 'Healthy: 2 of 2 clusters are healthy',
    },
    {
      name: 'one of three is degraded',
      given: ['Healthy', 'Degraded', 'Healthy'],
      expected:
        'Degraded: 2 of 3 clusters are healthy; b is degraded: b says Degraded',
    },
    {
      name: 'one healthy one',
      given: ['Healthy', 'Progressing'],
      expected:
        'Progressing: 1 of 2 clusters is healthy; b is progressing: b says Progressing',
    },
    {
      name: 'unknown beats degraded and green',
      given: ['Healthy', 'Unknown', 'Degraded'],
      expected:
        'Unknown: 1 of 3 clusters is healthy; b is unknown: b says Unknown',
    },
    {
      name: 'suspended does not hurt',
      given: ['Healthy', 'Suspended', 'Healthy'],
      expected: 'Healthy: 2 of 2 clusters are healthy',
    },
    {
      name: 'suspended does not hide what is sick',
      given: ['Suspended', 'Missing'],
      expected:
        'Missing: 0 of 1 clusters are healthy; b is missing: b says Missing',
    },
    {
      name: 'all suspended',
      given: ['Suspended', 'Suspended'],
      expected: 'Suspended: All 2 clusters are suspended on purpose',
    },
    {
      name: 'ties are told by name',
      given: ['Degraded', 'Degraded'],
      expected:
        'Degraded: 0 of 2 clusters are healthy; a is degraded: a says Degraded',
    },
  ])('$name', ({ given, expected }) => {
    const { status, message } = rollUpHealth(parts(given), {
      one: 'cluster',
      many: 'clusters',
    });
    expect(`${status}: ${message}`).toBe(expected);
  });

  it('calls parts parts where nobody says what they are', () => {
    expect(rollUpHealth(parts(['Healthy', 'Healthy'])).message).toBe(
      '2 of 2 parts are healthy',
    );
  });

  it('says nothing after the name where the worst part has no message', () => {
    const silent = parts(['Healthy', 'Degraded']).map(part => ({
      ...part,
      health: { ...part.health, message: '' },
    }));
    expect(rollUpHealth(silent).message).toBe(
      '1 of 2 parts is healthy; b is degraded',
    );
  });

  it('takes a word nobody knows for worse than any', () => {
    const strange = {
      status: 'Fancy' as HealthStatus,
      reason: 'Reported' as const,
      message: '',
    };
    expect(
      rollUpHealth([...parts(['Unknown']), { name: 'z', health: strange }])
        .status,
    ).toBe('Fancy');
  });

  it('orders the words as Argo CD does', () => {
    expect(HEALTH_ORDER).toEqual([
      'Healthy',
      'Suspended',
      'Progressing',
      'Missing',
      'Degraded',
      'Unknown',
    ]);
    expect(isWorse('Unknown', 'Degraded')).toBe(true);
    expect(isWorse('Degraded', 'Degraded')).toBe(false);
    expect(isWorse('Healthy', 'Suspended')).toBe(false);
  });
});

describe('rules of the roll-up', () => {
  const status = fc.constantFrom<HealthStatus>(...HEALTH_ORDER);
  const part = fc.record({
    name: fc.string({ maxLength: 3 }),
    health: status.map(healthOf),
  });
  const some = fc.array(part, { minLength: 1, maxLength: 8 });
  const SICK: HealthStatus[] = [
    'Progressing',
    'Missing',
    'Degraded',
    'Unknown',
  ];

  it('a sick part more never makes the whole healthier', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(...SICK), (given, sick) => {
        const before = rollUpHealth(given).status;
        const after = rollUpHealth([
          ...given,
          { name: 'sick', health: healthOf(sick) },
        ]).status;
        expect(isWorse(before, after)).toBe(false);
        expect(isWorse(sick, after)).toBe(false);
      }),
    );
  });

  it('order does not matter', () => {
    fc.assert(
      fc.property(
        some,
        fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
        (given, keys) => {
          const shuffled = given
            .map((value, index) => ({
              value,
              key: keys[index % keys.length] * 31 + index,
            }))
            .sort((a, b) => a.key - b.key)
            .map(({ value }) => value);
          expect(rollUpHealth(shuffled)).toEqual(rollUpHealth(given));
        },
      ),
    );
  });

  it('is green only when every part that is awake is', () => {
    fc.assert(
      fc.property(some, given => {
        const awake = given.filter(
          ({ health }) => health.status !== 'Suspended',
        );
        const isGreen =
          awake.length > 0 &&
          awake.every(({ health }) => health.status === 'Healthy');
        expect(rollUpHealth(given).status === 'Healthy').toBe(isGreen);
      }),
    );
  });

  it('says whose a finding is once', () => {
    const failing = (subject?: string): HealthPart => ({
      name: 'shop in Production',
      ...(subject && { subject }),
      health: {
        status: 'Degraded',
        reason: 'bad-port',
        message: 'shop does not get ready in Production: nothing listens',
      },
    });
    const says = (sick: HealthPart) =>
      rollUpHealth([sick, ...parts(['Healthy'])]).message;
    expect(says(failing('shop'))).toBe(
      '1 of 2 parts is healthy; shop does not get ready in Production: nothing listens',
    );
    expect(says(failing('sho'))).toBe(
      '1 of 2 parts is healthy; shop in Production is degraded: shop does not get ready in Production: nothing listens',
    );
  });

  it('rolls up in steps as at once', () => {
    fc.assert(
      fc.property(some, some, (left, right) => {
        const steps = [
          { name: 'left', health: rollUpHealth(left) },
          { name: 'right', health: rollUpHealth(right) },
        ];
        expect(rollUpHealth(steps).status).toBe(
          rollUpHealth([...left, ...right]).status,
        );
      }),
    );
  });
});

function parts(statuses: HealthStatus[]): HealthPart[] {
  return statuses.map((status, index) => {
    const name = String.fromCharCode(97 + index);
    return {
      name,
      health: { ...healthOf(status), message: `${name} says ${status}` },
    };
  });
}

function healthOf(status: HealthStatus): Health {
  return { status, reason: 'Reported', message: `says ${status}` };
}
