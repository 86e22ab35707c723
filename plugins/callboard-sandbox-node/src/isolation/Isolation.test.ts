import { describeLimits } from './Isolation';

it.each([
  {
    controls: ['cpu', 'memory', 'pids'] as const,
    expected:
      'Limited by control groups: memory, threads, CPU. Watched, and ended beyond its limit: processes, files.',
  },
  {
    controls: [] as const,
    expected:
      'Watched, and ended beyond its limit: memory, processes, files. CPU is not limited: the portal may make no control group here; pushed code runs with a lower priority.',
  },
])('says which limits hold: $controls', ({ controls, expected }) =>
  expect(describeLimits(controls)).toBe(expected),
);
