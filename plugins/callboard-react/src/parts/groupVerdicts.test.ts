import type { PlacementAnswerVerdict } from '@callboard/plugin-callboard-common';
import { groupVerdicts, refusingRules } from './groupVerdicts';

function refused(cluster: string, message: string): PlacementAnswerVerdict {
  return {
    cluster,
    verdict: 'refused',
    reasons: [{ rule: 'required-labels', message }],
    remedy: null,
  };
}

function chosen(cluster: string): PlacementAnswerVerdict {
  return { cluster, verdict: 'chosen', score: 100, reasons: [], remedy: null };
}

function spare(cluster: string): PlacementAnswerVerdict {
  return {
    cluster,
    verdict: 'spare',
    reasons: [{ rule: 'number-of-clusters', message: '1 is enough' }],
    remedy: null,
  };
}

describe('groupVerdicts', () => {
  it.each([
    {
      name: 'chosen first, then spare, then refused, each by name',
      verdicts: [
        refused('c', 'no'),
        spare('b'),
        chosen('z'),
        chosen('a'),
        refused('a2', 'no'),
      ],
      single: true,
      expected: ['chosen a', 'chosen z', 'spare b', 'refused a2', 'refused c'],
    },
    {
      name: 'the same reason shares a row, the largest first; chosen ones stand alone',
      verdicts: [
        chosen('a'),
        chosen('b'),
        refused('x1', 'region is us'),
        refused('y1', 'region is eu'),
        refused('y2', 'region is eu'),
      ],
      single: false,
      expected: ['chosen a', 'chosen b', 'refused y1 y2', 'refused x1'],
    },
    {
      name: "a cluster's own name makes no other reason",
      verdicts: [
        refused('s-1', 's-1 is too small'),
        refused('s-2', 's-2 is too small'),
      ],
      single: false,
      expected: ['refused s-1 s-2'],
    },
    { name: 'no cluster at all', verdicts: [], single: false, expected: [] },
  ])('$name', ({ verdicts, single, expected }) => {
    const rows = groupVerdicts(verdicts, { single }).map(
      ({ verdict, clusters }) => `${verdict} ${clusters.join(' ')}`,
    );
    expect(rows).toEqual(expected);
  });
});

it('draws a column for every rule that refused a cluster, and no other', () => {
  expect(
    refusingRules([
      spare('a'),
      refused('b', 'x'),
      {
        ...refused('c', 'y'),
        reasons: [{ rule: 'fresh', message: 'not seen' }],
      },
    ]),
  ).toEqual(['fresh', 'required-labels']);
});
