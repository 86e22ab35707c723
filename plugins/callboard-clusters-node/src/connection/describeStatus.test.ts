import { describeStatus } from './describeStatus';

describe('a cluster without a free port', () => {
  it.each([
    [
      422,
      'Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    ],
    [
      500,
      'Internal error occurred: failed to allocate a nodePort: no port from 30000 to 30039 is free',
    ],
  ])('is told as such: HTTP %d', (status, message) => {
    expect(
      describeStatus({
        cluster: 'dev-1',
        what: 'Cannot apply Service "web"',
        status,
        body: { kind: 'Status', reason: 'Invalid', message },
      }),
    ).toMatchObject({
      code: 'no-free-port',
      why: expect.stringContaining('no port is free on dev-1'),
      next: expect.not.stringContaining('named fields'),
    });
  });
});
