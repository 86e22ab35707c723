import { buildStepFailed } from './buildStepProblems';

describe('buildStepFailed', () => {
  it.each([
    {
      name: 'a type that does not fit',
      tail: [
        "src/a.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.",
      ],
      why: "TypeScript says TS2322: Type 'string' is not assignable to type 'number'.",
    },
    {
      name: 'a package that is not there',
      tail: ["Error: Cannot find module 'left-pad'", 'Require stack:'],
      why: 'the package or file "left-pad" is not there',
    },
    {
      name: 'a program that is not there',
      tail: ['sh: 1: next: not found'],
      why: 'the program "next" is not there',
    },
    {
      name: 'the network',
      tail: ['getaddrinfo EAI_AGAIN fonts.googleapis.com'],
      why: 'it wants the network, and a build step has none',
    },
    {
      name: 'memory',
      tail: [
        'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      ],
      why: 'Node.js had too little memory',
    },
    { name: 'nothing that is known', tail: ['oh no'], why: undefined },
    { name: 'nothing at all', tail: [], why: 'it said nothing' },
  ])('names $name', ({ tail, why }) => {
    const problem = buildStepFailed({
      line: 'npm run build',
      code: 2,
      tail,
      shown: 8,
    });
    expect(problem.why).toBe(
      [why, tail.length && `its last lines: ${tail.join(' ⏎ ')}`]
        .filter(Boolean)
        .join('; '),
    );
    expect(problem.what).toBe('Cannot build: "npm run build" ended with 2');
  });
});
