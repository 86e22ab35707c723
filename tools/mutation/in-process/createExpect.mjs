import { basename, dirname, join } from 'node:path';

/**
 * Jest's `expect` outside of Jest, snapshots included. `enter` says which test
 * speaks next, `leave` throws what a snapshot said against it: Jest looks at
 * those after the test.
 */
export function createExpect(requireFrom) {
  const { expect } = requireFrom('expect');
  const { SnapshotState, toMatchSnapshot } = requireFrom('jest-snapshot');
  expect.extend({ toMatchSnapshot });
  return {
    expect,
    enter: (file, name, root) =>
      expect.setState({
        suppressedErrors: [],
        currentTestName: name,
        testPath: file,
        snapshotState: new SnapshotState(
          join(dirname(file), '__snapshots__', `${basename(file)}.snap`),
          {
            updateSnapshot: 'none',
            snapshotFormat: { escapeString: false, printBasicPrototype: false },
            rootDir: root,
          },
        ),
      }),
    leave: () => {
      const [error] = expect.getState().suppressedErrors;
      if (error !== undefined) throw error;
    },
  };
}
